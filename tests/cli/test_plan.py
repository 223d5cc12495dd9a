"""``riskbehov plan``: the handlingsplan as JSON, text and Markdown, and what it refuses."""

import pytest

CASE = """
instruments:
  rbm8:
    answers: {attitudes: {code: 3, driver: true}, substance_use: 2, leisure: 0}
facts: {substances: [alcohol], need_housing: true}
professional_risk: {level: high, reason: "sammanvägd bedömning"}
action_plan:
  date: 2026-05-01
  shared_with: [provider]
  goals:
    - id: m1
      target: attitudes
      goal: Skattat till högst 1 om ett halvår.
      review: 2026-05-31
      activities:
        - {insats: kbt-kriminalitet, responsible: samordnaren, status: started}
"""
OFFER = "insatser: [{insats: met, own: true}]\n"


def plan(run, path, *more):
    ran = run("plan", path, *more, "--format", "json")
    assert ran.status == 0, ran.err
    return ran.json


def test_the_plan_tells_what_is_agreed_and_what_is_left(run, case_file):
    found = plan(run, case_file(CASE))
    assert [t["target"] for t in found["targets"]] == ["attitudes", "substance_use", "need_housing"]
    first, second, third = found["targets"]
    assert first["goals"][0]["overdue"] is True
    assert first["insatser"][0]["agreed"][0]["open"] == ["when", "where", "how_often"]
    assert second["open"] == third["open"] == ["goal", "review"]
    assert second["suggestion"]["locator"] == "docs/metod.md, Handlingsplan"
    assert found["overdue"] == ["m1"]
    assert found["shared_with"] == ["provider"]
    assert set(found["provenance"]["hashes"])


def test_what_the_municipality_lacks_is_a_gap(run, case_file, tmp_path):
    offer = tmp_path / "utbud.yaml"
    offer.write_text(OFFER, encoding="utf-8")
    gaps = {(g["target"], g["cause"]) for g in plan(run, case_file(CASE), "--offer", offer)["gaps"]}
    assert gaps == {("attitudes", "not-offered"), ("need_housing", "not-offered")}


def test_the_keys_are_the_same_in_every_language(run, case_file):
    swedish = plan(run, case_file(CASE))
    english = plan(run, case_file(CASE), "--lang", "en")
    assert swedish.keys() == english.keys()
    assert swedish["targets"][0]["label"] != english["targets"][0]["label"]


def test_text_fits_80_columns_and_markdown_has_headings(run, case_file):
    text = run("plan", case_file(CASE))
    assert text.status == 0
    assert max(len(line) for line in text.out.splitlines() if "://" not in line) <= 80
    assert "\n### " in run("plan", case_file(CASE), "--format", "markdown").out


def test_the_rules_of_another_day_may_be_asked_for(run, case_file):
    found = plan(run, case_file(CASE), "--as-of", "2025-06-30")
    assert found["provenance"]["as_of"] == "2025-06-30"


def test_it_is_written_to_a_file_but_never_over_the_case(run, case_file, tmp_path):
    path = case_file(CASE)
    assert run("plan", path, "-o", tmp_path / "plan.md", "-f", "markdown").out == ""
    assert (tmp_path / "plan.md").read_text(encoding="utf-8").startswith("# ")
    before = path.read_text(encoding="utf-8")
    assert run("plan", path, "-o", path).status == 2
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"target: attitudes": "target: attityder"}, ["arende.yaml:16", "attityder", "attitudes"]),
        (
            {"insats: kbt-kriminalitet": "insats: kbt"},
            ["arende.yaml:20", "'kbt'", "expected an insats"],
        ),
        ({"2026-05-31": "2026-04-30"}, ["2026-04-30", "2026-05-01"]),
        ({"date: 2026-05-01": "date: 2026-06-02"}, ["2026-06-02", "2026-06-01"]),
    ],
)
def test_a_plan_that_cannot_be_is_refused(run, case_file, changed, words):
    text = CASE
    for old, new in changed.items():
        text = text.replace(old, new)
    ran = run("plan", case_file(text), "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    for word in words:
        assert word in ran.err


def test_a_real_case_takes_plaintext(run, case_file):
    path = case_file(CASE, case="RB-7K3M-9QXT-2FHD", fictional="false")
    assert run("plan", path).status == 2
    assert run("plan", path, "--plaintext").status == 0
