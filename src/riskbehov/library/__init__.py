"""The library: every definition, read once from its data file, never changed, shared by all.

A definition is known by its logical path, such as ``instruments/audit/instrument.yaml``. It is
found in the package (or the checkout that the package runs from), in folders named by the caller
or by ``RISKBEHOV_DATA``, and in folders that other packages offer by the entry-point group
``riskbehov.data``. Lists (sources, facts, insatser, legal references, rules of a theme) are joined
over all folders; an instrument or an assessment stands in one folder only.
"""

from riskbehov.library.library import (
    AGE_GROUPS,
    ASSESSMENT,
    ASSESSMENT_CASES,
    ASSESSMENT_SIMULATION,
    COVERAGE,
    CRITERIA,
    CRITERIA_CASES,
    FACTS,
    INSATSER,
    INSTRUMENT,
    INSTRUMENT_CASES,
    INVENTORY,
    LEGAL,
    MATRIX,
    PROCESS,
    RULES,
    SIMULATION,
    SOURCES,
    Citing,
    Library,
)
from riskbehov.library.roots import ENTRY_POINTS, ENVIRONMENT, data_roots

__all__ = [
    "AGE_GROUPS",
    "ASSESSMENT",
    "ASSESSMENT_CASES",
    "ASSESSMENT_SIMULATION",
    "COVERAGE",
    "CRITERIA",
    "CRITERIA_CASES",
    "ENTRY_POINTS",
    "ENVIRONMENT",
    "FACTS",
    "INSATSER",
    "INSTRUMENT",
    "INSTRUMENT_CASES",
    "INVENTORY",
    "LEGAL",
    "MATRIX",
    "PROCESS",
    "RULES",
    "SIMULATION",
    "SOURCES",
    "Citing",
    "Library",
    "data_roots",
]
