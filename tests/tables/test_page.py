"""What the page on tables shows in Python is what Python says."""

import doctest

from tests.markdown import blocks


def test_the_examples_in_python_give_what_they_show():
    page = "docs/tabeller.md"
    shown = "\n".join(blocks(page, "pycon"))
    examples = doctest.DocTestParser().get_doctest(shown, {}, page, page, 0)
    assert len(examples.examples) >= 9
    assert doctest.DocTestRunner().run(examples).failed == 0
