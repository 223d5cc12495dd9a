"""What a cohort says of itself, so that nobody takes it for data and it can be made again."""

import json

import numpy as np

from riskbehov import __version__
from riskbehov.i18n import message
from riskbehov.simulation.design import Design

NOTICE = message(
    "These rows are made up by chance. They are about nobody, and nothing about real people can be"
    " concluded from them."
)


def about(design: Design, n: int, *, random_state: int) -> dict[str, str]:
    """Return what the metadata of a file say: that it is made up, and by what.

    The sentences are in English whatever the language of the moment, so that the file is the same.
    """
    return {
        "riskbehov.simulated": "true",
        "riskbehov.notice": NOTICE.msgid,
        "riskbehov.simulation": json.dumps(
            described(design, n, random_state=random_state), ensure_ascii=False
        ),
    }


def described(design: Design, n: int, *, random_state: int) -> dict[str, object]:
    """Return all that the rows of a cohort hang on, as plain values."""
    truth = design.truth
    return {
        "of": truth.id,
        "population": truth.population.id,
        "rows": n,
        "random_state": random_state,
        "missing": design.missing.asked._asdict(),
        "faults": dict(design.coding.rates),
        "skips": design.skips,
        "severity": {
            part.id: {sex: normal._asdict() for sex, normal in part.severity.items()}
            for part in truth.parts
        },
        "outcome": None
        if truth.outcome is None
        else {"intercept": truth.outcome.intercept, "log_odds": truth.outcome.told.log_odds},
        "definitions": dict(design.hashes),
        "riskbehov": __version__,
        "numpy": np.__version__,
    }
