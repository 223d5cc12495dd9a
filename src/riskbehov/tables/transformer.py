"""Scores as a step of a scikit-learn pipeline.

>>> from riskbehov.tables.transformer import InstrumentScorer
>>> scorer = InstrumentScorer("audit", form="paper")
>>> scorer.fit_transform([[0] * 10, [2] * 9 + [None], [7] * 10])[:, 0].tolist()
[0.0, 18.0, nan]
>>> scorer.get_feature_names_out()[:2].tolist()
['audit_total_low', 'audit_consumption_low']
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.errors import Fault, InputError, not_among
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.frames.bridge import (
    Column,
    Native,
    Spec,
    is_frame,
    kind_of,
    names_of,
    pick,
    renamed,
    require,
)
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.scores.arguments import score_step
from riskbehov.tables.scores.asked import Missing
from riskbehov.tables.scores.score import instrument_of
from riskbehov.tables.scores.step import ScoreStep

require("sklearn", "sklearn")

from sklearn.base import BaseEstimator, TransformerMixin  # noqa: E402 - first seen to be there
from sklearn.utils.validation import (  # noqa: E402
    _check_feature_names_in,
    check_is_fitted,
    validate_data,
)

if TYPE_CHECKING:
    from sklearn.utils import Tags

Output: TypeAlias = Literal["low", "high", "interval", "prorated", "bands", "all"]
Place: TypeAlias = str | int
"""A column by its name, or by its place in an array."""
Numbers: TypeAlias = npt.NDArray[np.float64]

OUTPUTS = ("low", "high", "interval", "prorated", "bands", "all")
KEEPING = ("flag", "refuse")
"""What may be done with rows that cannot be: a step of a pipeline returns a row for each row."""
_ENDINGS = {
    "low": ("low",),
    "high": ("high",),
    "interval": ("low", "high"),
    "prorated": ("prorated",),
    "bands": ("low", "high"),
}


class InstrumentScorer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Scores the rows of a frame or an array by one instrument, as numbers.

    A frame has the answers in the columns that :func:`riskbehov.tables.score` expects; an array has
    a column for each item, in item order, unless ``items`` tells the places. ``sex``, ``age``,
    ``birth_date`` and ``date`` name columns too, by names or places. The other arguments are those
    of :func:`riskbehov.tables.score`.

    ``output`` tells what comes out: the least score of each scale (``low``), the greatest
    (``high``), both (``interval``), what is ``prorated``, the lowest and the highest band of the
    sets that are used by default (``bands``), or ``all``. Where there is no number there is NaN; a
    band, a set and a state are places in their order, from zero.
    """

    def __init__(
        self,
        instrument: ScoredInstrument | str = "audit",
        *,
        items: Mapping[str, Place] | Sequence[Place] | str | None = None,
        sex: Place | None = None,
        age: Place | None = None,
        birth_date: Place | None = None,
        date: Place | dt.date | None = None,
        form: str | None = None,
        cutoffs: Sequence[str] | str = (),
        missing: Missing = "interval",
        max_missing: int | None = None,
        on_illegal: Literal["flag", "refuse"] = "flag",
        output: Output = "low",
    ) -> None:
        """Keep the arguments; they are looked at when the scorer is fitted."""
        self.instrument = instrument
        self.items = items
        self.sex = sex
        self.age = age
        self.birth_date = birth_date
        self.date = date
        self.form = form
        self.cutoffs = cutoffs
        self.missing = missing
        self.max_missing = max_missing
        self.on_illegal = on_illegal
        self.output = output

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: ANN401, ARG002, N803 - as theirs
        """Look at the arguments and the columns; nothing is learnt from the rows.

        Raises :class:`InputError` where they do not fit together.
        """
        frame = self._frame(X, is_new=True)
        step = self._step(names_of(frame))
        pick(frame, step.needs)
        self._specs(step)
        return self

    def transform(self, X: Any) -> Numbers:  # noqa: ANN401, N803 - as theirs
        """Return the scores: a row for each row, a column for each name that comes out."""
        check_is_fitted(self)
        frame = self._frame(X, is_new=False)
        step = self._step(names_of(frame))
        made = {column.spec.name: column for column in step.run(pick(frame, step.needs)).columns}
        return np.column_stack([_numbers(made[spec.name]) for spec in self._specs(step)])

    def get_feature_names_out(self, input_features: object = None) -> npt.NDArray[np.object_]:
        """Return the names of what comes out; they do not hang on those that go in."""
        check_is_fitted(self)
        _check_feature_names_in(self, input_features)
        names = [spec.name for spec in self._specs(self._step(self._names()))]
        return np.array(names, dtype=object)

    def __sklearn_tags__(self) -> "Tags":
        """Tell that gaps are welcome, and that numbers of 64 bits come out whatever goes in."""
        tags: Tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.categorical = tags.input_tags.string = True
        tags.transformer_tags.preserves_dtype = []
        return tags

    def _names(self) -> list[str]:
        """Return the names of the columns: their places where they have no names."""
        places = map(str, range(self.n_features_in_))
        return list(getattr(self, "feature_names_in_", places))

    def _frame(self, X: Any, *, is_new: bool) -> Native:  # noqa: ANN401, N803
        """Return the rows as a frame with the names of the columns."""
        if is_frame(X):
            kind_of(X)
            validate_data(self, X, reset=is_new, skip_check_array=True)
            return renamed(X, self._names())
        array = validate_data(self, X, reset=is_new, dtype=None, ensure_all_finite=False)
        import pandas as pd

        return pd.DataFrame(array, columns=self._names(), copy=False)

    def _step(self, names: Sequence[str]) -> ScoreStep:
        _require_among(self.on_illegal, KEEPING, "on_illegal")
        instrument = instrument_of(self.instrument)

        def named(place: Any) -> Any:  # noqa: ANN401 - a name, or what is no place at all
            return _at(names, int(place)) if isinstance(place, Integral) else place

        items: Any = self.items
        if isinstance(items, Mapping):
            items = {id_: named(place) for id_, place in items.items()}
        elif items is not None and not isinstance(items, str):
            items = [named(place) for place in items]
        elif items is None and not hasattr(self, "feature_names_in_"):
            items = _in_order(instrument, names)
        return score_step(
            instrument,
            items=items,
            sex=named(self.sex),
            age=named(self.age),
            birth_date=named(self.birth_date),
            date=named(self.date),
            form=self.form,
            cutoffs=self.cutoffs,
            missing=self.missing,
            max_missing=self.max_missing,
            on_illegal=self.on_illegal,
        )

    def _specs(self, step: ScoreStep) -> list[Spec]:
        """Return the columns that come out."""
        _require_among(self.output, OUTPUTS, "output")
        found = [spec for spec in step.adds if spec.name in _names(step, self.output)]
        if not found:
            raise InputError(
                Fault(
                    message(
                        "found {found}, expected an output that {id} gives with these arguments;"
                        " all gives every column",
                        found=self.output,
                        id=step.instrument.id,
                    ),
                    "output",
                )
            )
        return found


def _names(step: ScoreStep, output: str) -> set[str]:
    """Return the names of the columns that are meant."""
    id_ = step.instrument.id
    if output == "all":
        return {spec.name for spec in step.adds}
    parts = step.sets if output == "bands" else step.instrument.scales
    endings = _ENDINGS[output]
    return {column_of(id_, f"{part.id}_{ending}") for part in parts for ending in endings}


def _require_among(found: str, known: Sequence[str], where: str) -> None:
    if found not in known:
        raise InputError(Fault(not_among(str(found), known, message("one of these")), where))


def _at(names: Sequence[str], place: int) -> str:
    if 0 <= place < len(names):
        return names[place]
    raise InputError(
        Fault(
            message(
                "found place {place}, expected a name or a place from 0 to {last}",
                place=place,
                last=len(names) - 1,
            ),
            "items",
        )
    )


def _in_order(instrument: ScoredInstrument, names: Sequence[str]) -> Sequence[str]:
    """Return the columns of an array that has one for each item."""
    if len(names) == len(instrument.items):
        return names
    raise InputError(
        Fault(
            message(
                "found {found} columns without names, expected {expected}, one for each item in"
                " order; tell by items which are which",
                found=len(names),
                expected=len(instrument.items),
            ),
            instrument.id,
        )
    )


def _numbers(column: Column) -> Numbers:
    """Return a column as floats; NaN where there is no number."""
    _, values, is_known = column
    numbers = values.astype(np.float64)
    if is_known is not None:
        numbers[~is_known] = np.nan
    return numbers
