"""Names as REDCap takes them: lower case, 26 letters at most, each once in a project."""

import re

from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.scored import columns_of

RECORD = "record_id"
SEX = "sex"
AGE = "age"

_LONGEST = 26
_TAKEN = frozenset(
    {
        RECORD,
        SEX,
        AGE,
        "redcap_event_name",
        "redcap_repeat_instrument",
        "redcap_repeat_instance",
        "redcap_data_access_group",
        "redcap_survey_identifier",
    }
)
"""Names that REDCap or the dictionary itself uses."""


def field_names(instrument: ScoredInstrument) -> dict[str, str]:
    """Return the REDCap field of each item, in item order.

    It is the column's own name wherever REDCap takes that. A longer one is cut where its words are
    longest; of two that then are the same the later one gets a number.

    >>> from riskbehov.library import Library
    >>> field_names(Library.open().scored("responsivity-parents"))["receptivity"]
    'responsi_parents_receptivi'
    """
    taken = {*_TAKEN, f"{form_name(instrument)}_complete"}
    names: dict[str, str] = {}
    for item, column in zip(instrument.items, columns_of(instrument, None), strict=True):
        names[item.id] = _unused(_plain(column), taken)
        taken.add(names[item.id])
    return names


def form_name(instrument: ScoredInstrument) -> str:
    """Return the name of the form that holds an instrument."""
    return _cut(_plain(instrument.id), _LONGEST)


def _plain(name: str) -> str:
    """Return a name of small letters, figures and single underscores that begins with a letter."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return plain if plain[:1].isalpha() else f"f_{plain}"


def _unused(name: str, taken: set[str]) -> str:
    found = _cut(name, _LONGEST)
    number = 2
    while found in taken:
        found = f"{_cut(name, _LONGEST - len(str(number)) - 1)}_{number}"
        number += 1
    return found


def _cut(name: str, longest: int) -> str:
    """Return a name of so many letters at most, the longest of its words cut first.

    >>> _cut("responsivity_parents_receptivity", 26)
    'responsi_parents_receptivi'
    """
    words = name.split("_")
    for _ in range(len(name) - longest):
        place = max(range(len(words)), key=lambda n: len(words[n]))
        words[place] = words[place][:-1]
    return "_".join(filter(None, words))
