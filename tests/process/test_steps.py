"""How each step of a process stands; the small process here is made up, its outcomes by hand."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.logic.strategies import WORDS, leaves

from riskbehov.errors import DataError
from riskbehov.logic.explain import truth
from riskbehov.logic.vocabulary import Interval
from riskbehov.models.base import Text
from riskbehov.models.process import Process
from riskbehov.models.rule import LegalEntry
from riskbehov.process.steps import FollowedProcess, ListVerdict, follow, need_trees, order_faults

DAY = dt.date(2026, 6, 1)
SOURCE = {"source": "riskbehov", "locator": "docs/metod.md, Processer", "basis": "toolkit"}
TEXT = {"sv": "text", "en": "text"}


def step(id_: str, *after: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "sv": id_,
        "en": id_,
        "what": TEXT,
        "after": list(after),
        "sources": [SOURCE],
        **more,
    }


def process(*steps: dict[str, Any], **more: Any) -> Process:
    return TypeAdapter(Process).validate_python(
        {
            "id": "leave",
            "name": TEXT,
            "use": TEXT,
            "sources": [SOURCE],
            "valid": {"from": dt.date(2025, 1, 1)},
            "checked": DAY,
            "steps": list(steps),
            **more,
        },
        strict=False,
    )


THREAT = {"fact": "threat", "equals": True}
SMALL = process(
    step("apply"),
    step("inquire", "apply", legal=["inquiry"]),
    step("child", "inquire", needs={"fact": "child", "equals": True}, optional=True),
    step("talk", "inquire", optional=True),
    step("ask", "inquire", needs={"fact": "sex", "equals": "female"}),
    step("decide", "inquire", "talk"),
    step("open", "ask", "decide", "child", criteria=["demands"]),
    step("place", "ask", needs=THREAT, optional=True),
    step("move", "decide", "place"),
    step("close", "open", criteria=["completed"]),
)
LEGAL = TypeAdapter(LegalEntry).validate_python(
    {
        "id": "inquiry",
        "label": TEXT,
        "texts": [
            {
                "reference": {"sv": "gamla", "en": "old act"},
                "valid": {"from": dt.date(2019, 1, 1), "to": dt.date(2025, 6, 30)},
                "sources": [SOURCE],
            },
            {
                "reference": {"sv": "nya", "en": "new act"},
                "valid": {"from": dt.date(2025, 7, 1), "to": dt.date(2026, 1, 31)},
                "sources": [SOURCE],
            },
        ],
    },
    strict=False,
)


def verdict(id_: str, found: str | None = "met", *missing: str) -> ListVerdict:
    return ListVerdict(id_, Text(sv=id_, en=id_), found, missing)


def followed(
    *done: str,
    demands: ListVerdict | None = None,
    days: dict[str, dt.date] | None = None,
    day: dt.date = DAY,
    of: Process = SMALL,
    **facts: Any,
) -> FollowedProcess:
    return follow(
        of,
        {**dict.fromkeys(done, dt.date(2026, 3, 1)), **(days or {})},
        {name: WORDS[name].encode(value) for name, value in facts.items()},
        {"demands": demands or verdict("demands"), "completed": verdict("completed")},
        words=WORDS,
        legal={"inquiry": LEGAL},
        day=day,
    )


def status(found: FollowedProcess, id_: str) -> str:
    return next(each.status for each in found.steps if each.step.id == id_)


def one(found: FollowedProcess, id_: str) -> Any:
    return next(each for each in found.steps if each.step.id == id_)


ALL_NO: dict[str, Any] = {"child": False, "threat": False, "sex": "female"}

GOLDEN = [
    # nothing done: the first step is next, all others wait for it, whatever is known
    ((), {}, "apply", "next"),
    ((), {}, "inquire", "waiting"),
    ((), ALL_NO, "close", "waiting"),
    ((), {}, "talk", "waiting"),
    # an optional step with a need: not called for, called for, not known
    (("apply", "inquire"), {"child": False}, "child", "not-called-for"),
    (("apply", "inquire"), {"child": True}, "child", "next"),
    (("apply", "inquire"), {}, "child", "optional"),
    (("apply",), {"child": True}, "child", "waiting"),
    (("apply",), {"child": False}, "child", "not-called-for"),
    # an optional step without one: may be taken, and nothing waits for it
    (("apply", "inquire"), {}, "talk", "optional"),
    (("apply", "inquire"), {}, "decide", "next"),
    # a need that holds, does not hold, cannot be told
    (("apply", "inquire"), {"sex": "female"}, "ask", "next"),
    (("apply", "inquire"), {"sex": "male"}, "ask", "blocked"),
    (("apply", "inquire"), {}, "ask", "cannot-tell"),
    # a step after an optional one that is called for, is not, may be
    (("apply", "inquire", "decide", "ask"), {"threat": True}, "move", "waiting"),
    (("apply", "inquire", "decide", "ask", "place"), {"threat": True}, "move", "next"),
    (("apply", "inquire", "decide", "ask"), {"threat": False}, "move", "next"),
    (("apply", "inquire", "decide", "ask"), {}, "move", "cannot-tell"),
    # … and, where it is passed over, after what comes before it
    (("apply", "inquire", "decide"), {"threat": False, "sex": "female"}, "move", "waiting"),
    # what is done stays done
    (("apply",), {}, "apply", "done"),
    (("close",), {}, "close", "done"),
]


@pytest.mark.parametrize(("done", "facts", "id_", "expected"), GOLDEN)
def test_a_step_stands_as_worked_out_by_hand(done, facts, id_, expected):
    assert status(followed(*done, **facts), id_) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("met", "next"),
        ("not-met", "blocked"),
        ("cannot-tell", "cannot-tell"),
        ("not-in-force", "cannot-tell"),
        (None, "cannot-tell"),
    ],
)
def test_a_step_takes_its_lists_of_criteria_to_be_met(found, expected):
    ready = ("apply", "inquire", "ask", "decide")
    shown = followed(*ready, demands=verdict("demands", found, "risk"), **ALL_NO)
    assert status(shown, "open") == expected
    assert [each.id for each in one(shown, "open").unmet] == ["demands"] * (found == "not-met")
    assert one(shown, "open").missing == (("risk",) if expected == "cannot-tell" else ())


def test_a_step_tells_what_it_waits_for_and_what_stops_it():
    shown = followed("apply", "inquire", sex="male")
    assert one(shown, "open").waits_for == ("ask", "decide")
    assert one(shown, "ask").failing == ("sex",)
    assert one(shown, "ask").needs.truth == 0
    assert one(shown, "close").waits_for == ("open",)


def test_what_is_missing_is_asked_for_where_it_is_someones_turn():
    shown = followed("apply", "inquire", "decide")
    assert one(shown, "ask").missing == ("sex",)
    assert one(shown, "child").missing == ("child",)
    assert one(shown, "move").status == "waiting"
    assert shown.questions == ("child", "sex")


def test_a_step_that_may_have_to_wait_asks_whether_the_other_is_called_for():
    shown = followed("apply", "inquire", "decide", "ask")
    assert one(shown, "move").missing == ("threat",)
    assert one(shown, "move").waits_for == ()


@pytest.mark.parametrize(
    ("need", "facts", "expected"),
    [
        ({"all": [THREAT, {"fact": "child", "equals": True}]}, {"threat": False}, ("threat",)),
        (
            {"any": [THREAT, {"fact": "child", "equals": True}]},
            {"threat": False, "child": False},
            ("threat", "child"),
        ),
        ({"not": THREAT}, {"threat": True}, ("threat",)),
        (
            {"not": {"any": [THREAT, {"fact": "child", "equals": True}]}},
            {"child": True},
            ("child",),
        ),
        (
            {"count": [THREAT, {"fact": "child", "equals": True}], "at_least": 2},
            {"child": False, "threat": True},
            ("child",),
        ),
        ({"any": [THREAT, {"fact": "child", "equals": True}]}, {"threat": False}, ()),
    ],
)
def test_the_facts_by_which_a_need_fails_are_told(need, facts, expected):
    shown = followed(of=process(step("only", needs=need)), **facts)
    assert one(shown, "only").failing == expected


@pytest.mark.parametrize(
    ("done", "day", "reference"),
    [
        (dt.date(2025, 6, 30), DAY, "old act"),
        (dt.date(2025, 7, 1), DAY, "new act"),
        (dt.date(2025, 7, 1), dt.date(2025, 6, 30), "new act"),
        (None, dt.date(2025, 6, 30), "old act"),
        (None, dt.date(2025, 7, 1), "new act"),
        (None, dt.date(2026, 2, 1), None),
        (dt.date(2026, 2, 1), dt.date(2025, 6, 30), None),
    ],
)
def test_the_law_is_that_of_the_steps_own_day_or_else_of_the_day_looked_at(done, day, reference):
    shown = followed(days={"inquire": done} if done else {}, day=day)
    [law] = one(shown, "inquire").law
    assert (str(law.text.reference) if law.text else None) == reference


def test_all_done_is_complete_without_what_is_not_called_for():
    required = ("apply", "inquire", "ask", "decide", "open", "move", "close")
    assert followed(*required, **ALL_NO).is_complete
    assert followed(*required, sex="female").is_complete  # may be called for, but is not known to
    assert not followed(*required, **(ALL_NO | {"child": True})).is_complete
    assert not followed(*required[:-1], **ALL_NO).is_complete
    assert not followed().is_complete


def test_a_process_that_is_not_in_force_has_no_next_step():
    shown = followed("apply", day=dt.date(2024, 12, 31))
    assert not shown.in_force
    assert status(shown, "apply") == "done"
    assert {each.status for each in shown.steps[1:]} == {"not-in-force"}


def flags(shown: FollowedProcess) -> list[tuple[str, str, str]]:
    return [(flag.id, flag.step, flag.other) for flag in shown.flags]


def test_what_is_done_before_what_comes_first_is_flagged():
    early = {"inquire": dt.date(2026, 3, 1), "apply": dt.date(2026, 3, 2)}
    assert flags(followed(days=early)) == [("done-before", "inquire", "apply")]
    assert flags(followed("decide")) == [("done-before", "decide", "inquire")]
    assert flags(followed("apply", "inquire", "decide")) == []
    told = str(followed(days=early).flags[0].text)
    assert told == (
        '"inquire" was done 2026-03-01, but "apply", which comes first, was done 2026-03-02'
    )


def test_the_same_day_is_in_order():
    same = dict.fromkeys(("apply", "inquire"), dt.date(2026, 3, 1))
    assert flags(followed(days=same)) == []


def test_a_step_whose_ground_holds_no_longer_is_flagged():
    done = ("apply", "inquire", "ask", "decide", "open")
    assert flags(followed(*done, child=False, sex="male")) == [("no-longer-holds", "ask", "sex")]
    lost = followed(*done, demands=verdict("demands", "not-met"), **ALL_NO)
    assert flags(lost) == [("no-longer-holds", "open", "demands")]
    assert flags(followed(*done, child=False)) == []  # what is not known is not lost


def test_an_optional_step_that_was_taken_all_the_same_is_no_fault():
    assert flags(followed("apply", "inquire", "child", child=False)) == []


def test_steps_that_wait_for_unknown_ones_or_for_each_other_are_refused():
    with pytest.raises(DataError, match=r"steps\[1\].after\[0\]: found 'aply', expected a step"):
        followed(of=process(step("apply"), step("inquire", "aply")))
    ring = process(step("a", "c"), step("b", "a"), step("c", "b"))
    [(place, told)] = order_faults(ring)
    assert place[0] == "steps"
    assert "found steps that wait for each other: " in str(told)
    assert set(str(told).split(": ")[1].split(", ")[0].split(" → ")) == {"a", "b", "c"}


def test_every_need_that_does_not_fit_the_vocabulary_is_told():
    wrong = process(
        step("a", needs={"fact": "thraet", "equals": True}),
        step("b", needs={"all": [{"fact": "risk", "equals": "huge"}]}),
    )
    with pytest.raises(DataError, match=r"steps\[0\].needs.fact: found 'thraet'") as told:
        need_trees(wrong, WORDS)
    assert len(told.value.faults) == 2
    assert "process/leave/process.yaml: steps[1].needs.all[0].equals" in str(told.value)


# What holds for every process


@st.composite
def processes(draw: st.DrawFn) -> Process:
    steps = []
    for number in range(draw(st.integers(1, 7))):
        before = [f"s{n}" for n in range(number)]
        after = draw(st.lists(st.sampled_from(before), unique=True, max_size=3)) if before else []
        more: dict[str, Any] = {"optional": draw(st.booleans())}
        if draw(st.booleans()):
            more["needs"] = draw(leaves())
        if draw(st.booleans()):
            more["criteria"] = [draw(st.sampled_from(["demands", "completed"]))]
        steps.append(step(f"s{number}", *after, **more))
    return process(*steps)


def known(data: st.DataObject, names: set[str]) -> dict[str, Interval]:
    found = {}
    for name in sorted(names):
        low, high = WORDS[name].unknown
        value = data.draw(st.integers(low, high))
        found[name] = (value, value)
    return found


VERDICTS = st.sampled_from(["met", "not-met", "cannot-tell"])


def judged(of: Process, done: set[str], facts: dict[str, Interval], lists: Any) -> FollowedProcess:
    return follow(of, dict.fromkeys(done, DAY), facts, lists, words=WORDS, legal={}, day=DAY)


@given(data=st.data(), of=processes())
def test_marking_a_further_step_done_never_undoes_another(data, of):
    lists = {id_: verdict(id_, data.draw(VERDICTS)) for id_ in ("demands", "completed")}
    facts = known(data, data.draw(st.sets(st.sampled_from(sorted(WORDS)))))
    ids = [each.id for each in of.steps]
    done = data.draw(st.sets(st.sampled_from(ids)))
    further = data.draw(st.sampled_from(ids))
    before = judged(of, done, facts, lists)
    after = judged(of, done | {further}, facts, lists)
    for then, now in zip(before.steps, after.steps, strict=True):
        assert set(now.waits_for) <= set(then.waits_for)
        if then.status in ("done", "next", "not-called-for"):
            assert now.status in (then.status, "done")
        if now.status == "waiting":
            assert then.status == "waiting"


@given(data=st.data(), of=processes())
def test_a_further_fact_never_turns_what_was_settled(data, of):
    lists = {id_: verdict(id_, data.draw(VERDICTS)) for id_ in ("demands", "completed")}
    done = data.draw(st.sets(st.sampled_from([each.id for each in of.steps])))
    names = data.draw(st.sets(st.sampled_from(sorted(WORDS))))
    facts = known(data, names)
    more = facts | known(data, set(WORDS) - names)
    for then, now in zip(
        judged(of, done, facts, lists).steps, judged(of, done, more, lists).steps, strict=True
    ):
        if then.status in ("done", "next", "not-called-for"):
            assert now.status == then.status
        if then.status == "blocked":
            assert now.status in ("blocked", "waiting", "not-called-for")
        if then.status == "waiting":
            assert now.status in ("waiting", "not-called-for")
        assert set(then.waits_for) <= set(now.waits_for) or now.status == "not-called-for"


@given(data=st.data(), of=processes())
def test_a_step_is_never_both_done_and_next_and_whatever_is_next_has_what_it_takes(data, of):
    lists = {id_: verdict(id_, data.draw(VERDICTS)) for id_ in ("demands", "completed")}
    facts = known(data, data.draw(st.sets(st.sampled_from(sorted(WORDS)))))
    done = data.draw(st.sets(st.sampled_from([each.id for each in of.steps])))
    found = judged(of, done, facts, lists)
    assert {each.step.id for each in found.having("done")} == done
    assert all(each.waits_for == each.missing == () for each in found.having("done"))
    trees = need_trees(of, WORDS)
    for each in found.having("next"):
        assert each.step.id not in done
        assert each.missing == each.waits_for == each.failing == ()
        assert each.step.id not in trees or truth(trees[each.step.id], facts) == 2
        assert all(lists[id_].verdict == "met" for id_ in each.step.criteria)
    for each in found.having("blocked"):
        assert each.failing or each.unmet
    for each in found.having("cannot-tell"):
        assert each.missing or any(lists[i].verdict == "cannot-tell" for i in each.step.criteria)
