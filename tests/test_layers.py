"""Who may import whom, read from the source."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

# From bottom to top. A module may import from its own package and from every layer below; never
# from a neighbour in its own layer, nor from above.
LAYERS = [
    ("privacy", "i18n"),
    ("errors",),
    ("yamlfile",),
    ("models",),
    ("library",),
    ("logic",),
    ("scoring", "rules"),
    ("planning", "criteria", "process"),
    ("assessing",),
    ("groups", "tables", "simulation"),
    ("exchange",),
    ("report", "scaffold", "schemas"),
    ("checking",),
    ("cli",),
]

ROOT = "riskbehov"
PACKAGE = Path(__file__).parents[1] / "src" / ROOT

# The public face gathers names from all layers, so it stands outside the table, and nothing inside
# may import from it, except its version.
OUTSIDE = {ROOT, f"{ROOT}.__main__"}
FREE_NAMES = {"__version__"}

HEIGHT = {name: height for height, layer in enumerate(LAYERS) for name in layer}

Imports = dict[str, set[str]]
"""Each module, by its full name, with the modules of the package that it imports."""


def read_imports(package: Path) -> Imports:
    sources = {module_name(path, package): path for path in sorted(package.rglob("*.py"))}
    return {
        name: {
            target
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
            for target in targets(node, importer=name, path=path, modules=set(sources))
        }
        for name, path in sources.items()
    }


def module_name(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def targets(node: ast.AST, *, importer: str, path: Path, modules: set[str]) -> Iterator[str]:
    """Yield the modules of the package that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if is_ours(alias.name))
    elif isinstance(node, ast.ImportFrom):
        base = absolute_base(node, importer=importer, is_package=path.name == "__init__.py")
        if is_ours(base):
            for alias in node.names:
                submodule = f"{base}.{alias.name}"
                if submodule in modules:
                    yield submodule
                elif not (base == ROOT and alias.name in FREE_NAMES):
                    yield base


def absolute_base(node: ast.ImportFrom, *, importer: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = importer.split(".")
    up = node.level - is_package
    return ".".join([*parts[: len(parts) - up], *filter(None, [node.module])])


def is_ours(name: str) -> bool:
    return name == ROOT or name.startswith(f"{ROOT}.")


def area(module: str) -> str:
    """Return the name that stands in the table for a module: `scoring` for `x.scoring.plan`."""
    return module.split(".")[1]


def modules_without_layer(imports: Imports) -> list[str]:
    return [name for name in imports if name not in OUTSIDE and area(name) not in HEIGHT]


def imports_against_the_layers(imports: Imports) -> list[str]:
    return [
        f"{importer} imports {target}"
        for importer, found in imports.items()
        if importer not in OUTSIDE
        for target in sorted(found)
        if not is_allowed(importer, target)
    ]


def is_allowed(importer: str, target: str) -> bool:
    if target in OUTSIDE:
        return False
    own, other = area(importer), area(target)
    if own == other or not {own, other} <= HEIGHT.keys():  # the latter has a test of its own
        return True
    return HEIGHT[other] < HEIGHT[own]


def find_cycle(imports: Imports) -> list[str]:
    inside = {name: found - {name} for name, found in imports.items() if name not in OUTSIDE}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def find_folder_cycles(imports: Imports) -> list[list[str]]:
    """Return a circle for each folder in which folders import each other in one."""
    folders = {folder for name in imports for folder in folders_of(name)}
    graphs = (within(outer, imports) for outer in sorted(folders))
    return [cycle for graph in graphs if (cycle := find_cycle(graph))]


def folders_of(module: str) -> Iterator[str]:
    """Yield the folders around a module: `x` and `x.tables` for `x.tables.steps`."""
    parts = module.split(".")
    yield from (".".join(parts[:depth]) for depth in range(1, len(parts)))


def within(outer: str, imports: Imports) -> Imports:
    """Return what stands directly in a folder, each with those of its neighbours it imports."""
    found: Imports = {}
    for importer, imported in imports.items():
        if own := below(outer, importer):
            neighbours = {below(outer, target) for target in imported} - {""}
            found.setdefault(own, set()).update(neighbours)
    return found


def below(outer: str, name: str) -> str:
    """Return what a module is part of directly in a folder: in `x`, `x.tables` for `x.tables.a`."""
    inner = name.removeprefix(f"{outer}.")
    return "" if inner == name else f"{outer}.{inner.partition('.')[0]}"


def test_every_module_has_a_layer():
    missing = modules_without_layer(read_imports(PACKAGE))
    assert missing == [], (
        f"{missing} have no layer: add the name after '{ROOT}.' to LAYERS in tests/test_layers.py, "
        "just above the highest of what it imports, or move the module into a package that is there"
    )


def test_modules_import_only_from_lower_layers():
    wrong = imports_against_the_layers(read_imports(PACKAGE))
    assert wrong == [], (
        "move what is needed down to a layer that both may import, or hand it over as an argument; "
        f"from the public face ({ROOT}/__init__.py) nothing is imported but {FREE_NAMES}"
    )


def test_no_modules_import_each_other():
    cycle = find_cycle(read_imports(PACKAGE))
    assert cycle == [], "take what both ends need out into a module of its own"


def test_no_folders_import_each_other():
    cycles = find_folder_cycles(read_imports(PACKAGE))
    assert cycles == [], "move what both need out of them, to the folder around them or below it"


# The checks themselves, on small packages made for the purpose.


def make_package(folder: Path, files: dict[str, str]) -> Path:
    package = folder / ROOT
    for name, source in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return package


@pytest.mark.parametrize(
    ("path", "source", "wrong"),
    [
        ("models/item.py", "from riskbehov.library import Library", "riskbehov.library"),
        ("models/item.py", "import riskbehov.library", "riskbehov.library"),
        ("models/item.py", "from riskbehov import library", "riskbehov.library"),
        ("models/item.py", "from ..library import Library", "riskbehov.library"),
        ("models/__init__.py", "from .. import library", "riskbehov.library"),
        ("models/item.py", "def f():\n    import riskbehov.library", "riskbehov.library"),
        ("rules.py", "from riskbehov.scoring import score", "riskbehov.scoring"),
        ("scoring/plan.py", "from riskbehov.rules import evaluate", "riskbehov.rules"),
        ("cli.py", "from riskbehov import score", "riskbehov"),
        ("cli.py", "import riskbehov", "riskbehov"),
    ],
)
def test_an_import_from_above_or_beside_is_found(tmp_path, path, source, wrong):
    empty = {"library.py": "", "scoring/__init__.py": "", "rules.py": ""}
    imports = read_imports(make_package(tmp_path, {**empty, path: source}))
    importer = module_name(tmp_path / ROOT / path, tmp_path / ROOT)
    assert imports_against_the_layers(imports) == [f"{importer} imports {wrong}"]


@pytest.mark.parametrize(
    "source",
    [
        "from riskbehov.models import Item",
        "from riskbehov.scoring.plan import compile_plan",
        "from . import plan",
        "from .plan import compile_plan",
        "from riskbehov import __version__",
        "import riskbehovet",
    ],
)
def test_an_import_from_below_or_within_is_allowed(tmp_path, source):
    files = {"models/__init__.py": "", "scoring/plan.py": "", "scoring/case.py": source}
    imports = read_imports(make_package(tmp_path, files))
    assert imports_against_the_layers(imports) == []


def test_a_module_outside_the_table_is_found(tmp_path):
    files = {"utils/text.py": "import riskbehov.errors", "__main__.py": "", "errors.py": ""}
    imports = read_imports(make_package(tmp_path, files))
    assert modules_without_layer(imports) == [f"{ROOT}.utils.text"]
    assert imports_against_the_layers(imports) == []


def test_a_cycle_inside_a_package_is_found(tmp_path):
    files = {
        "models/a.py": "from riskbehov.models import b",
        "models/b.py": "from riskbehov.models.c import C",
        "models/c.py": "from .a import A",
    }
    cycle = find_cycle(read_imports(make_package(tmp_path, files)))
    assert set(cycle) == {f"{ROOT}.models.{name}" for name in "abc"}


def test_a_package_that_gathers_its_own_names_is_no_cycle(tmp_path):
    files = {
        "models/__init__.py": "from riskbehov.models.b import B",
        "models/a.py": "",
        "models/b.py": "from riskbehov.models.a import A",
    }
    assert find_cycle(read_imports(make_package(tmp_path, files))) == []


@pytest.mark.parametrize("outer", ["", "tables/", "tables/files/"])
def test_folders_that_import_each_other_are_found_at_every_depth(tmp_path, outer):
    package = ".".join((ROOT, *filter(None, outer.split("/"))))
    files = {
        f"{outer}one/a.py": f"from {package}.two.b import B",
        f"{outer}one/c.py": "",
        f"{outer}two/b.py": "",
        f"{outer}two/inner/d.py": f"from {package}.one import c",
    }
    imports = read_imports(make_package(tmp_path, files))
    assert find_cycle(imports) == []
    (cycle,) = find_folder_cycles(imports)
    assert set(cycle) == {f"{package}.one", f"{package}.two"}


def test_folders_that_import_each_other_by_way_of_a_module_beside_them_are_found(tmp_path):
    files = {
        "report/case/a.py": "from riskbehov.report.words import W",
        "report/words.py": "from riskbehov.report.register.b import B",
        "report/register/b.py": "from riskbehov.report.case.c import C",
        "report/case/c.py": "",
    }
    (cycle,) = find_folder_cycles(read_imports(make_package(tmp_path, files)))
    assert set(cycle) == {f"{ROOT}.report.{name}" for name in ("case", "words", "register")}


def test_folders_that_import_in_one_direction_are_no_cycle(tmp_path):
    files = {
        "report/__init__.py": "from riskbehov.report.case.a import A",
        "report/words.py": "",
        "report/case/a.py": "from riskbehov.report.register.b import B",
        "report/case/inner/c.py": "from riskbehov.report.case.a import A",
        "report/register/b.py": "from riskbehov.report.words import W",
    }
    assert find_folder_cycles(read_imports(make_package(tmp_path, files))) == []
