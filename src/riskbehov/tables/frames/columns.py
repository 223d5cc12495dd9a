"""Which column holds what: the names that are used unless others are given."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from riskbehov.errors import AnswerError, Fault, not_among
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument

Items: TypeAlias = Mapping[str, str] | Sequence[str] | str | None
"""Which column holds each item: by item, in item order, a pattern such as ``q{item}``, or as
:func:`column_of` names them."""

_PLACE = "{item}"


def column_of(instrument: str, name: str) -> str:
    """Return the name of a column: of an item of an instrument, or of something made of it.

    >>> column_of("responsivity-parents", "se-sex-specific")
    'responsivity_parents_se_sex_specific'
    """
    return f"{instrument}_{name}".replace("-", "_")


def columns_of(instrument: ScoredInstrument, items: Items) -> tuple[str, ...]:
    """Return the column of each item, in item order.

    Raises :class:`AnswerError` for an item that is unknown or has no column, for a column that
    would hold two items, and for a pattern or a collection that tells no order.
    """
    ids = [item.id for item in instrument.items]
    if items is None:
        return tuple(column_of(instrument.id, id_) for id_ in ids)
    named = _by_item(ids, items)
    wrong = [
        Fault(not_among(str(id_), ids, message("an item of {id}", id=instrument.id)), "items")
        for id_ in named
        if str(id_) not in ids
    ]
    wrong += [
        Fault(
            message(
                "item {item} has no column, expected one for each of {count}, as text",
                item=id_,
                count=len(ids),
            ),
            "items",
        )
        for id_ in ids
        if named.get(id_) is None
    ]
    wrong += [
        Fault(
            message(
                "the column {column!r} stands for {count} items, expected one for each",
                column=column,
                count=count,
            ),
            "items",
        )
        for column, count in Counter(named.values()).items()
        if count > 1
    ]
    if wrong:
        raise AnswerError(wrong)
    return tuple(named[id_] for id_ in ids)


def _by_item(ids: Sequence[str], items: Items) -> Mapping[str, str]:
    if isinstance(items, Mapping):
        return items
    if isinstance(items, str):
        if _PLACE in items:
            return {id_: items.replace(_PLACE, id_) for id_ in ids}
        said = message(
            "found the pattern {found!r}, expected one with {place} where the item stands, such as"
            " {example}",
            found=items,
            place=_PLACE,
            example="q" + _PLACE,
        )
    elif not isinstance(items, Sequence):
        said = message(
            "found {found}, expected a mapping from item to column, a list in item order, or a"
            " pattern",
            found=type(items).__name__,
        )
    elif len(items) != len(ids):
        said = message(
            "found {found} columns, expected {expected}, one for each item in order",
            found=len(items),
            expected=len(ids),
        )
    else:
        return dict(zip(ids, items, strict=True))
    raise AnswerError(Fault(said, "items"))
