"""Fictional cases and reports of them, made by hand for the tests of the reports."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from riskbehov.assessing import assess
from riskbehov.library import Library
from riskbehov.models.case import Case, Offer
from riskbehov.models.result import Result
from riskbehov.report import Block, assessment_blocks, to_text
from riskbehov.report.document import Bullets, Callout, Heading, Item, walk

DAY = dt.date(2026, 6, 15)

ACUTE_NO = dict.fromkeys(
    (
        "suicidality",
        "alcohol_withdrawal",
        "benzo_withdrawal",
        "opioid_overdose_risk",
        "violence_at_home",
        "acute_threat",
    ),
    False,
)


def case(age: int = 30, sex: str = "male", **given: Any) -> Case:
    return Case.model_validate(
        {
            "case": "fiktiv",
            "fictional": True,
            "date": DAY,
            "person": {"age": age, "sex": sex},
            **given,
        },
        strict=False,
    )


def youth(**given: Any) -> Case:
    """A boy of 16: some areas rated, some not, high risk by the professional's judgement."""
    return case(
        **{
            "age": 16,
            "instruments": {
                "youth7": {
                    "answers": {
                        "associates": {"code": 3, "driver": True, "evidence": "Berättar själv."},
                        "attitudes": 1,
                        "school": {"code": 0, "strength": True},
                        "substance_use": 2,
                    }
                },
                "dudit": {"answers": {"1": 3, "2": 2, "3": 1, "4": 2, "5": 1}},
            },
            "facts": {
                "norm_breaking": True,
                "family_takes_part": True,
                "substances": ["cannabis"],
                "suicidality": True,
                "violence_at_home": "unknown",
            },
            "professional_risk": {"level": "high", "reason": "Sammanvägd bedömning."},
            **given,
        }
    )


def assessed(found: Case, library: Library, offer: Offer | None = None) -> Result:
    return assess(found, library, offer=offer)


def report(result: Result, library: Library) -> str:
    return to_text(assessment_blocks(result, library), width=80)


def flat(text: str) -> str:
    """Return a text on one line, so that a sentence is found across line breaks."""
    return " ".join(text.replace("┃", " ").split())


def headings(blocks: Iterable[Block]) -> list[str]:
    return [b.text for b in blocks if isinstance(b, Heading)]


def section(blocks: Iterable[Block], title: str) -> tuple[Block, ...]:
    """Return what stands under a heading, up to the next one as high."""
    found: list[Block] = []
    level = 0
    for block in blocks:
        if level and isinstance(block, Heading) and block.level <= level:
            break
        if level:
            found.append(block)
        elif isinstance(block, Heading) and block.text == title:
            level = block.level
    assert level, f"no heading {title!r}"
    return tuple(found)


def text_of(blocks: Iterable[Block]) -> str:
    return flat(to_text(tuple(blocks), width=1000))


def items(blocks: Iterable[Block]) -> Iterator[Item]:
    """Yield every entry of every list, also within call-outs and within entries."""
    for block in walk(blocks):
        if isinstance(block, Bullets):
            yield from block.items


def callouts(blocks: Iterable[Block]) -> list[Callout]:
    return [b for b in blocks if isinstance(b, Callout)]
