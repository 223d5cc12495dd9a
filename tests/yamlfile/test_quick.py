"""The quick pass gives what the careful builder gives, or leaves the file to it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.errors import DataError
from riskbehov.yamlfile.parse import MAX_DEPTH, _Builder
from riskbehov.yamlfile.quick import UnsoundError, quick_values

ROOT = Path(__file__).parents[2]
TOPS = ("instruments", "assessments", "tests/broken")
FILES = sorted(path for top in TOPS for path in ROOT.glob(f"{top}/**/*.yaml"))
SNIPPETS = st.lists(
    st.sampled_from(
        ["a", "b", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ", ", '"', "'", "1", "01", "true",
         "null", "2026-02-30", "&x ", "*x", "!t ", "<<", "---\n", "#", "|\n", ">-\n", "\\x07", "?"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def careful(text):
    return _Builder("f.yaml", DataError).build(text)


def agree(text):
    try:
        found = quick_values(text, MAX_DEPTH)
    except UnsoundError:
        return
    assert found == careful(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_of_the_repository_is_read_alike(path):
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    agree(text)


@given(SNIPPETS)
def test_any_text_is_read_alike_or_left_to_the_careful_builder(text):
    agree(text)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("instruments/*/instrument.yaml")), ids=lambda path: path.parent.name
)
def test_a_sound_file_takes_the_quick_way(path):
    quick_values(path.read_text(encoding="utf-8"), MAX_DEPTH)
