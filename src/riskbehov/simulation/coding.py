"""Faults of coding, as registers have them: made on purpose, at a rate that is known.

``code-99``: 99 for the answer. ``one-based``: one more than the code, as where 1 to 5 stand for 0
to 4. ``text``: the Swedish label for the code. These three are shares of the answers, and no answer
has two of them. ``contradiction``: answers that go against each other, a share of the forms.
``sex-swapped``: the other sex. ``sex-spelling``: the right one in another spelling. Both are shares
of the persons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, not_among
from riskbehov.i18n import message
from riskbehov.models.condition import AllOf, AnyOf, Condition, ItemComparison
from riskbehov.models.simulation import SIMULATED_SEXES
from riskbehov.simulation.draws import BLOCK, stream
from riskbehov.simulation.missingness import MISSING, is_share
from riskbehov.simulation.response import Codes, Reals, Response
from riskbehov.simulation.truth import Drawn, Truth

OF_CELLS = ("code-99", "one-based", "text")
OF_SEX = ("sex-swapped", "sex-spelling")
CONTRADICTION = "contradiction"
KINDS = (*OF_CELLS, *OF_SEX, CONTRADICTION)
NO_ANSWER = 99
SPELT = (("M", "man", "1"), ("K", "kvinna", "2"))
"""Other spellings of male and of female."""
Rates: TypeAlias = Mapping[str, float]
Rows: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class ItemWords:
    """A column in which labels stand among the codes: its words, and where each code's are."""

    words: tuple[str, ...]
    of_code: Codes
    of_label: Codes


@dataclass(frozen=True)
class Coding:
    """The faults of coding in a cohort."""

    truth: Truth
    rates: Rates

    def rate(self, kind: str) -> float:
        """Return how common a fault is."""
        return self.rates.get(kind, 0.0)

    @cached_property
    def words(self) -> tuple[tuple[ItemWords, ...], ...]:
        """Return the words of each item's column; nothing where they hold codes alone."""
        if not self.rate("text"):
            return ()
        return tuple(
            tuple(_item_words(part.response, item) for item in range(len(part.response.curves)))
            for part in self.truth.parts
        )

    @cached_property
    def sex_words(self) -> tuple[str, ...]:
        """Return the words in the column of the sex."""
        spelt = [word for words in SPELT for word in words] if self.rate("sex-spelling") else []
        return (*SIMULATED_SEXES, *spelt)

    def sex(self, drawn: Drawn, seed: int, block: int) -> Codes:
        """Return the sex that stands in each row, as a place among the words."""
        is_female = (~drawn.is_male).view(np.uint8)
        if not any(self.rate(kind) for kind in OF_SEX):
            return is_female
        random = stream(seed, "sex coding", block)
        is_swapped, is_spelt = self._which(OF_SEX, random)
        spelling = random.integers(len(SPELT[0]), size=BLOCK, dtype=np.uint8)
        found = is_female ^ is_swapped
        other = len(SIMULATED_SEXES) + len(SPELT[0]) * is_female + spelling
        return np.where(is_spelt, other, found).astype(np.uint8)

    def answers(self, codes: Codes, part: int, seed: int, block: int) -> None:
        """Put the faults into the answers of an instrument, in place.

        With text among the faults, what comes out are places among the words.
        """
        response = self.truth.parts[part].response
        self._contradict(codes, response, stream(seed, f"contradiction {response.id}", block))
        if any(self.rate(kind) for kind in OF_CELLS):
            self._miscode(codes, part, stream(seed, f"coding {response.id}", block))

    def _contradict(self, codes: Codes, response: Response, random: np.random.Generator) -> None:
        when = contradiction(response)
        if when is not None and self.rate(CONTRADICTION):
            rows = np.flatnonzero(random.random(BLOCK) < self.rate(CONTRADICTION))
            _force(when, response, codes, rows, random.random(BLOCK))

    def _miscode(self, codes: Codes, part: int, random: np.random.Generator) -> None:
        for item, column in enumerate(codes):
            is_told = column != MISSING
            is_99, is_one_based, is_text = (
                where & is_told for where in self._which(OF_CELLS, random)
            )
            labels = self.words[part][item].of_label[column] if self.words else None
            column[is_99] = NO_ANSWER
            column[is_one_based] += 1
            if labels is not None:
                column[:] = np.where(is_text, labels, self.words[part][item].of_code[column])

    def _which(
        self, kinds: Sequence[str], random: np.random.Generator
    ) -> Iterator[npt.NDArray[np.bool_]]:
        """Yield where each of some faults is made: never two of them in one place."""
        uniform, below = random.random(BLOCK), 0.0
        for kind in kinds:
            above = below + self.rate(kind)
            yield (below <= uniform) & (uniform < above)
            below = above


def _item_words(response: Response, item: int) -> ItemWords:
    """Return the words of an item's column: every number that may stand there, and the labels."""
    legal = [int(code) for code in response.curves[item].legal]
    numbers = sorted({*legal, *(code + 1 for code in legal), NO_ANSWER})
    anchors = response.instrument.codes[response.instrument.items[item].codes]
    labels = {anchor.code: anchor.sv for anchor in anchors}
    words = [*dict.fromkeys((*map(str, numbers), *labels.values()))]
    of_code, of_label = (np.full(256, MISSING, np.uint8) for _ in range(2))
    of_code[numbers] = range(len(numbers))
    of_label[list(labels)] = [words.index(label) for label in labels.values()]
    return ItemWords(tuple(words), of_code, of_label)


def contradiction(response: Response) -> Condition | None:
    """Return the condition of the instrument's first contradiction that can be made, if any."""
    flags = (flag for flag in response.instrument.flags if flag.kind == "contradiction")
    return next((flag.when for flag in flags if _can_be_forced(flag.when)), None)


def _can_be_forced(condition: Condition) -> bool:
    match condition:
        case AllOf(all_=parts) | AnyOf(any_=parts):
            return all(map(_can_be_forced, parts))
        case ItemComparison(operator="equals" | "at_least", operand=int()):
            return True
        case _:
            return False


def _force(
    condition: Condition, response: Response, codes: Codes, rows: Rows, chosen: Reals
) -> None:
    """Change answers in some rows so that a condition holds there, in place.

    ``chosen`` has a number from 0, below 1, for each row of all: which of several ways is taken.
    """
    match condition:
        case AllOf(all_=parts):
            for part in parts:
                _force(part, response, codes, rows, chosen)
        case AnyOf(any_=parts):
            which = np.floor(chosen[rows] * len(parts))
            for number, part in enumerate(parts):
                _force(part, response, codes, rows[which == number], chosen)
        case ItemComparison(item=item, operator=operator, operand=operand):
            position = response.position(item)
            column = codes[position]
            legal = response.curves[position].legal
            is_met = (column[rows] >= operand) & (column[rows] != MISSING)
            changed = rows if operator == "equals" else rows[~is_met]
            column[changed] = legal[np.searchsorted(legal, operand)]
        case _:
            pass


# What can be asked for


def wrong_faults(truth: Truth, rates: Rates) -> Iterator[Fault]:
    """Yield everything that is wrong with what was asked for."""
    for kind, rate in rates.items():
        if kind not in KINDS:
            yield Fault(not_among(kind, KINDS, message("a kind of fault")), "faults")
        elif not is_share(rate):
            yield Fault(
                message("found {found}, expected a share from 0 to 1", found=rate),
                f"faults: {kind}",
            )
    for kinds in (OF_CELLS, OF_SEX):
        shares = [rates.get(kind, 0.0) for kind in kinds]
        if all(map(is_share, shares)) and sum(shares) > 1:
            yield Fault(
                message(
                    "found shares of {kinds} that are more than 1 together, expected at most 1",
                    kinds=", ".join(kinds),
                ),
                "faults",
            )
    if CONTRADICTION in rates and not any(contradiction(part.response) for part in truth.parts):
        yield Fault(
            message("no answers of {id!r} can contradict each other; leave it out", id=truth.id),
            f"faults: {CONTRADICTION}",
        )
