"""Fictional instruments with texts that other programs trip over."""

from typing import Any

from tests.scoring.fictional import CITED, definition, instrument

from riskbehov.models.instrument import ScoredInstrument

NASTY = {
    "pipe": "ja | nej",
    "comma": "ja, ibland, nej",
    "quotes": "\"ja\", sa 'hon'",
    "swedish": "åäö ÅÄÖ é – “”",
    "html": "under <5> & <b>över</b>",
    "brackets": "[audit_1] och {age}",
    "lines": "två\nrader",
    "formula": "=1+1",
    "long": "lång' " * 100,
}
"""Labels by what is odd about them."""


def with_labels(labels: dict[str, str], **given: Any) -> ScoredInstrument:
    """Return an instrument with a label for each code of its one set, and for each item."""
    words = [*labels.values()]
    plain = definition(
        codes={"odd": range(len(words))}, items=dict.fromkeys(labels, "odd"), **given
    )
    for anchor, word in zip(plain["codes"]["odd"], words, strict=True):
        anchor |= {"sv": word, "en": word}
    for item, word in zip(plain["items"], words, strict=True):
        item["label"] = {"sv": word, "en": word}
    return instrument(plain)


def with_items(*ids: str, id_: str = "fictional") -> ScoredInstrument:
    """Return an instrument of some items, each answered 0 to 2."""
    plain = definition(codes={"c": (0, 1, 2)}, items=dict.fromkeys(ids, "c"))
    for anchor in plain["codes"]["c"]:
        anchor |= {"sv": f"svar {anchor['code']}", "en": f"answer {anchor['code']}"}
    return instrument(plain | {"id": id_})


def with_skip(when: Any, infer: list[str], *, items: int = 5) -> ScoredInstrument:
    """Return an instrument where some items may be skipped, on every form of it."""
    return instrument(
        definition(
            codes={"c": (0, 1, 2)},
            items=dict.fromkeys([str(n) for n in range(1, items + 1)], "c"),
            forms=[{"id": "screen", "skips": True}],
            skips=[{"id": "skip", "when": when, "infer": infer, **CITED}],
        )
    )
