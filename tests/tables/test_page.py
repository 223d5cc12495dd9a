"""What the pages on tables show in Python is what Python says, and both pages say the same."""

import doctest
import re

import pytest
from tests.markdown import blocks, prose, read

PAGES = ("docs/tabeller.md", "docs/tables.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_in_python_give_what_they_show(page):
    shown = "\n".join(blocks(page, "pycon"))
    examples = doctest.DocTestParser().get_doctest(shown, {}, page, page, 0)
    assert len(examples.examples) >= 12
    assert doctest.DocTestRunner().run(examples).failed == 0


@pytest.mark.parametrize("sign", [r"^#+(?= )", r"^```\w*", r"^\|(?= )", r"^- (?=\*\*)"])
def test_both_pages_have_the_same_headings_examples_rows_and_points(sign):
    swedish, english = (re.findall(sign, read(page), re.MULTILINE) for page in PAGES)
    assert swedish
    assert swedish == english


def test_both_pages_name_the_same_options():
    swedish, english = (set(re.findall(r"--[a-z][a-z-]+", prose(page))) for page in PAGES)
    assert swedish
    assert swedish == english
