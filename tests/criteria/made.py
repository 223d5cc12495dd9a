"""Small lists of criteria over a small vocabulary, made as definitions and not as files."""

import datetime as dt
from typing import Any

from riskbehov.criteria import CheckedList, check_list
from riskbehov.library import CRITERIA, FACTS, Library
from riskbehov.logic.vocabulary import vocabulary

Plain = dict[str, Any]
DAY = dt.date(2026, 6, 1)
CITED = [{"source": "guide", "locator": "p. 1", "basis": "recommended"}]


def text(said: str) -> Plain:
    return {"sv": said, "en": said}


def fact(id_: str, type_: str = "bool", topic: str = "process", **more: Any) -> Plain:
    about = {"label": text(id_), "question": text(f"{id_}?"), "stated_by": "utredare"}
    return {"id": id_, "type": type_, "topic": topic, **about, **more}


LEVELS = [{"id": level, "sv": level, "en": level} for level in ("low", "medium", "high")]
SUBSTANCES = [{"id": s, "sv": s, "en": s} for s in ("alcohol", "cannabis", "opioids")]
VOCABULARY = [
    *map(fact, "abcdef"),
    fact("age", "integer", high=120),
    fact("risk", "level", values=LEVELS),
    fact("substances", "set", values=SUBSTANCES),
    fact("forum", topic="unit"),
    fact("trained", topic="staff"),
]


def true(id_: str) -> Plain:
    return {"fact": id_, "equals": True}


def criterion(id_: str, when: Plain | None = None, **more: Any) -> Plain:
    """Return a criterion over the fact of its own name, unless it is said otherwise."""
    condition = {} if "meets" in more else {"when": when or true(id_)}
    return {"id": id_, "label": text(f"Criterion {id_}"), "sources": CITED, **condition, **more}


def listed(id_: str, *criteria: Plain, overall: str = "all", **more: Any) -> Plain:
    return {
        "id": id_,
        "name": text(f"List {id_}"),
        "about": "person",
        "use": text("To try."),
        "overall": overall,
        "sources": CITED,
        "valid": {"from": "2020-01-01"},
        "checked": "2026-01-15",
        "criteria": list(criteria),
        **more,
    }


def library(*lists: Plain) -> Library:
    files = {CRITERIA.format(id=each["id"]): each for each in lists}
    return Library.from_definitions({FACTS: {"facts": VOCABULARY}, **files})


def checked(*lists: Plain, day: dt.date = DAY, **facts: object) -> CheckedList:
    """Return the first of some lists checked for facts as a case states them."""
    made = library(*lists)
    words = vocabulary(made.facts.values())
    known = {name: words[name].encode(value) for name, value in facts.items()}
    return check_list(made, lists[0]["id"], words, known, day)
