"""A cohort made ready: its truth, what is missing or wrong in it, its columns, and its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from types import MappingProxyType

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.library import ASSESSMENT_SIMULATION, INSTRUMENT, SIMULATION, Library
from riskbehov.logic.evaluate import evaluate
from riskbehov.logic.tree import TRUE
from riskbehov.models.simulation import SIMULATED_SEXES
from riskbehov.scoring.plan import plan
from riskbehov.simulation.coding import Coding, Rates, wrong_faults
from riskbehov.simulation.columns import Block, Spec, Values
from riskbehov.simulation.draws import BLOCK, stream
from riskbehov.simulation.missingness import (
    MISSING,
    Asked,
    Missingness,
    missingness,
    wrong_missingness,
)
from riskbehov.simulation.response import Codes, Response
from riskbehov.simulation.truth import RISK_DECIMALS, SEVERITY_DECIMALS, Drawn, Truth, truth_of

MOST = 2**32 - 1
"""Rows that can be numbered."""
SIMULATED = Spec("simulated", "yes")
"""Stands first in every table, and is true in every row."""
PERSON = Spec("person", "row")
SEX, AGE = "sex", "age"
OUTCOME, RISK = "outcome", "true_risk"
NOTHING = Asked()
NO_FAULTS: Rates = MappingProxyType({})


@dataclass(frozen=True)
class Design:
    """A cohort made ready, of any number of rows."""

    truth: Truth
    missing: Missingness
    coding: Coding
    skips: bool
    """Whether the form was one on which items may be skipped."""
    hashes: Mapping[str, str]
    """The definitions that it rests on, by their logical paths."""

    @cached_property
    def data(self) -> tuple[Spec, ...]:
        """Return the columns that a register would have."""
        outcome = () if self.truth.outcome is None else (Spec(OUTCOME, "count"),)
        return (
            SIMULATED,
            PERSON,
            Spec(SEX, "word", self.coding.sex_words),
            Spec(AGE, "count"),
            *self._answers(),
            *outcome,
        )

    @cached_property
    def unseen(self) -> tuple[Spec, ...]:
        """Return the columns of what no register has: severities, and the risk of the outcome."""
        severities = (
            Spec(f"true_severity_{part.id}".replace("-", "_"), "real", (), SEVERITY_DECIMALS)
            for part in self.truth.parts
        )
        risk = () if self.truth.outcome is None else (Spec(RISK, "real", (), RISK_DECIMALS),)
        return (*severities, *risk)

    @cached_property
    def whole_truth(self) -> tuple[Spec, ...]:
        """Return the columns of the truth, complete answers among them, as a table of its own."""
        names = [name for part in self.truth.parts for name in part.response.names]
        return (
            SIMULATED,
            PERSON,
            Spec(f"true_{SEX}", "word", SIMULATED_SEXES),
            Spec(f"true_{AGE}", "count"),
            *self.unseen,
            *(Spec(f"true_{name}", "code") for name in names),
        )

    def _answers(self) -> Iterator[Spec]:
        has_gaps = self.skips or bool(self.missing.asked.rate)
        for number, part in enumerate(self.truth.parts):
            for item, name in enumerate(part.response.names):
                if self.coding.words:
                    words = self.coding.words[number][item].words
                    yield Spec(name, "word", words, has_gaps=has_gaps)
                else:
                    yield Spec(name, "code", has_gaps=has_gaps)

    def blocks(self, n: int, *, random_state: int, size: int = BLOCK) -> Iterator[Block]:
        """Yield the columns of ``n`` rows, ``size`` rows at a time.

        The rows are the same for every size. Raises :class:`InputError` for a number of rows or a
        seed that cannot be.
        """
        require_size(n, random_state)
        return self._blocks(n, random_state, size)

    def _blocks(self, n: int, seed: int, size: int) -> Iterator[Block]:
        held: dict[int, Block] = {}
        for start in range(0, n, size):
            end = min(start + size, n)
            needed = range(start // BLOCK, (end - 1) // BLOCK + 1)
            held = {k: held[k] if k in held else self.block(seed, k) for k in needed}
            yield _joined([_cut(held[k], start - k * BLOCK, end - k * BLOCK) for k in needed])

    def block(self, seed: int, number: int) -> Block:
        """Return the columns of one block of rows, a full one."""
        drawn = self.truth.draw(seed, number)
        is_female = (~drawn.is_male).view(np.uint8)
        found: dict[str, Values] = {
            SIMULATED.name: np.ones(BLOCK, np.bool_),
            PERSON.name: np.arange(1, BLOCK + 1, dtype=np.int64) + number * BLOCK,
            SEX: self.coding.sex(drawn, seed, number),
            AGE: drawn.age,
            f"true_{SEX}": is_female,
            f"true_{AGE}": drawn.age,
        }
        if drawn.outcome is not None and drawn.risk is not None:
            found |= {OUTCOME: drawn.outcome, RISK: drawn.risk}
        found |= {spec.name: v for spec, v in zip(self.unseen, drawn.severity, strict=False)}
        for place, part in enumerate(self.truth.parts):
            observed = self._observed(drawn, place, seed, number)
            true = (f"true_{name}" for name in part.response.names)
            found |= dict(zip(part.response.names, observed, strict=True))
            found |= dict(zip(true, drawn.answers[place], strict=True))
        return found

    def _observed(self, drawn: Drawn, place: int, seed: int, number: int) -> Codes:
        """Return the answers to an instrument as a register has them: gaps first, then faults."""
        response = self.truth.parts[place].response
        codes = drawn.answers[place].copy()
        if self.skips:
            _skip(response, drawn.answers[place], codes)
        self.missing.blank(drawn, place, codes, stream(seed, f"missing {response.id}", number))
        self.coding.answers(codes, place, seed, number)
        return codes


def _skip(response: Response, true: Codes, codes: Codes) -> None:
    """Leave blank what a person who answers truly may skip, in place."""
    ready = plan(response.instrument)
    columns = {name: (true[n], true[n]) for n, name in enumerate(ready.names)}
    for skip in ready.skips:
        is_taken = evaluate(skip.when, columns, BLOCK) == TRUE
        for position in skip.positions:
            codes[position, is_taken] = MISSING


def _cut(block: Block, start: int, end: int) -> Block:
    part = slice(max(start, 0), min(end, BLOCK))
    return {name: values[part] for name, values in block.items()}


def _joined(pieces: Sequence[Block]) -> Block:
    first, *rest = pieces
    if not rest:
        return first
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in first}


def prepare(
    id_: str,
    library: Library,
    *,
    population: str | None = None,
    missing: Asked = NOTHING,
    faults: Rates = NO_FAULTS,
    skips: bool = False,
) -> Design:
    """Return a cohort made ready, of an instrument or an assessment.

    Raises :class:`InputError` with all that is wrong with what is asked for, and
    :class:`DataError` for data files that do not go together.
    """
    truth = truth_of(id_, library, population=population)
    wrong = [*wrong_missingness(truth, missing), *wrong_faults(truth, faults)]
    if skips and not any(part.response.instrument.skips for part in truth.parts):
        wrong.append(Fault(message("no form of {id!r} has skips; leave it out", id=id_), "skips"))
    if wrong:
        raise InputError(wrong)
    return Design(
        truth,
        missingness(truth, missing),
        Coding(truth, dict(faults)),
        skips,
        {logical: library.digest(logical) for logical in _definitions(truth)},
    )


def _definitions(truth: Truth) -> Iterator[str]:
    for part in truth.parts:
        yield INSTRUMENT.format(id=part.id)
        yield SIMULATION.format(id=part.id)
    if truth.outcome is not None:
        yield ASSESSMENT_SIMULATION.format(id=truth.id)


def require_size(n: int, random_state: int) -> None:
    """Raise :class:`InputError` for a number of rows, or a seed, that cannot be."""
    faults = []
    if not _is_whole(n) or not 0 <= n <= MOST:
        faults.append(
            Fault(
                message(
                    "found {found!r}, expected a whole number from 0 to {most}", found=n, most=MOST
                ),
                "n",
            )
        )
    if not _is_whole(random_state) or random_state < 0:
        faults.append(
            Fault(
                message(
                    "found {found!r}, expected a whole number that is not negative; note it down,"
                    " so that the same rows can be made again",
                    found=random_state,
                ),
                "random_state",
            )
        )
    if faults:
        raise InputError(faults)


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)
