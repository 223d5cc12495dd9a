"""The figure of a release, and its words for those who do not see it."""

import struct
import xml.etree.ElementTree as ET

import pytest
from tests.report.releases import release

from riskbehov.report.group.figure import alternative, draw, panels


def test_the_bars_are_the_identified_needs_the_most_common_first():
    needs, support = panels(release())
    assert needs.title == "Need areas (Adults)"
    assert [(bar.label, bar.persons, bar.of) for bar in needs.bars] == [
        ("Leisure", 25, 40),
        ("=attitudes", None, 40),
    ]
    assert [bar.text for bar in needs.bars] == ["25 (62 %)", ".. held back"]
    assert support.title == "Support needs (Adults)"


def test_all_that_the_figure_shows_is_told_in_words():
    told = alternative(panels(release()))
    assert told == (
        "Bars: how many persons have each need identified at the first assessment."
        " Need areas (Adults): Leisure 25 (62 %); =attitudes .. held back."
        " Support needs (Adults): Housing 9 (22 %)."
    )


def test_a_png_is_large_enough_to_print():
    data = draw(panels(release()), "png")
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width >= 1200
    assert height >= 400


def test_an_svg_holds_its_words_as_text():
    root = ET.fromstring(draw(panels(release()), "svg"))  # noqa: S314 - our own file
    words = "".join(root.itertext())
    for part in ("Leisure", "25 (62 %)", ".. held back", alternative(panels(release()))):
        assert part in words


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_numbers_give_the_same_file(form):
    assert draw(panels(release()), form) == draw(panels(release()), form)


def test_a_release_of_nothing_gives_a_figure_that_says_so():
    data = draw(panels(release(populations=())), "svg")
    assert b"Nothing can be told." in data
