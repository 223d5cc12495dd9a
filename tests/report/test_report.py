"""The public face of the package."""

import json
import subprocess
import sys

import pytest

from riskbehov import report

PRINT_IMPORTED = """
import json, sys
import riskbehov.report
print(json.dumps([name for name in sys.modules if name.startswith("riskbehov.")]))
"""


def test_importing_the_package_imports_nothing_else():
    run = subprocess.run(
        [sys.executable, "-c", PRINT_IMPORTED], capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == ["riskbehov.report"]


@pytest.mark.parametrize("name", report.__all__)
def test_every_public_name_resolves(name):
    assert getattr(report, name)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        report.nonsense  # noqa: B018
