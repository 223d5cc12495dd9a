"""Records that REDCap has exported, read as answers to an instrument.

The export is a flat one, with a row for each record, event and instance. What REDCap adds of its
own, such as ``redcap_event_name`` and ``redcap_repeat_instance``, are columns like others and stay.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

from riskbehov.errors import Fault, InputError, did_you_mean, not_among
from riskbehov.exchange.codebook import (
    AGE,
    AGE_LABEL,
    SEX,
    SEX_LABEL,
    anchors,
    item_label,
    require_items,
    sexes,
)
from riskbehov.exchange.redcap.dictionary import label
from riskbehov.exchange.redcap.naming import field_names
from riskbehov.exchange.variables import Code
from riskbehov.i18n import LANGUAGES, _, message, use_language
from riskbehov.models.instrument import Instrument, Item, ScoredInstrument
from riskbehov.models.recode import canonical
from riskbehov.tables.frames.columns import columns_of

Plain: TypeAlias = dict[str, Any]
"""A recode map as a file would hold it."""
Speak: TypeAlias = Callable[[], Iterable[str]]
"""Returns some texts in the language of the moment."""

BOX = "___"
"""What parts a checkbox field's name from a code in the name of a column."""


def recode_map(
    instrument: Instrument,
    header: Sequence[str],
    *,
    labels: bool = False,
    missing: Iterable[str | int] = (),
    names: Mapping[str, str] | None = None,
    sex: str | None = SEX,
    age: str | None = AGE,
    birth_date: str | None = None,
    date: str | None = None,
) -> Plain:
    """Return the recode map by which an export of REDCap is read, from the export's columns.

    The fields are those of :func:`dictionary`; ``names`` gives others, by item. An export of
    ``labels`` is read by the dictionary's labels, Swedish and English, in its cells and in its
    header. ``missing`` are the project's missing data codes as the export writes them. ``sex``,
    ``age``, ``birth_date`` and ``date`` name fields, and nothing where there is none.

    Raises :class:`InputError` for a method that is recorded and not scored, for fields that the
    export does not have or has twice, for a missing data code that is also an answer, and for a
    label that stands for two codes.
    """
    scored = require_items(instrument)
    making = _Making(header, labels, [canonical(code) for code in codes_of(missing)])
    if birth_date is not None and age == AGE:
        age = None
    found: Plain = {
        "instrument": scored.id,
        "columns": [*_items(scored, names or {}, making)],
        "missing": making.missing,
        "unmapped": "refuse",
        "confirmed": True,  # nothing in it is guessed
    }
    if sex is not None:
        column = making.column(sex, lambda: (_(SEX_LABEL),))
        found["sex"] = {"column": column, "values": making.values(sex, sexes)}
    if age is not None:
        found["age"] = {"column": making.column(age, lambda: (_(AGE_LABEL),))}
    for name, given in (("birth_date", birth_date), ("date", date)):
        if given is not None:
            found[name] = {"column": making.column(given)}
    if making.faults:
        raise InputError(making.faults)
    return found


def codes_of(missing: Iterable[str | int]) -> Iterable[str | int]:
    """Return missing data codes; raises :class:`InputError` for a text, whose letters would be."""
    if isinstance(missing, str):
        raise InputError(
            Fault(
                message("found the text {found!r}, expected a list of codes", found=missing),
                "missing",
            )
        )
    return missing


def _items(
    instrument: ScoredInstrument, names: Mapping[str, str], making: "_Making"
) -> Iterator[Plain]:
    own = field_names(instrument)
    making.faults += [
        Fault(not_among(id_, own, message("an item of {id}", id=instrument.id)), "names")
        for id_ in names
        if id_ not in own
    ]
    for item, column in zip(instrument.items, columns_of(instrument, None), strict=True):
        known = names.get(item.id, own[item.id])
        others = () if item.id in names or column in own.values() else (column,)
        held = making.values(known, partial(anchors, instrument, item))
        yield {
            "column": making.column(known, partial(_title, item), others),
            "item": item.id,
            "values": {value: int(code) for value, code in held.items()},
        }


def _title(item: Item) -> tuple[str, ...]:
    return (item_label(item),)


@dataclass(slots=True)
class _Making:
    """An export that a map is being made for, and what is wrong with it so far."""

    header: Sequence[str]
    labels: bool
    missing: list[str]
    faults: list[Fault] = field(default_factory=list)

    def column(self, name: str, titles: Speak = tuple, others: Sequence[str] = ()) -> str:
        """Return the column of a field: by its name or, in an export of labels, by its title."""
        known = {name, *others}
        if self.labels:
            known |= {label(title) for title in _in_each_language(titles)}
        found = [held for held in self.header if held in known]
        if len(found) == 1:
            return found[0]
        self.faults.append(_twice(name, len(found)) if found else _absent(name, self.header))
        return name

    def values(self, name: str, codes: Callable[[], Iterable[Code]]) -> dict[str, str]:
        """Return what each value of a field means: its codes, or its labels."""
        held = [(code.value, code.value) for code in codes()]
        if self.labels:
            held = []
            for language in LANGUAGES:
                with use_language(language):
                    held += [(label(code.label), code.value) for code in codes()]
        found: dict[str, str] = {}
        for value, code in held:
            if found.setdefault(canonical(value), code) != code:
                self.faults.append(_ambiguous(name, value, found[canonical(value)], code))
        self.faults += [_also_an_answer(name, code) for code in self.missing if code in found]
        return found


def _in_each_language(speak: Speak) -> Iterator[str]:
    for language in LANGUAGES:
        with use_language(language):
            yield from speak()


def in_boxes(name: str, header: Sequence[str]) -> Fault | None:
    """Return the fault of a field whose column there is none of, but one for each of its boxes."""
    boxes = [held for held in map(str, header) if held.startswith(f"{name}{BOX}")]
    if not boxes:
        return None
    return Fault(
        message(
            "found the columns of a checkbox ({columns}), expected one column {name!r}; make"
            " one of them with join_checkboxes first",
            columns=", ".join(boxes),
            name=name,
        ),
        "header",
    )


def _absent(name: str, header: Sequence[str]) -> Fault:
    return in_boxes(name, header) or Fault(
        message(
            "found no column {name!r}, expected it; name the field that holds it, or say that"
            " there is none{hint}",
            name=name,
            hint=did_you_mean(name, map(str, header)),
        ),
        "header",
    )


def _twice(name: str, count: int) -> Fault:
    return Fault(
        message(
            "found {count} columns for the field {name!r}, expected one; give them names of their"
            " own",
            count=count,
            name=name,
        ),
        "header",
    )


def _ambiguous(name: str, value: str, one: str, other: str) -> Fault:
    return Fault(
        message(
            "the label {label!r} stands for the codes {one} and {other}, expected one of them;"
            " export codes (raw data) instead of labels",
            label=value,
            one=one,
            other=other,
        ),
        name,
    )


def _also_an_answer(name: str, code: str) -> Fault:
    return Fault(
        message(
            "the missing data code {code!r} is also an answer there, expected a code that no"
            " answer has",
            code=code,
        ),
        name,
    )
