"""Tables in, tables out: registers of any size, scored row by row as one case would be.

>>> import pandas as pd
>>> from riskbehov import tables
>>> forms = pd.DataFrame({f"audit_{n}": [0, 2, None] for n in range(1, 11)})
>>> found = tables.score(forms, "audit", form="paper")
>>> found["audit_total_low"].tolist(), found["audit_state"].tolist()
([0, 20, <NA>], ['provisional', 'provisional', 'omitted'])

Nobody's age is given, so that it cannot be told by which limits to go: the scores are provisional.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskbehov.tables.drafting import Draft, draft_map
    from riskbehov.tables.explaining import ExplainedCase, ExplainedForm, explain
    from riskbehov.tables.filescore import ScoredFile, score_file
    from riskbehov.tables.flags import flag_names
    from riskbehov.tables.maps import read_map
    from riskbehov.tables.profiling import Profile, profile
    from riskbehov.tables.public import score
    from riskbehov.tables.recoded import RecodeReport
    from riskbehov.tables.recoding import RecodeResult, recode, recode_step
    from riskbehov.tables.recommending import recommend
    from riskbehov.tables.transformer import InstrumentScorer

__all__ = [
    "Draft",
    "ExplainedCase",
    "ExplainedForm",
    "InstrumentScorer",
    "Profile",
    "RecodeReport",
    "RecodeResult",
    "ScoredFile",
    "draft_map",
    "explain",
    "flag_names",
    "profile",
    "read_map",
    "recode",
    "recode_step",
    "recommend",
    "score",
    "score_file",
]

_HOMES = {
    "drafting": ("Draft", "draft_map"),
    "explaining": ("ExplainedCase", "ExplainedForm", "explain"),
    "filescore": ("ScoredFile", "score_file"),
    "flags": ("flag_names",),
    "maps": ("read_map",),
    "profiling": ("Profile", "profile"),
    "public": ("score",),
    "recoded": ("RecodeReport",),
    "recoding": ("RecodeResult", "recode", "recode_step"),
    "recommending": ("recommend",),
    "transformer": ("InstrumentScorer",),
}


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first asked for, so that importing us costs little."""
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f"riskbehov.tables.{home}"), name)
            globals()[name] = found
            return found
    raise AttributeError(name)
