"""riskbehov: standardised risk-needs assessment for Swedish social services.

Decision support by published tables and rules, never a decision: answers in, cited
recommendations by the principles of risk, need and responsivity out.

>>> import riskbehov
>>> library = riskbehov.Library.open()
>>> found = riskbehov.score(library.scored("dudit"), [0] * 10 + [None], sex="female", age=30)
>>> found.state, found.decisive
('provisional', ('11',))
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskbehov.assessing import (
        assess,
        check_criteria,
        explain_rule,
        follow,
        load_case,
        load_offer,
        load_sheet,
    )
    from riskbehov.errors import (
        AnswerError,
        CaseError,
        DataError,
        InputError,
        PrivacyError,
        RiskbehovError,
        UnknownIdError,
    )
    from riskbehov.i18n import use_language
    from riskbehov.library import Library
    from riskbehov.process.actionplan import handlingsplan
    from riskbehov.scoring import score, trace
    from riskbehov.simulation import simulate

__version__ = "0.1.0"

__all__ = [
    "AnswerError",
    "CaseError",
    "DataError",
    "InputError",
    "Library",
    "PrivacyError",
    "RiskbehovError",
    "UnknownIdError",
    "assess",
    "check_criteria",
    "explain_rule",
    "follow",
    "handlingsplan",
    "load_case",
    "load_offer",
    "load_sheet",
    "score",
    "simulate",
    "trace",
    "use_language",
]

_HOMES = {
    "assessing": (
        "assess",
        "check_criteria",
        "explain_rule",
        "follow",
        "load_case",
        "load_offer",
        "load_sheet",
    ),
    "i18n": ("use_language",),
    "library": ("Library",),
    "process.actionplan": ("handlingsplan",),
    "scoring": ("score", "trace"),
    "simulation": ("simulate",),
}


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first asked for, so that importing us costs little."""
    if name not in __all__:
        raise AttributeError(name)
    home = next((home for home, names in _HOMES.items() if name in names), "errors")
    found: object = getattr(import_module(f"riskbehov.{home}"), name)
    globals()[name] = found
    return found
