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
    from riskbehov.tables.jobs.score import ScoredFile, score_file
    from riskbehov.tables.mapping.drafting import Draft, draft_map
    from riskbehov.tables.mapping.maps import read_map
    from riskbehov.tables.mapping.profiling import Profile, profile
    from riskbehov.tables.mapping.recoded import RecodeReport
    from riskbehov.tables.mapping.recoding import RecodeResult, recode, recode_step
    from riskbehov.tables.recommendations.explaining import ExplainedCase, ExplainedForm, explain
    from riskbehov.tables.recommendations.recommending import recommend
    from riskbehov.tables.scores.flags import flag_names
    from riskbehov.tables.scores.score import score
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
    "mapping.drafting": ("Draft", "draft_map"),
    "recommendations.explaining": ("ExplainedCase", "ExplainedForm", "explain"),
    "jobs.score": ("ScoredFile", "score_file"),
    "scores.flags": ("flag_names",),
    "mapping.maps": ("read_map",),
    "mapping.profiling": ("Profile", "profile"),
    "scores.score": ("score",),
    "mapping.recoded": ("RecodeReport",),
    "mapping.recoding": ("RecodeResult", "recode", "recode_step"),
    "recommendations.recommending": ("recommend",),
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
