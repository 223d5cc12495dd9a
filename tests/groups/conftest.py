"""A small library with age groups, so that a release is made of it in a moment."""

from pathlib import Path

import pytest

from riskbehov.library import AGE_GROUPS, Library

SMALL = Path(__file__).parents[1] / "checking" / "library"
CITED = [{"source": "riskbehov", "locator": "docs", "basis": "toolkit"}]
AGES = {
    "age_groups": [
        {"id": "age-0-17", "sv": "0–17 år", "en": "ages 0–17", "ages": {"from": 0, "to": 17}},
        {"id": "age-18-24", "sv": "18–24 år", "en": "ages 18–24", "ages": {"from": 18, "to": 24}},
        {"id": "age-25-39", "sv": "25–39 år", "en": "ages 25–39", "ages": {"from": 25, "to": 39}},
        {"id": "age-40-up", "sv": "40 år –", "en": "ages 40 –", "ages": {"from": 40}},
    ],
    "sources": CITED,
}


@pytest.fixture(scope="session")
def small() -> Library:
    """Return the small library that the checks are tested on, with four age groups."""
    found = sorted(SMALL.rglob("*.yaml"))
    files = {path.relative_to(SMALL).as_posix(): (path,) for path in found}
    return Library(files, {AGE_GROUPS: AGES})
