"""What the columns of a table mean: those that an instrument is scored from, and its scores.

One description, in the language of the moment, for every form in which it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from riskbehov.errors import Fault, InputError
from riskbehov.exchange.scores import score_variables
from riskbehov.exchange.variables import Code, Variable
from riskbehov.i18n import N_, _, message
from riskbehov.models.instrument import Instrument, Item, RecordedMethod, ScoredInstrument
from riskbehov.scoring.arrays import SEX_CODES
from riskbehov.scoring.plan import OLDEST
from riskbehov.tables.frames.columns import columns_of
from riskbehov.tables.scores.arguments import score_step
from riskbehov.tables.scores.asked import Missing

Part: TypeAlias = Literal["all", "answers", "scores"]
Bands: TypeAlias = Literal["default", "all"]

SEX = "sex"
AGE = "age"
"""The columns that tell of a person, by the names that a recode map gives them."""

SEX_LABEL = N_("Sex")
AGE_LABEL = N_("Age at the assessment")
_SEXES = {
    "male": N_("man or boy"),
    "female": N_("woman or girl"),
    "other": N_("another sex"),
    "unknown": N_("not known"),
}


@dataclass(frozen=True, slots=True)
class Codebook:
    """The columns of an instrument, in the order of a table."""

    instrument: ScoredInstrument
    person: tuple[Variable, ...]
    answers: tuple[Variable, ...]
    scores: tuple[Variable, ...]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Return all columns."""
        return (*self.person, *self.answers, *self.scores)


def codebook(
    instrument: Instrument,
    *,
    part: Part = "all",
    cutoffs: Sequence[str] = (),
    bands: Bands = "default",
    missing: Missing = "interval",
) -> Codebook:
    """Return what the columns of an instrument mean; of a part, only what belongs to it.

    The scores are those that ``riskbehov score`` gives with the same ``cutoffs``, ``bands`` and
    ``missing``. Raises :class:`InputError` for a method that is recorded and not scored, and
    :class:`AnswerError` for a set of limits that the instrument does not have.
    """
    scored = require_items(instrument)
    step = score_step(
        scored,
        cutoffs=cutoffs,
        bands=bands,
        missing=missing,
        max_missing=1 if missing == "prorate" else None,  # how many changes no column
    )
    return Codebook(
        scored,
        _person() if part != "scores" else (),
        _answers(scored) if part != "scores" else (),
        score_variables(step) if part != "answers" else (),
    )


def require_items(instrument: Instrument) -> ScoredInstrument:
    """Return an instrument that has items; raises :class:`InputError` for anything else."""
    if isinstance(instrument, str):
        raise InputError(
            Fault(
                message(
                    "found the text {found!r}, expected an instrument, such as"
                    " Library.open().scored({found!r})",
                    found=instrument,
                ),
                "instrument",
            )
        )
    if isinstance(instrument, RecordedMethod):
        raise InputError(
            Fault(
                message(
                    "found a method of which only the result is recorded, expected an instrument"
                    " that is scored here: its items are not in the toolkit, so it has no columns"
                    " to describe"
                ),
                instrument.id,
            )
        )
    return instrument


def item_label(item: Item) -> str:
    """Return the short label of an item, after its number where it has one."""
    return f"{item.id}. {item.label}" if item.id.isdigit() else str(item.label)


def anchors(instrument: ScoredInstrument, item: Item) -> tuple[Code, ...]:
    """Return the legal codes of an item with their labels, lowest first."""
    held = sorted(instrument.codes[item.codes], key=lambda anchor: anchor.code)
    return tuple(Code(str(anchor.code), str(anchor)) for anchor in held)


def sexes() -> tuple[Code, ...]:
    """Return what stands in a column of sexes."""
    return tuple(Code(code, _(_SEXES[code])) for code in SEX_CODES)


def _person() -> tuple[Variable, ...]:
    sex = Variable(
        name=SEX,
        part="person",
        label=_(SEX_LABEL),
        codes=sexes(),
        is_text=True,
        empty=_("not known"),
        level="nominal",
    )
    age = Variable(
        name=AGE,
        part="person",
        label=_(AGE_LABEL),
        low=0,
        high=OLDEST,
        unit=_("whole years"),
        empty=_("not known"),
        level="scale",
    )
    return sex, age


def _answers(instrument: ScoredInstrument) -> tuple[Variable, ...]:
    skipped = {id_ for skip in instrument.skips for id_ in skip.infer}
    return tuple(
        Variable(
            name=name,
            part="answer",
            label=item_label(item),
            item=item.id,
            codes=anchors(instrument, item),
            empty=_("no answer, or skipped") if item.id in skipped else _("no answer"),
            level="ordinal",
        )
        for item, name in zip(instrument.items, columns_of(instrument, None), strict=True)
    )
