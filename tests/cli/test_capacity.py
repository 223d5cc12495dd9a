"""``riskbehov capacity`` as a person meets it."""

import json
from pathlib import Path

import pytest
from tests.groups.made import Maker, extract

OFFER = """municipality: Påhittsby
cost_unit: timmar
insatser:
  - {insats: met, own: true, cost: 4, places: 6}
  - {insats: kontaktperson, own: false}
"""


@pytest.fixture(scope="module")
def uttag(library, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("uttag") / "uttag.json"
    told = extract(Maker(2, library).records(80), library).model_dump(mode="json")
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def offer(tmp_path) -> Path:
    path = tmp_path / "utbud.yaml"
    path.write_text(OFFER, "utf-8")
    return path


def test_needs_are_held_against_the_offer(run, uttag, offer):
    ran = run("capacity", uttag, "--offer", offer, "--lang", "en")
    assert ran.status == 0
    for words in (
        "Påhittsby",
        "Persons 80",
        "Places taken",
        "4 timmar",
        "The one addition that would cover most",
        "Very intensive",
        "docs/metod.md, Kapacitet",
    ):
        assert words in " ".join(ran.out.split()), words
    assert max(map(len, ran.out.splitlines())) <= 80


def test_json_has_no_small_count(run, uttag, offer):
    ran = run("capacity", uttag, "--offer", offer, "--format", "json")
    told = ran.json
    assert told["municipality"] == "Påhittsby"
    counts = [row[key] for row in told["targets"] for key in ("having", "covered")]
    counts += [row[key] for row in told["insatser"] for key in ("recommended", "could_cover")]
    assert [count for count in counts if count is not None and 0 < count < 5] == []
    [met] = [row for row in told["insatser"] if row["insats"] == "met"]
    assert (met["own"], met["cost"], met["places"]) == (True, 4, 6)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{insats: cra, own: true, cost: -4}", "insatser[0].cost: found -4, expected at least 0"),
        ("{insats: cra, own: true, places: -1}", "insatser[0].places: found -1, expected at"),
        (
            "{insats: cra, own: true, places: 2.5}",
            "insatser[0].places: found 2.5, expected a whole",
        ),
        ("{insats: yoga, own: true}", "insatser[0].insats: found 'yoga', expected an insats"),
    ],
)
def test_a_wrong_offer_is_refused_with_its_line(run, uttag, tmp_path, line, words):
    path = tmp_path / "utbud.yaml"
    path.write_text(f"insatser:\n  - {line}\n", "utf-8")
    ran = run("capacity", uttag, "--offer", path, "--lang", "en")
    assert ran.status == 2
    assert f"{path}:2: {words}" in ran.err


def test_an_offer_must_be_given(run, uttag):
    ran = run("capacity", uttag, "--lang", "en")
    assert ran.status == 2
    assert "--offer is missing" in ran.err


def test_a_case_file_is_refused(run, case_file, offer):
    ran = run("capacity", case_file(), "--offer", offer, "--lang", "en")
    assert ran.status == 2
    assert "found another file, expected an extract" in ran.err
