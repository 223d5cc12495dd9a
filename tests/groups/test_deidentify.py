"""An extract holds what follow-up needs, and nothing that could lead back to anyone."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskbehov.assessing.purpose import check_purpose
from riskbehov.errors import CaseError, InputError, PrivacyError
from riskbehov.groups.deidentify import CaseFile, extract, load_cases
from riskbehov.library import Library
from riskbehov.models.case import Case

LIBRARY = Library.open()
PURPOSE = "Följa upp verksamheten"
FREE = {
    "adaptation", "assessor", "evidence", "goal", "how_often", "law", "measure", "note", "noted",
    "reason", "responsible", "situations", "text", "what", "when", "where",
}  # fmt: skip
FREE_LISTS = {"taking_part", "wishes"}
CLIENTS = [
    example.case
    for id_ in LIBRARY.assessment_ids
    if (examples := LIBRARY.assessment_examples(id_))
    for example in examples.cases
]


def retold(value: Any, text: str, days: dt.timedelta, key: str = "") -> Any:
    """Return plain values of a case with all free text replaced and all days moved."""
    if isinstance(value, dict):
        inner = "reason" if key == "reasons" else ""
        return {name: retold(held, text, days, inner or name) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [text if key in FREE_LISTS else retold(held, text, days, key) for held in value]
    if isinstance(value, dt.date):
        return value + days
    return text if key in FREE and isinstance(value, str) and value else value


def planned(case: Case) -> dict[str, Any]:
    """Return an action plan with words in every field of text."""
    return {
        "date": case.date,
        "goals": [
            {
                "id": "m1",
                "target": "need_housing",
                "goal": "x",
                "measure": "x",
                "review": case.date,
                "activities": [
                    {
                        "insats": "kontaktperson",
                        "what": "x",
                        "responsible": "x",
                        "taking_part": ["x"],
                        "when": "x",
                        "where": "x",
                        "how_often": "x",
                        "status": "started",
                    }
                ],
            }
        ],
    }


def made(case: Case, key: str, text: str, days: dt.timedelta) -> Case:
    told = case.model_dump(by_alias=True, exclude_none=True)
    told |= {"case": key, "action_plan": planned(case)}
    told.setdefault("own_view", {"text": "x", "wishes": ["x"]})
    return Case.model_validate(retold(told, text, days), strict=False)


def records(*cases: Case) -> list[Any]:
    files = [CaseFile(Path(f"{n}.yaml"), case) for n, case in enumerate(cases)]
    found = extract(files, LIBRARY, purpose=PURPOSE).extract.model_dump(mode="json")
    return list(found["records"])


def leaves(value: Any) -> Iterator[Any]:
    """Yield every key and every value of plain values."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield key
            yield from leaves(held)
    elif isinstance(value, list):
        for held in value:
            yield from leaves(held)
    else:
        yield value


WORDS = st.text(st.sampled_from("bcdfghjklmnpqrstvwxz"), min_size=12, max_size=20)


@settings(max_examples=60)
@given(
    st.sampled_from(CLIENTS),
    st.tuples(WORDS, WORDS, st.integers(-40, 0)),
    st.tuples(WORDS, WORDS, st.integers(-40, 0)),
)
def test_key_days_and_words_leave_no_trace(client, one, other):
    """Two cases that differ in nothing else give the same record: there is nowhere to hide it."""
    first, second = (
        made(client, key, text, dt.timedelta(days)) for key, text, days in (one, other)
    )
    [record] = records(first)
    assert records(second) == [record]
    written = json.dumps(record)
    for key, text, _ in (one, other):
        assert key not in written
        assert text not in written
    assert not re.search(r"\d{4}-\d{2}|\d{8}", written)
    days = {first.date, second.date}
    assert not any(day.isoformat() in written for day in days)


@settings(max_examples=60)
@given(st.sampled_from(CLIENTS), WORDS)
def test_no_age_and_no_points_stand_in_a_record(client, key):
    case = made(client, key, "x", dt.timedelta(0))
    found = [*leaves(records(case))]
    assert [value for value in found if isinstance(value, int | float)] == []
    group = next(g for g in LIBRARY.age_groups if case.person.age in g.ages)
    assert group.id in found
    assert str(case.person.age) not in found


def later(case: Case, days: int = 60, **changed: Any) -> Case:
    told = case.model_dump(by_alias=True, exclude_none=True) | {"date": case.date, **changed}
    return Case.model_validate({**told, "date": case.date + dt.timedelta(days)}, strict=False)


def minimal(date: dt.date = dt.date(2026, 2, 2), **given: Any) -> Case:
    told = {"case": "fiktiv-a", "fictional": True, "date": date, "person": {"age": 30}, **given}
    return Case.model_validate(told, strict=False)


def rated(**codes: int) -> dict[str, Any]:
    return {"rbm8": {"answers": codes}}


def test_the_order_of_the_files_tells_nothing():
    cases = [made(client, f"k{n}", "x", dt.timedelta(0)) for n, client in enumerate(CLIENTS[:6])]
    assert records(*cases) == records(*reversed(cases))


def test_files_with_the_same_key_are_one_person_followed_up():
    first = minimal(instruments=rated(attitudes=3, leisure=2, associates=1))
    second = later(first, instruments=rated(attitudes=1, leisure=3, associates=1))
    [record] = records(second, first)
    assert record["first"]["needs"]["identified"] == ["attitudes", "leisure"]
    assert record["followed"]["areas"]["attitudes"] == "improved"
    assert record["followed"]["areas"]["leisure"] == "worsened"
    assert record["followed"]["areas"]["associates"] == "unchanged"
    assert record["followed"]["areas"]["personality"] == "cannot-tell"
    assert [t["target"] for t in record["last"]["targets"]] == ["leisure"]


def audit(total: int, missing: bool = False) -> dict[str, Any]:  # noqa: FBT002
    """Return answers to AUDIT that add up so: the first items as high as they go."""
    codes = [min(4, max(0, total - 4 * n)) for n in range(8)] + [0, None if missing else 0]
    return {"audit": {"answers": {str(n): code for n, code in enumerate(codes, 1)}}}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (audit(20), audit(12), "improved"),
        (audit(12), audit(20), "worsened"),
        (audit(12), audit(12), "unchanged"),
        (audit(12, missing=True), audit(12), "cannot-tell"),
        (audit(20, missing=True), audit(12), "improved"),
        (audit(12), {}, "cannot-tell"),
    ],
)
def test_a_scale_has_changed_where_it_has_whatever_is_missing(before, after, change):
    first = minimal(instruments=before)
    [record] = records(first, later(first, instruments=after))
    assert record["followed"]["scales"]["audit.total"] == change


def goals(case: Case, **reached: str) -> dict[str, Any]:
    plan = planned(case)
    plan["goals"] = [{**plan["goals"][0], "id": k, "reached": v} for k, v in reached.items()]
    return plan


def test_goals_are_counted_as_the_last_file_has_them():
    first = minimal()
    first = later(first, 0, action_plan=goals(first, a="unknown", b="unknown", c="no"))
    second = later(first, action_plan=goals(first, a="yes", b="partly", d="yes"))
    [record] = records(first, second)
    assert record["followed"]["goals"] == {"yes": 2, "partly": 1, "no": 0, "unknown": 1}


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("planned", ["agreed"]),
        ("not-given", ["agreed"]),
        ("started", ["agreed", "given"]),
        ("interrupted", ["agreed", "given"]),
        ("completed", ["agreed", "given", "completed"]),
    ],
)
def test_what_became_of_an_insats_follows_from_its_status(status, steps):
    plan = planned(minimal())
    plan["goals"][0]["activities"][0]["status"] = status
    [record] = records(minimal(action_plan=plan))
    held = {k for k in ("agreed", "given", "completed") if record["insatser"][k]}
    assert held == set(steps)


def test_of_three_assessments_the_first_and_the_last_are_compared():
    first = minimal(instruments=rated(attitudes=3))
    between = later(first, 30, instruments=rated(attitudes=0), action_plan=planned(first))
    last = later(first, 60, instruments=rated(attitudes=2))
    files = [CaseFile(Path(f"{n}.yaml"), case) for n, case in enumerate((last, first, between))]
    found = extract(files, LIBRARY, purpose=PURPOSE)
    [record] = found.extract.records
    assert record.followed is not None
    assert record.followed.areas["attitudes"] == "improved"
    assert record.insatser.given == ("kontaktperson",)
    assert (found.followed, found.skipped) == (1, 1)


def test_those_who_are_alone_of_their_sex_in_their_age_group_are_told():
    people = [("a", 30, "male"), ("b", 35, "male"), ("c", 31, "female"), ("d", 45, "male")]
    cases = [minimal(case=k, person={"age": age, "sex": sex}) for k, age, sex in people]
    files = [CaseFile(Path(f"{case.case}.yaml"), case) for case in cases]
    assert extract(files, LIBRARY, purpose=PURPOSE).alone == 2


def test_what_was_declined_could_cover_nothing():
    told: dict[str, Any] = {
        "instruments": rated(substance_use=3),
        "facts": {"substances": ["alcohol"]},
    }
    [record] = records(minimal(**told))
    [target] = record["last"]["targets"]
    assert (target["target"], target["part"]) == ("substance_use", "alcohol")
    assert "met" in target["insatser"]
    [record] = records(minimal(**told, declined=["met"]))
    assert "met" not in record["last"]["targets"][0]["insatser"]
    assert "met" in record["insatser"]["recommended"]


# What is refused


def refused(*cases: Case, match: str, error: type[InputError] = CaseError) -> None:
    with pytest.raises(error, match=match):
        records(*cases)


def test_real_and_fictional_cases_together_are_refused():
    real = minimal(case="RB-7K3M-9QXT-2FHD", fictional=False)
    refused(minimal(), real, match="found 1 fictional and 1 real cases, expected only the one")


def test_two_files_of_one_person_and_one_day_are_refused():
    refused(minimal(), minimal(), match="found 2026-02-02, the day of 0.yaml too")


def test_two_persons_under_one_key_are_refused():
    first = minimal(person={"age": 30, "sex": "male"})
    second = later(first, person={"age": 30, "sex": "female"})
    refused(first, second, match="found female, expected male as in 0.yaml")
    refused(first, later(first, person={"age": 50}), match="found the age 50, expected 30 or 31")


def test_the_faults_of_all_cases_are_told_at_once():
    bad = [minimal(case=key, facts={"unheard_of": True}) for key in ("a", "b")]
    with pytest.raises(CaseError) as caught:
        records(*bad)
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("purpose", ["", "   ", "x" * 501])
def test_a_purpose_must_be_told(purpose):
    with pytest.raises(InputError, match="expected the purpose in 1 to 500"):
        check_purpose(purpose)


@pytest.mark.parametrize("purpose", [".", "x", "\u200b", "\u200bx\u200by\u200bz", "- 2026 -"])
def test_a_purpose_says_something(purpose):
    with pytest.raises(InputError, match="found no words, expected the purpose in a sentence"):
        check_purpose(purpose)


@pytest.mark.parametrize("purpose", [None, 5, ["Följa upp"]])
def test_a_purpose_is_text(purpose):
    with pytest.raises(InputError, match=r"--purpose: found .*, expected the purpose in a"):
        check_purpose(purpose)


def test_a_purpose_holds_no_personal_data():
    with pytest.raises(PrivacyError, match="found what looks like a telephone number"):
        check_purpose("Följa upp, ring 070-174 06 05")
    assert check_purpose("Följa upp, ring 070-174 06 05", reviewed=True)
    with pytest.raises(PrivacyError, match="found a personal number") as caught:
        check_purpose("Följa upp 19121212-1212", reviewed=True)
    assert "1212" not in str(caught.value)


# Files and folders


def write(path: Path, key: str = "fiktiv-a", extra: str = "") -> Path:
    path.write_text(
        f"case: {key}\nfictional: true\ndate: 2026-02-02\nperson: {{age: 30}}\n{extra}", "utf-8"
    )
    return path


def test_a_folder_stands_for_the_case_files_in_it(tmp_path):
    write(tmp_path / "a.yaml")
    write(tmp_path / "b.yaml", "fiktiv-b")
    (tmp_path / "note.txt").write_text("no case", "utf-8")
    assert [file.case.case for file in load_cases([tmp_path])] == ["fiktiv-a", "fiktiv-b"]


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CaseError, match=r"found no \*\.yaml in the folder"):
        load_cases([tmp_path])


def test_a_file_that_is_named_twice_is_refused(tmp_path):
    path = write(tmp_path / "a.yaml")
    with pytest.raises(CaseError, match="found the file once more, expected each once"):
        load_cases([path, tmp_path])


def test_of_files_with_personal_data_the_faults_are_told_masked(tmp_path):
    write(tmp_path / "a.yaml", extra="facts: {need_housing: 191212121212}\n")
    write(tmp_path / "b.yaml", extra="unknown: 1\n")
    with pytest.raises(PrivacyError, match="found a personal number") as caught:
        load_cases([tmp_path])
    assert len(caught.value.faults) == 2
    assert "1212" not in str(caught.value)
