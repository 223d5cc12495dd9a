"""Definitions on their way to another process, as text: each process reads a definition once.

A plan is made once for each definition object, so whoever gets the same text again must get the
same object.
"""

import json
import zlib
from functools import lru_cache

from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument


def pack(instrument: ScoredInstrument) -> str:
    """Return an instrument as canonical JSON."""
    return instrument.model_dump_json(by_alias=True, exclude_none=True)


@lru_cache(maxsize=64)
def unpack(text: str) -> ScoredInstrument:
    """Return the instrument that some JSON holds: one object for each text."""
    return ScoredInstrument.model_validate_json(text)


def pack_library(library: Library) -> bytes:
    """Return all definitions that an assessment may need, as compressed JSON."""
    paths = (path for path in library.logical_paths if "cases.yaml" not in path)
    return library.kept(
        "packed",
        lambda: zlib.compress(json.dumps({p: library.definition(p) for p in paths}).encode()),
    )


@lru_cache(maxsize=4)
def unpack_library(data: bytes) -> Library:
    """Return the library of some definitions: one object for each."""
    return Library.from_definitions(json.loads(zlib.decompress(data)))
