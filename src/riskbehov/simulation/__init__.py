"""Made-up cohorts with a known truth, for trying methods on. They are about nobody.

>>> from riskbehov.simulation import simulate
>>> found = simulate("dudit", 1000, random_state=7, missing="mcar", missing_rate=0.05)
>>> found.codes("dudit").shape
(11, 1000)
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskbehov.simulation.cohort import Cohort, simulate
    from riskbehov.simulation.design import Design, prepare

__all__ = ["Cohort", "Design", "prepare", "simulate"]

_HOMES = {"cohort": ("Cohort", "simulate"), "design": ("Design", "prepare")}


def __getattr__(name: str) -> object:
    """Fetch a public name when it is first asked for, so that importing us costs little."""
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f"riskbehov.simulation.{home}"), name)
            globals()[name] = found
            return found
    raise AttributeError(name)
