"""``riskbehov assess`` and ``explain``: the contract of the JSON, and what they refuse."""

import pytest

KEYS = {
    "case",
    "date",
    "assessment",
    "scores",
    "risk",
    "intensity",
    "acute",
    "needs",
    "targets",
    "responsivity",
    "recommendations",
    "plan",
    "support_needs",
    "own_view",
    "flags",
    "limits",
    "provenance",
}
RATINGS = """
instruments:
  audit:
    answers: {1: 4, 2: 3, 3: 3, 4: 2, 5: 2, 6: 1, 7: 1, 8: 1, 9: 0, 10: 4}
  rbm8:
    answers:
      history: 2
      attitudes: {code: 3, driver: true}
      associates: 2
      personality: 1
      substance_use: 3
      work_education: 0
      family_relations: 1
      leisure: null
facts: {substances: [alcohol], suicidality: false, need_housing: true}
professional_risk: {level: high, reason: "sammanvägd bedömning"}
own_view: {text: "vill sluta dricka", wishes: ["en egen bostad"]}
declined: [tolvsteg]
"""


def assess(run, path, *more):
    ran = run("assess", path, *more, "--format", "json")
    assert ran.status == 0, ran.err
    return ran.json


def test_the_main_job(run, case_file):
    found = assess(run, case_file(RATINGS))
    assert set(found) >= KEYS
    assert found["assessment"] == "adult"
    assert found["risk"]["level"] == {"low": "high", "high": "high"}
    assert found["risk"]["basis"] == "professional"
    assert found["needs"]["identified"] == ["history", "attitudes", "associates", "substance_use"]
    assert found["needs"]["unanswered"] == ["leisure"]
    assert found["targets"] == ["attitudes", "substance_use", "associates"]
    by_rule = {r["rule"]: r for r in found["recommendations"]}
    assert by_rule["alkohol-met"]["verdict"] == "applies"
    assert by_rule["alkohol-met"]["strength"] == "bör"
    assert by_rule["alkohol-met"]["source"]
    assert by_rule["alkohol-met"]["locator"]
    assert set(found["plan"]) >= {"insatser", "covers", "gaps", "alternatives"}
    assert "tolvsteg" not in [p["insats"] for p in found["plan"]["insatser"]]
    assert [n["need"] for n in found["support_needs"]["identified"]] == ["need_housing"]
    assert found["own_view"]["wishes"] == ["en egen bostad"]
    assert set(found["provenance"]) >= {"versions", "definitions", "hashes"}
    assert set(found["provenance"]["definitions"]) == set(found["provenance"]["hashes"])


def test_text_is_swedish_by_default_and_fits_80_columns(run, case_file):
    ran = run("assess", case_file(RATINGS))
    assert ran.status == 0
    assert max(len(line) for line in ran.out.splitlines() if "://" not in line) <= 80
    assert "Motivationshöjande" in ran.out


def test_the_law_of_the_day_is_cited(run, case_file):
    facts = "facts: {child_concern: true}\n"
    old = assess(run, case_file(facts, date="2025-06-30"))
    new = assess(run, case_file(facts, date="2025-07-01"))

    def legal(found):
        return {r["rule"]: r["legal"] for r in found["recommendations"]}["akut-oro-for-barn"]

    assert "2001:453" in legal(old)
    assert "2025:400" in legal(new)


def test_explain_tells_every_part_of_a_rule(run, case_file):
    ran = run("explain", case_file(RATINGS), "alkohol-met", "--format", "json")
    assert ran.status == 0
    assert ran.json["verdict"] == "applies"
    assert ran.json["condition"]["truth"] == "true"
    text = run("explain", case_file(RATINGS), "alkohol-met")
    assert text.status == 0


@pytest.mark.parametrize(
    ("changed", "extra", "words"),
    [
        ({"person": "{age: 14}", "assessment": "adult"}, "", ["14", "adult", "arende.yaml:4"]),
        ({"person": "{age: 200}"}, "", ["200", "120"]),
        ({"person": "{age: 34, sex: femal}"}, "", ["femal", "female"]),
        ({"date": "2199-01-01"}, "", ["2199-01-01"]),
        ({"date": "2026-02-30"}, "", ["2026-02-30"]),
        ({}, "instruments: {youth7: {answers: {school: 2}}}\n", ["youth7", "adult"]),
        ({}, "instruments: {adit: {answers: {school: 2}}}\n", ["adit", "audit"]),
        ({}, 'instruments: {audit: {answers: {"9": 3}}}\n', ["answers.9", "0, 2, 4"]),
        ({}, 'instruments: {audit: {answers: {"1": "3"}}}\n', ["answers.1"]),
        ({}, "facts: {suicidalty: true}\n", ["suicidalty", "suicidality"]),
        ({}, "facts: {substances: [alkohol]}\n", ["alkohol", "alcohol"]),
        ({}, "facts: {risk_level: high}\n", ["risk_level"]),
        ({}, "declined: [tolvstg]\n", ["tolvstg", "tolvsteg"]),
        (
            {},
            "recorded_results: [{method: ls-cmi, level: hög, date: 2026-05-01}]\n",
            ["hög", "high"],
        ),
        (
            {},
            "recorded_results: [{method: lscmi, level: high, date: 2026-05-01}]\n",
            ["lscmi", "ls-cmi"],
        ),
        ({"fictional": "false"}, "", ["--plaintext"]),
        ({"assesment": "adult"}, "", ["assesment", "assessment"]),
    ],
)
def test_a_case_that_does_not_hold_is_refused(run, case_file, changed, extra, words):
    ran = run("assess", case_file(extra, **changed), "-o", "ut.json")
    assert ran.status == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


def test_personal_data_is_refused_and_never_repeated(run, case_file):
    number = "19121212-1212"  # a fictional number with a right check digit
    ran = run("assess", case_file(f'own_view: {{text: "ring {number} eller 08-46500412"}}\n'))
    assert ran.status == 2
    assert "1212" not in ran.err
    assert "46500" not in ran.err
    assert len(ran.err.splitlines()) == 2


def test_a_likeness_may_be_confirmed_but_a_personal_number_may_not(run, case_file):
    phone = case_file('own_view: {text: "ring 08-46500412"}\n')
    assert run("assess", phone).status == 2
    assert run("assess", phone, "--free-text-reviewed").status == 0
    number = case_file('own_view: {text: "19121212-1212"}\n')
    assert run("assess", number, "--free-text-reviewed").status == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"# bara en kommentar\n", b"\xff\xfe\x00", b"case: [", b"[" * 10_000, b"- 1\n", b"\x00"],
)
def test_a_file_that_is_no_case_is_refused(run, tmp_path, content):
    path = tmp_path / "fel.yaml"
    path.write_bytes(content)
    ran = run("assess", path)
    assert ran.status == 2
    assert "fel.yaml" in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_is_missing_or_far_too_large_is_refused(run, tmp_path):
    assert run("assess", tmp_path / "saknas.yaml").status == 2
    large = tmp_path / "stor.yaml"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    ran = run("assess", large)
    assert ran.status == 2
    assert "2097152" in ran.err


def test_faulty_data_files_give_exit_3(run, case_file, tmp_path):
    rules = tmp_path / "data" / "assessments" / "rules" / "alkohol.yaml"
    rules.parent.mkdir(parents=True)
    rules.write_text("theme: alkohol\nlabel: {sv: a, en: b}\nrules: [{id: x}]\n", encoding="utf-8")
    ran = run("assess", case_file(), "--data", tmp_path / "data")
    assert ran.status == 3
    assert "alkohol.yaml:3" in ran.err


def test_a_day_before_the_acute_rules_is_refused_and_gives_no_false_calm(run, case_file):
    facts = "facts: {suicidality: true}\n"
    ran = run("assess", case_file(facts, date="2016-11-20"))
    assert ran.status == 2
    assert "2016-11-20" in ran.err
    ran = run("assess", case_file(facts), "--as-of", "2018-12-31")
    assert (ran.status, ran.out) == (2, "")


def test_a_case_file_that_is_explained_is_never_written_over(run, case_file):
    path = case_file()
    before = path.read_text(encoding="utf-8")
    assert run("explain", path, "alkohol-met", "-o", path).status == 2
    assert path.read_text(encoding="utf-8") == before


def test_the_case_file_is_never_written_over(run, case_file):
    path = case_file()
    before = path.read_text(encoding="utf-8")
    assert run("assess", path, "-o", path).status == 2
    assert path.read_text(encoding="utf-8") == before
    assert run("new", "case", "-o", path).status == 2
    assert path.read_text(encoding="utf-8") == before


def test_what_may_not_be_written_is_left_alone(run, case_file, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    kept.chmod(0o444)
    assert run("assess", case_file(), "-o", kept).status == 2
    assert kept.read_text(encoding="utf-8") == "mine"


def test_a_folder_of_data_cannot_outdo_a_rule_of_ours(run, case_file, tmp_path):
    rules = tmp_path / "data" / "assessments" / "rules" / "akut.yaml"
    rules.parent.mkdir(parents=True)
    rules.write_text(
        """\
theme: akut
label: {sv: Akut, en: Acute}
rules:
  - id: akut-suicidrisk
    block: acute
    title: {sv: ingen, en: none}
    strength: information
    ages: {from: 0}
    when: {fact: suicidality, equals: false}
    reason: {sv: ingen, en: none}
    sources: [{source: riskbehov, locator: "docs/metod.md, Akut", basis: toolkit}]
    valid: {from: 2020-01-01}
    checked: 2026-11-22
""",
        encoding="utf-8",
    )
    ran = run("assess", case_file("facts: {suicidality: true}\n"), "--data", tmp_path / "data")
    assert ran.status == 3
    assert "akut-suicidrisk" in ran.err


def test_a_register_that_is_a_word_gives_exit_3(run, case_file, tmp_path):
    sources = tmp_path / "data" / "instruments" / "sources.yaml"
    sources.parent.mkdir(parents=True)
    sources.write_text("hej\n", encoding="utf-8")
    ran = run("assess", case_file(), "--data", tmp_path / "data")
    assert ran.status == 3
    assert "sources.yaml" in ran.err


def test_a_brief_report_has_the_acute_the_plan_and_the_questions_only(run, case_file):
    whole = run("assess", case_file(RATINGS), "--lang", "en")
    brief = run("assess", case_file(RATINGS), "--brief", "--lang", "en")
    assert brief.status == 0
    assert len(brief.out) < len(whole.out) / 2
    for heading in ("In short", "Proposed plan", "Cannot be told yet"):
        assert heading in brief.out
    assert "Recommended insatser" not in brief.out


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufe0f"])
def test_signs_without_width_hide_no_personal_number(run, case_file, hidden):
    number = f"19121212{hidden}-12{hidden}12"  # fictional, with a right check digit
    assert run("assess", case_file(f'own_view: {{text: "{number}"}}\n')).status == 2
