"""The documentation is held to the program: commands, examples, tables, headings, links."""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer.main
from tests.markdown import (
    CHECKOUT,
    EXAMPLE,
    OFFER,
    PAGES,
    anchor,
    blocks,
    codes,
    headings,
    prose,
    read,
    section,
    tables,
)

from riskbehov.assessing import assess, load_case, load_offer
from riskbehov.cli.app import make_app
from riskbehov.library import Library
from riskbehov.models.instrument import Range

# The command line


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command by its full name."""

    def within(command: Any, name: str) -> Iterator[tuple[str, Any]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name, command
        for word, each in (inner or {}).items():
            yield from within(each, f"{name} {word}".strip())

    return within(typer.main.get_command(make_app()), "")


def long_options(command: Any) -> set[str]:
    options = [p for p in command.params if p.param_type_name == "option"]
    every = [name for p in options for name in (*p.opts, *p.secondary_opts)]
    return {name for name in every if name.startswith("--")} - {"--help"}


def test_the_readme_tells_every_command_with_its_options():
    own, shared = tables(section("README.md", "Commands"))
    told: dict[str, set[str]] = {}
    for usage, _, options in own:
        words = codes(usage)[0].split()[1:]
        name = " ".join(word for word in words if word.islower() and word.isalpha())
        told[name] = {c.split()[0] for c in codes(options) if c.startswith("--")}
        for option, _, without in shared:
            if not any(name == c or name.startswith(f"{c} ") for c in codes(without)):
                told[name] |= {c for c in codes(option) if c.startswith("--")}
    assert told == {name: long_options(command) for name, command in commands()}


def test_the_readme_tells_every_argument():
    usages = [codes(row[0])[0].split()[1:] for row in tables(section("README.md", "Commands"))[0]]
    told = {
        " ".join(w for w in words if w.islower()): sum(not w.islower() for w in words)
        for words in ([w for w in usage if w != "CASE.yaml"] for usage in usages)
    }
    for name, command in commands():
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        is_on_case = any(a.metavar == "CASE.yaml" for a in arguments)
        assert told[name] == len(arguments) - is_on_case, name


def test_only_commands_that_exist_are_written_about():
    known = {name for name, _ in commands()}
    groups = {name.partition(" ")[0] for name in known}
    for page in PAGES:
        written = [c for c in codes(prose(page)) if re.match(r"riskbehov [a-z]", c)]
        fenced = "".join(blocks(page, r"\w+"))
        written += re.findall(r"^(?:\$ |\.venv\\\w+\\)?(riskbehov .+)$", fenced, re.MULTILINE)
        for command in written:
            words = command.split()[1:3]
            assert words[0] in known or " ".join(words) in known | groups, (page, command)


def test_only_targets_that_the_makefile_has_are_written_about():
    targets = re.findall(r"^([a-z]+):", read("Makefile"), flags=re.MULTILINE)
    for page in PAGES:
        for command in re.findall(r"(?:`|^)make(?: -C \S+)? ([a-z]+)", read(page), re.MULTILINE):
            assert command in targets, (page, command)


# Examples


def run(line: str, folder: Path) -> str:
    """Run a command line of ``riskbehov`` as a person does, and return what it writes."""
    program, *arguments = shlex.split(line)
    assert program == "riskbehov"
    done = subprocess.run(
        [sys.executable, "-m", "riskbehov", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\N{NO-BREAK SPACE}", " ")  # which nobody sees on a page


def unlike(shown: str, written: str) -> str | None:
    """Return what is shown but not written so; a line with nothing but … stands for any lines."""
    rest = "\n" + written
    parts = re.split(r"^…\n", shown, flags=re.MULTILINE)
    for number, part in enumerate(parts):
        before, found, rest = rest.partition("\n" + part)
        if not found or (before and not number):
            return part
        rest = "\n" + rest
    return parts[-1] if parts[-1] and rest.strip() else None


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")])
def test_what_an_example_shows_is_what_is_written(page, tmp_path):
    shutil.copytree(CHECKOUT / "docs" / "exempel", tmp_path / "docs" / "exempel")
    for block in blocks(page, "console"):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, shown = example.split("\n", 1)
            assert unlike(shown, run(line, tmp_path)) is None


@pytest.mark.parametrize("shown", ["a\nb\nc\n", "a\n…\nc\n", "…\nb\n…\n", "…\n", "…\nc\n"])
def test_an_example_may_leave_lines_out(shown):
    assert unlike(shown, "a\nb\nc\n") is None


@pytest.mark.parametrize("shown", ["b\n…\n", "a\n…\nb\n", "…\nc\n…\nb\n…\n", "a\nc\n", "…\nx\n…\n"])
def test_an_example_may_not_show_what_is_not_written_there(shown):
    assert unlike(shown, "a\nb\nc\n")


def test_the_python_of_the_readme_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    [code] = blocks("README.md", "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own text
    assert printed.getvalue().splitlines() == re.findall(
        r"^print\(.*\)  # (.+)$", code, re.MULTILINE
    )


@pytest.mark.parametrize("page", ["docs/arendefil.md", "docs/case-file.md"])
def test_a_file_that_is_shown_whole_is_the_file(page):
    whole = re.compile(r"^<!-- (\S+) -->\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    shown = whole.findall(read(page))
    assert [name for name, _ in shown] == ["exempel/arende.yaml", "exempel/utbud.yaml"]
    for name, text in shown:
        assert text == read(f"docs/{name}"), f"copy docs/{name} into {page} again"


def test_the_example_case_and_offer_can_be_assessed():
    result = assess(load_case(EXAMPLE), Library.open(), offer=load_offer(OFFER), path=EXAMPLE)
    assert result.case.fictional
    assert result.plan.insatser


# The method page

METHOD = "docs/metod.md"


def test_every_place_in_the_method_that_is_cited_is_there():
    cited = Library.open().citing("riskbehov")
    assert cited
    for citing in cited:
        page, _, named = citing.citation.locator.partition(", ")
        for heading in named.split("; "):
            assert heading in headings(page), (citing.kind, citing.id, citing.citation.locator)


def labelled(labels: Iterable[Any], ids: Iterable[str]) -> list[str]:
    by_id = {label.id: label.sv for label in labels}
    return [by_id[id_] for id_ in ids]


def method_table(first_column: str) -> list[list[str]]:
    """Return the table of the method whose first heading begins so, its headings included."""
    lines = read(METHOD).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first_column}"))
    return tables("\n".join(["| |", "|-|", *lines[start : start + 1], *lines[start + 2 :]]))[0]


def spans(ranges: Iterable[Range]) -> list[str]:
    return [str(r.low) if r.low == r.high else f"{r.low}–{r.high}" for r in ranges]


def test_the_tables_of_the_method_are_those_of_the_data():
    library = Library.open()
    for id_ in library.assessment_ids:
        matrix = library.matrix(id_)
        if matrix is None:
            continue
        table = matrix.intensity
        head, *rows = method_table("Risknivå \\")
        assert head[1:] == spans(table.identified)
        names = labelled(matrix.risk_levels, table.rows)
        cells = [labelled(matrix.intensities, row) for row in table.rows.values()]
        assert rows == [[name, *row] for name, row in zip(names, cells, strict=True)]
        if matrix.suggestion is not None:
            head, *rows = method_table("Skattning av tidigare brottslighet")
            assert head[1:] == spans(matrix.suggestion.identified)
            assert rows == [
                [name, *labelled(matrix.risk_levels, row)]
                for name, row in matrix.suggestion.rows.items()
            ]


def test_the_methods_that_are_recorded_are_read_as_the_method_page_says():
    library = Library.open()
    told = {row[0]: row[1:] for row in method_table("Metod")[1:]}
    outcomes = {"general": "återfall i brott", "violence": "våld", "needs": "behov"}
    assert len(told) == len(library.method_ids)
    for method in map(library.method, library.method_ids):
        name = next(name for name in told if method.name.sv.startswith(name))
        read_as = [
            ", ".join(level.sv for level in method.levels if level.counts_as == counted) or "–"
            for counted in ("low", "medium", "high")
        ]
        assert told[name] == [str(method.ages), outcomes[method.outcome], *read_as]
        assert f"används i {method.valid_months} månader" in read(METHOD)
        if method.total:
            span = f"{method.total.low}–{method.total.high} i {name}"
            assert span in " ".join(section(METHOD, "Bedömningar gjorda med andra metoder").split())


def test_the_method_page_gives_the_crosswalk_of_the_data():
    library = Library.open()
    columns = [
        {item.id: item.label.sv for item in library.scored("rbm8").items},
        {item.id: item.label.sv for item in library.scored("youth7").items},
        {f.id: f.label.sv for f in library.facts.values() if f.topic == "support"},
    ]
    used = {
        id_: [a.needs for a in map(library.assessment, library.assessment_ids) if id_ in a.methods]
        for id_ in library.method_ids
    }

    def informed(method, section_):
        for needs, labels in zip(("rbm8", "youth7", None), columns, strict=True):
            is_used = needs is None or needs in used[method.id]
            yield ", ".join(labels[i] for i in section_.informs if i in labels and is_used)

    told = method_table("Del")[1:]
    for method in map(library.method, ("ls-cmi", "yls-cmi", "asi")):
        name = method.name.sv.partition(" ")[0]
        assert [row for row in told if row[1] == name] == [
            [section_.sv, name, *informed(method, section_)] for section_ in method.sections
        ]
    for method in map(library.method, ("hcr-20", "savry")):
        assert [section_.informs for section_ in method.sections] == [()] * len(method.sections)
    own = library.method("rbm-b")
    assert [section_.informs for section_ in own.sections] == [(i,) for i in columns[0]]


def test_the_reliabilities_of_the_method_page_are_those_of_the_data():
    library = Library.open()
    told = {row[0]: row[1:] for row in method_table("Skala")[1:]}
    found = {
        f"{id_.upper()}, {scale.label.sv.lower()}": scale.reliability
        for id_ in library.scored_ids
        for scale in library.scored(id_).scales
        if scale.reliability is not None
    }
    assert set(told) == set(found)
    for name, known in found.items():
        coefficient, sd, group = told[name]
        assert coefficient.startswith(f"{known.coefficient:.2f}".replace(".", ","))
        assert sd.startswith("inte funnen" if known.sd is None else f"{known.sd}".replace(".", ","))
        assert known.population.sv.startswith(group)
    change = " ".join(section(METHOD, "Tillförlitlig förändring").split())
    dudit = found["DUDIT, totalpoäng"]
    # 8.0 * sqrt(2 * (1 - 0.80)) * 1.96 is 9.92 points, so 10 is the first that is more.
    assert (dudit.sd, dudit.coefficient, dudit.reliable_from) == (8.0, 0.80, 1.96)
    assert "större än 1,96" in change
    assert "minst 10 poäng" in change


# The project's own pages


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_project_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, place = target.partition("#")
        file = ((CHECKOUT / page).parent / path).resolve() if path else CHECKOUT / page
        assert file.exists(), target
        if place:
            there = file.relative_to(CHECKOUT).as_posix()
            assert place in map(anchor, headings(there)), target


def test_the_changelog_names_every_instrument_theme_and_assessment_command():
    library = Library.open()
    text = read("CHANGELOG.md")
    assert set(library.themes) <= set(codes(text))
    for method in map(library.method, library.method_ids):
        assert method.name.sv.partition(" (")[0].replace("HCR-20 version 3", "HCR-20") in text
    assert f"## {version('riskbehov')}" in text


def test_the_page_for_contributors_names_every_part_of_the_package():
    parts = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (CHECKOUT / "src" / "riskbehov").iterdir()
        if not path.name.startswith(("_", ".")) and path.name != "py.typed"
    }
    told = codes(section("CONTRIBUTING.md", "Architecture in one page"))
    assert parts - {"locale/"} <= set(told)


def committed() -> list[Path]:
    """Return the files of the project: those that git knows, or all of an unpacked sdist."""
    if not (CHECKOUT / ".git").exists():
        return [p for p in CHECKOUT.rglob("*") if p.is_file() and ".egg-info" not in str(p)]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [CHECKOUT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine():
    hosts = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "ana" + "conda.org")
    places = r"(?<![\w.:/])/(?:work|root|home/\w{2,}|Users/\w+)/|\b[A-Z]:\\Users\\"
    unwanted = re.compile("|".join([*map(re.escape, hosts), places]))
    found = []
    for path in committed():
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            found += [f"{path.relative_to(CHECKOUT)}: {m.group()}" for m in unwanted.finditer(text)]
    assert found == []
