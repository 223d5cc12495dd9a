"""What `import riskbehov` costs and offers."""

import json
import subprocess
import sys

import riskbehov

HEAVY = {"matplotlib", "numpy", "pandas", "scipy"}

PRINT_IMPORTED = """
import json, sys
import riskbehov
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def by_kind_and_name(name: str) -> tuple[bool, str]:
    """Put constants first, then classes, then functions: the order that ruff sorts `__all__` in."""
    return not name.isupper(), name


def test_importing_riskbehov_imports_nothing_heavy():
    run = subprocess.run(
        [sys.executable, "-c", PRINT_IMPORTED], capture_output=True, text=True, check=True
    )
    imported = set(json.loads(run.stdout))
    assert "riskbehov" in imported
    assert imported & HEAVY == set()


def test_the_public_names_are_sorted():
    assert riskbehov.__all__, "the package offers no name at all"
    assert list(riskbehov.__all__) == sorted(riskbehov.__all__, key=by_kind_and_name)


def test_every_public_name_resolves():
    missing = [name for name in riskbehov.__all__ if not hasattr(riskbehov, name)]
    assert missing == []
