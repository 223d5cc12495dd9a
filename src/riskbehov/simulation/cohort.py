"""What a researcher calls: a cohort in memory, with the truth that it was made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.simulation.columns import Block, Spec, Values
from riskbehov.simulation.design import NO_FAULTS, Design, prepare
from riskbehov.simulation.missingness import MISSING, Asked
from riskbehov.simulation.response import Codes

if TYPE_CHECKING:
    import pandas as pd

ILLEGAL = 254
"""In a matrix of codes: what is no code at all."""


@dataclass(frozen=True, eq=False, repr=False)
class Cohort:
    """Made-up persons. They are about nobody: nothing about real people can be concluded.

    ``columns`` holds the columns as a register would have them, ``truth`` what they were made
    from: severities, the risk of the outcome, and complete answers. All are NumPy arrays; in a
    column of codes 255 is a missing answer, and a column of words holds places in
    ``words[name]``.
    """

    design: Design
    random_state: int
    columns: Mapping[str, Values]
    truth: Mapping[str, Values]

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Return the words of each column that has some."""
        specs = (*self.design.data, *self.design.whole_truth)
        return {spec.name: spec.words for spec in specs if spec.words}

    def codes(self, instrument: str) -> Codes:
        """Return the answers to an instrument as scoring takes them: items by rows.

        255 stands for no answer, 254 for text. Raises :class:`InputError` for an instrument that
        is not in the cohort.
        """
        parts = {part.id: part.response for part in self.design.truth.parts}
        if instrument not in parts:
            raise InputError(
                Fault(
                    message(
                        "found {found!r}, expected one of {known}",
                        found=instrument,
                        known=", ".join(parts),
                    ),
                    "instrument",
                )
            )
        return np.array([self._codes(name) for name in parts[instrument].names])

    def _codes(self, name: str) -> Codes:
        words = self.words.get(name)
        if words is None:
            return self.columns[name]
        meant = np.full(256, MISSING, np.uint8)
        meant[: len(words)] = [int(word) if word.isdigit() else ILLEGAL for word in words]
        return meant[self.columns[name]]

    def to_frame(self) -> "pd.DataFrame":
        """Return the columns as a frame of pandas, ``simulated`` first and true in every row."""
        return _frame(self.design.data, self.columns)

    def truth_frame(self) -> "pd.DataFrame":
        """Return the truth as a frame of pandas, row for row beside :meth:`to_frame`."""
        return _frame(self.design.whole_truth, self.truth)

    def __len__(self) -> int:
        return len(self.columns["person"])

    def __repr__(self) -> str:
        return (
            f"<{len(self)} made-up rows of {self.design.truth.id}, about nobody"
            f" (population {self.design.truth.population.id}, random_state {self.random_state})>"
        )


def simulate(
    instrument_or_assessment: str,
    n: int,
    *,
    random_state: int,
    population: str | None = None,
    missing: str = "none",
    missing_rate: float | None = None,
    missing_on: str | None = None,
    missing_strength: float | None = None,
    faults: Mapping[str, float] = NO_FAULTS,
    skips: bool = False,
    library: Library | None = None,
) -> Cohort:
    """Return ``n`` made-up persons with their answers, and the truth behind them.

    They are about nobody; they are for trying methods on, where the truth is known. Each person
    has a severity, normally distributed within sex, from which the answers are drawn by Samejima's
    graded response model (1969). The populations and where their numbers come from stand in the
    instrument's ``simulation.yaml``; the first is used when none is named. Of an assessment all
    scored instruments are answered, with correlated severities, and there is an invented outcome.

    The same ``random_state`` gives the same rows, with the same version of riskbehov and NumPy;
    it has no default, so that nobody leaves it untold. Complete answers are the same whatever is
    missing or wrong, and the first rows of a larger cohort are those of a smaller one.

    ``missing`` is ``none``, ``mcar``, ``mar`` or ``mnar``, with ``missing_rate`` the share of the
    answers. It hangs on ``missing_on``: of ``mar`` on ``sex``, ``age`` or a column of an item, of
    ``mnar`` on the ``answer`` itself or the ``severity``; ``missing_strength`` (1 if left out) is
    how much the logarithm of the odds grows for each point, each unit of severity, each ten years,
    or from a man to a woman.

    ``faults`` are shares by kind: ``code-99``, ``one-based`` and ``text`` of the answers,
    ``contradiction`` of the forms, ``sex-swapped`` and ``sex-spelling`` of the persons. ``skips``
    leaves blank what may be skipped on a form with skips.

    Raises :class:`UnknownIdError` for what is neither instrument nor assessment, and
    :class:`InputError` with all else that cannot be.

    >>> found = simulate("audit", 3, random_state=1)
    >>> found
    <3 made-up rows of audit, about nobody (population population, random_state 1)>
    >>> found.columns["audit_1"].shape, found.truth["true_severity_audit"].shape
    ((3,), (3,))
    """
    made = prepare(
        instrument_or_assessment,
        library or Library.open(),
        population=population,
        missing=Asked(missing, missing_rate, missing_on, missing_strength),
        faults=faults,
        skips=skips,
    )
    pieces = list(made.blocks(n, random_state=random_state)) or [_nobody(made)]
    return Cohort(
        made,
        random_state,
        MappingProxyType(dict(_columns(made.data, pieces))),
        MappingProxyType(dict(_columns(made.whole_truth, pieces))),
    )


def _nobody(made: Design) -> Block:
    """Return the columns without rows."""
    return {name: values[:0] for name, values in made.block(0, 0).items()}


def _columns(specs: tuple[Spec, ...], pieces: list[Block]) -> Iterator[tuple[str, Values]]:
    for spec in specs:
        values = np.concatenate([piece[spec.name] for piece in pieces])
        values.flags.writeable = False
        yield spec.name, values


def _frame(specs: tuple[Spec, ...], columns: Mapping[str, Values]) -> "pd.DataFrame":
    try:
        import pandas as pd
    except ModuleNotFoundError:
        raise InputError(
            Fault(
                message(
                    "found no pandas, expected it for a frame: install what tables take with"
                    " pip install 'riskbehov[tables]'"
                )
            )
        ) from None
    found = pd.DataFrame({spec.name: _series(spec, columns[spec.name]) for spec in specs})
    found.attrs["simulated"] = True
    return found


def _series(spec: Spec, values: Values) -> Any:  # noqa: ANN401 - an array of NumPy or pandas
    import pandas as pd

    gaps = values == MISSING
    if spec.kind == "word":
        places = np.where(gaps, -1, values.astype(np.int16))
        return pd.Categorical.from_codes(places, categories=list(spec.words))
    if spec.has_gaps:
        return pd.arrays.IntegerArray(values.copy(), gaps)
    return values.copy()
