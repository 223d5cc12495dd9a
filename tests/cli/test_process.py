"""``riskbehov process``: formats, languages, exit statuses, and the keys of the JSON."""

import pytest

DONE = """
consents:
  - {id: s1, to: [police], about: [threat], situations: "x", form: written, given: 2025-06-01}
process:
  avhopp: {ansokan: 2025-06-30, utredning: 2025-07-01}
"""
KEYS = {"case", "fictional", "date", "as_of", "assessment", "person", "processes", "versions"}
PROCESS = {
    *("id", "name", "in_force", "complete", "done", "next", "blocked", "questions"),
    *("steps", "flags", "source", "locator", "basis", "also", "checked"),
}
STEP = {
    *("id", "label", "what", "part", "optional", "status", "done", "blocked_by", "missing"),
    *("needs", "criteria", "legal", "source", "locator", "basis", "also"),
}


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_format_and_language(run, case_file, form, lang):
    ran = run("process", case_file(DONE), "--format", form, "--lang", lang)
    assert (ran.status, ran.err) == (0, "")
    assert "avhopp" in ran.out
    if form == "text":
        assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_the_contract_of_the_json(run, case_file):
    found = run("process", case_file(DONE), "--format", "json").json
    assert set(found) == KEYS
    [process] = found["processes"]
    assert set(process) == PROCESS
    assert all(set(step) == STEP for step in process["steps"])
    assert process["done"] == ["ansokan", "utredning"]
    assert process["next"] == ["samtycke", "kontakt-polis", "beslut"]


def test_without_an_id_the_processes_of_the_case_are_shown_and_else_all(run, case_file):
    def shown(extra, *more):
        ran = run("process", case_file(extra), *more, "--format", "json")
        return [each["id"] for each in ran.json["processes"]]

    assert shown(DONE) == ["avhopp"]
    assert shown("") == ["avhopp", "sig"]
    assert shown(DONE, "--process", "sig") == ["sig"]


def test_another_day_gives_the_law_of_that_day(run, case_file):
    def law(*more):
        ran = run("process", case_file(DONE), "--format", "json", "--lang", "en", *more)
        steps = {step["id"]: step for step in ran.json["processes"][0]["steps"]}
        return [steps[id_]["legal"][0]["reference"] for id_ in ("utredning", "beslut")]

    done = "Chapter 14 section 2 of the Social Services Act (2025:400)"
    assert law() == [done, "Chapter 11 section 1 of the Social Services Act (2025:400)"]
    assert law("--as-of", "2025-06-30") == [
        done,
        "Chapter 4 section 1 of the Social Services Act (2001:453)",
    ]


def test_the_result_is_written_to_a_file_but_never_over_the_case(run, case_file, tmp_path):
    path = case_file(DONE)
    assert run("process", path, "-o", tmp_path / "ut.txt").status == 0
    assert "✓" in (tmp_path / "ut.txt").read_text(encoding="utf-8")
    assert run("process", path, "-o", path).status == 2


@pytest.mark.parametrize(
    ("extra", "more", "words"),
    [
        ("", ("--process", "avhop"), ["avhop", "avhopp"]),
        ("process: {avhop: {ansokan: 2026-01-01}}\n", (), ["process.avhop", "avhopp"]),
        ("process: {avhopp: {ansoken: 2026-01-01}}\n", (), ["ansoken", "did you mean 'ansokan'"]),
        ("process: {avhopp: {ansokan: 2026-06-02}}\n", (), ["2026-06-02", "2026-06-01"]),
        ("process: {avhopp: {ansokan: i går}}\n", (), ["process.avhopp.ansokan"]),
        ("process: {avhopp: [ansokan]}\n", (), ["process.avhopp"]),
    ],
)
def test_what_does_not_hold_is_refused_with_its_place(run, case_file, extra, more, words):
    ran = run("process", case_file(extra), *more, "--lang", "en")
    assert ran.status == 2
    assert ran.out == ""
    for word in words:
        assert word in ran.err


def test_a_real_case_in_plain_text_is_refused(run, case_file):
    assert run("process", case_file(DONE, fictional="false")).status == 2
