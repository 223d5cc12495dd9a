"""Names as REDCap takes them: lower case, 26 letters at most, each once in a project."""

import re

from riskbehov.exchange.codebook import AGE, SEX
from riskbehov.models.instrument import ScoredInstrument

RECORD = "record_id"

_LONGEST = 26
_SHORTEST = 4
"""What is left of an instrument's name at least."""
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

    It is the column's own name wherever REDCap takes that. In a longer one the instrument's name
    is cut first. Of two that are the same the later one gets a number.

    >>> from riskbehov.library import Library
    >>> field_names(Library.open().scored("responsivity"))["intellectual_level"]
    'respons_intellectual_level'
    """
    taken = {*_TAKEN, f"{form_name(instrument)}_complete"}
    names: dict[str, str] = {}
    for item in instrument.items:
        names[item.id] = _unused(_prefix(instrument), _plain(item.id), taken)
        taken.add(names[item.id])
    return names


def form_name(instrument: ScoredInstrument) -> str:
    """Return the name of the form that holds an instrument; REDCap wants two letters at least."""
    name = _cut(_prefix(instrument), _LONGEST)
    return name if len(name) > 1 else f"f_{name}"


def _prefix(instrument: ScoredInstrument) -> str:
    """Return an instrument's name as it may begin a field's: with a letter."""
    plain = _plain(instrument.id)
    return plain if plain[0].isalpha() else f"f_{plain}"


def _plain(name: str) -> str:
    """Return a name of small letters, figures and single underscores."""
    return re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")


def _unused(prefix: str, item: str, taken: set[str]) -> str:
    found, number = _joined(prefix, item, _LONGEST), 2
    while found in taken:
        found = f"{_joined(prefix, item, _LONGEST - len(str(number)) - 1)}_{number}"
        number += 1
    return found


def _joined(prefix: str, item: str, longest: int) -> str:
    """Return both in so many letters: the prefix is cut, and the item where that is too little."""
    short = _cut(prefix, max(longest - 1 - len(item), _SHORTEST))
    return f"{short}_{_cut(item, longest - 1 - len(short))}"


def _cut(name: str, longest: int) -> str:
    """Return a name of so many letters at most, the longest of its words cut first.

    Of several the last one is cut, so that a name goes on beginning as it does.

    >>> _cut("responsivity_parents", 14)
    'respons_parent'
    """
    words = name.split("_")
    while len("_".join(words)) > longest:
        place = max(range(len(words)), key=lambda n: (len(words[n]), n))
        words[place] = words[place][:-1]
        words = [word for word in words if word]
    return "_".join(words)
