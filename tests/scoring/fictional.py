"""Fictional instruments, as the plain values that a file would hold, with texts nobody reads."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from riskbehov import yamlfile
from riskbehov.models.instrument import InstrumentFile, ScoredInstrument

Plain = dict[str, Any]

TEXT = {"sv": "påhittat", "en": "fictional"}
CITED: Plain = {"sources": [{"source": "riskbehov", "locator": "tests", "basis": "toolkit"}]}


def definition(
    *,
    codes: Mapping[str, Sequence[int]],
    items: Mapping[str, str],
    scales: Iterable[Plain] = (),
    forms: Iterable[Plain] = ({"id": "paper", "skips": False},),
    skips: Iterable[Plain] = (),
    flags: Iterable[Plain] = (),
    cutoff_sets: Iterable[Plain] = (),
    default_sets: Iterable[Plain] = (),
) -> Plain:
    """Return an instrument; ``items`` name their set of codes, the rest is as in a file."""
    return {
        "id": "fictional",
        "kind": "questionnaire",
        "version": "1",
        "ages": {},
        "name": TEXT,
        "use": TEXT,
        "misuse": TEXT,
        **CITED,
        "licence": {"status": "own", "text": TEXT},
        "codes": {k: [{"code": code, **TEXT} for code in legal] for k, legal in codes.items()},
        "items": [{"id": i, "label": TEXT, "codes": kind} for i, kind in items.items()],
        "forms": [{**TEXT, **form} for form in forms],
        "scales": [{"label": TEXT, **CITED, **scale} for scale in scales],
        "skips": [{**CITED, **skip} for skip in skips],
        "flags": [{"label": TEXT, "kind": "note", **CITED, **flag} for flag in flags],
        "cutoff_sets": [cutoffs(**one) for one in cutoff_sets],
        "default_sets": list(default_sets),
    }


def cutoffs(*, bands: Sequence[str], **given: Any) -> Plain:
    """Return a cut-off set; ``bands`` are ids, the rest is as in a file."""
    return {
        "label": TEXT,
        "ages": {},
        "valid": {"from": dt.date(2020, 1, 1)},
        **CITED,
        **given,
        "bands": [{"id": band, **TEXT} for band in bands],
    }


def limits(bands: Sequence[str], edges: Sequence[int]) -> dict[str, list[int]]:
    """Return the limits of bands that begin at each of ``edges`` but the last, which ends them.

    >>> limits(["low", "high"], [0, 4, 10])
    {'low': [0, 3], 'high': [4, 9]}
    """
    return {
        band: [edges[n], edges[n + 1] - 1]
        for n, band in enumerate(bands)
        if edges[n] < edges[n + 1]
    }


def instrument(plain: Plain) -> ScoredInstrument:
    """Return the instrument of plain values, checked as a file's would be."""
    found = yamlfile.validate(plain, InstrumentFile, path="fictional").root
    assert isinstance(found, ScoredInstrument)
    return found
