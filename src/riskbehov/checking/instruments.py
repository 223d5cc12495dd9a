"""Instruments: what a part of one names is there, and what it asks for is possible."""

import re
from collections.abc import Iterator

from riskbehov.checking.reach import always_holds, can_hold
from riskbehov.checking.shelf import Found, Placed, Shelf, are_codes_known
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.errors import Fault
from riskbehov.i18n import Message, message
from riskbehov.logic.tree import Tree, compile_condition
from riskbehov.logic.vocabulary import item_types
from riskbehov.models.condition import Condition, FactComparison
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.walk import walk
from riskbehov.tables.frames.columns import column_of
from riskbehov.yamlfile import Place

_LOINC = re.compile(r"(\d{1,7})-(\d)")


def unknown_codes(shelf: Shelf) -> Found:
    """Yield items without an answer set, and answer sets without answers."""
    for instrument in shelf.scored.values():
        sets = instrument.value.codes
        for name, anchors in sets.items():
            if not anchors:
                yield instrument.fault(
                    message("the answer set {name!r} is empty, expected its codes", name=name),
                    "codes",
                    name,
                )
        for number, item in enumerate(instrument.value.items):
            if item.codes not in sets:
                yield instrument.fault(
                    not_among(item.codes, sets, message("an answer set")), "items", number, "codes"
                )


def unused_codes(shelf: Shelf) -> Found:
    """Yield answer sets that no item uses."""
    for instrument in shelf.scored.values():
        used = {item.codes for item in instrument.value.items}
        for name in instrument.value.codes:
            if name not in used:
                yield instrument.fault(
                    message("no item uses the answer set {name!r}", name=name), "codes", name
                )


def unknown_items(shelf: Shelf) -> Found:
    """Yield items that a scale adds up or a skip leaves out, but the instrument does not have."""
    for instrument in shelf.scored.values():
        items = [item.id for item in instrument.value.items]
        named: list[tuple[Place, tuple[str, ...]]] = [
            *((("scales", n, "items"), s.items) for n, s in enumerate(instrument.value.scales)),
            *((("skips", n, "infer"), s.infer) for n, s in enumerate(instrument.value.skips)),
        ]
        for place, ids in named:
            for number, id_ in enumerate(ids):
                if id_ not in items:
                    yield instrument.fault(
                        not_among(id_, items, message("an item")), *place, number
                    )


def zeros_that_are_not_legal(shelf: Shelf) -> Found:
    """Yield items that a skip gives the code 0, which they cannot have."""
    for instrument in _with_codes(shelf):
        legal = {item.id: instrument.value.legal(item) for item in instrument.value.items}
        for number, skip in enumerate(instrument.value.skips):
            for position, id_ in enumerate(skip.infer):
                if 0 not in legal.get(id_, (0,)):
                    yield instrument.fault(
                        message(
                            "a skip gives the item {item!r} the code 0, expected one of its codes"
                            " {legal}",
                            item=id_,
                            legal=", ".join(map(str, legal[id_])),
                        ),
                        "skips",
                        number,
                        "infer",
                        position,
                    )


def counts_that_cannot_be(shelf: Shelf) -> Found:
    """Yield scales that count items from a code that tells no items apart."""
    for instrument in _with_codes(shelf):
        legal = {item.id: instrument.value.legal(item) for item in instrument.value.items}
        for number, scale in enumerate(instrument.value.scales):
            least = scale.count_at_least
            codes = [legal[id_] for id_ in scale.items if id_ in legal]
            if least is not None and any(not c[0] < least <= c[-1] for c in codes):
                yield instrument.fault(
                    message(
                        "the scale {scale!r} counts items with at least {least}, expected a code"
                        " above the lowest and not above the highest of every item",
                        scale=scale.id,
                        least=least,
                    ),
                    "scales",
                    number,
                    "count_at_least",
                )


def incomplete_items(shelf: Shelf) -> Found:
    """Yield areas that do not say if they can change, and profile items without an adaptation."""
    for instrument in shelf.scored.values():
        for number, item in enumerate(instrument.value.items):
            if instrument.value.kind == "rating" and item.static is None:
                sentence = message(
                    "the area {item!r} does not say whether an insats can change it, expected"
                    " static: true or static: false",
                    item=item.id,
                )
                yield instrument.fault(sentence, "items", number)
            if instrument.value.kind == "profile" and item.adaptation is None:
                sentence = message(
                    "the item {item!r} does not say what to adapt, expected it under adaptation",
                    item=item.id,
                )
                yield instrument.fault(sentence, "items", number)


def faulty_conditions(shelf: Shelf) -> Found:
    """Yield what is wrong in the conditions of skips and flags, and those that can never hold."""
    for instrument in _with_codes(shelf):
        for place, condition in _conditions(instrument.value):
            faults: list[Fault] = [*_of_facts(instrument, place, condition)]
            tree = None if faults else _compiled(instrument, place, condition, faults)
            yield from faults
            if tree is not None:
                yield from _impossible(instrument, place, tree)


def _conditions(instrument: ScoredInstrument) -> Iterator[tuple[Place, Condition]]:
    for number, skip in enumerate(instrument.skips):
        yield ("skips", number, "when"), skip.when
    for number, flag in enumerate(instrument.flags):
        yield ("flags", number, "when"), flag.when


def _of_facts(
    instrument: Placed[ScoredInstrument], place: Place, condition: Condition
) -> Iterator[Fault]:
    for within, leaf in walk(condition, place):
        if isinstance(leaf, FactComparison):
            yield instrument.fault(
                message(
                    "found the key fact ({name}), expected item: within an instrument conditions"
                    " are over its items",
                    name=leaf.fact,
                ),
                *within,
                "fact",
            )


def _compiled(
    instrument: Placed[ScoredInstrument], place: Place, condition: Condition, faults: list[Fault]
) -> Tree | None:
    def complain(within: Place, sentence: Message) -> None:
        faults.append(instrument.fault(sentence, *place, *within))

    return compile_condition(condition, item_types(instrument.value), complain)


def _impossible(instrument: Placed[ScoredInstrument], place: Place, tree: Tree) -> Iterator[Fault]:
    legal = {item.id: instrument.value.legal(item) for item in instrument.value.items}
    if can_hold(tree, legal) is False:
        yield instrument.fault(
            message("this can never hold by the codes that the items have, expected that it can"),
            *place,
        )
    elif always_holds(tree, legal):
        yield instrument.fault(
            message("this holds whatever is answered, expected a condition that tells forms apart"),
            *place,
        )


def wrong_loinc(shelf: Shelf) -> Found:
    """Yield LOINC codes of the wrong form or with the wrong check digit."""
    for instrument in shelf.scored.values():
        for place, value in walk(instrument.value):
            if place and place[-1] == "loinc" and isinstance(value, str):
                yield from _loinc(instrument, place, value)


def _loinc(instrument: Placed[ScoredInstrument], place: Place, found: str) -> Iterator[Fault]:
    match = _LOINC.fullmatch(found)
    if match is None:
        yield instrument.fault(
            message("found {found!r}, expected a LOINC code such as 72110-0", found=found), *place
        )
    elif loinc_check_digit(match[1]) != int(match[2]):
        yield instrument.fault(
            message(
                "found {found!r}, but the check digit of {number} is {digit}: expected the code as"
                " loinc.org has it",
                found=found,
                number=match[1],
                digit=loinc_check_digit(match[1]),
            ),
            *place,
        )


def loinc_check_digit(number: str) -> int:
    """Return the check digit of a LOINC number: mod 10 as Luhn has it (LOINC Users' Guide).

    >>> loinc_check_digit("72110")
    0
    """
    doubled = (int(d) * (2 - n % 2) for n, d in enumerate(reversed(number)))
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10  # noqa: PLR2004 - one digit


def columns_of_one_name(shelf: Shelf) -> Found:
    """Yield items whose column in a table is called as that of another one."""
    taken: dict[str, tuple[str, str]] = {}
    for instrument in shelf.scored.values():
        for number, item in enumerate(instrument.value.items):
            column = column_of(instrument.value.id, item.id)
            first = taken.setdefault(column, (instrument.value.id, item.id))
            if first != (instrument.value.id, item.id):
                yield instrument.fault(
                    message(
                        "the item {item!r} has the column {column!r} in a table, and so has"
                        " {other}, expected a column of its own: ids that differ only by - and _"
                        " are one there",
                        item=item.id,
                        column=column,
                        other=f"{first[0]} {first[1]}",
                    ),
                    "items",
                    number,
                    "id",
                )


def without_examples(shelf: Shelf) -> Found:
    """Yield instruments that are scored here but have no worked examples."""
    for name, instrument in shelf.scored.items():
        if name not in shelf.instrument_cases:
            yield instrument.fault(
                message("the instrument {id!r} has no worked examples (cases.yaml)", id=name)
            )


def examples_of_nothing(shelf: Shelf) -> Found:
    """Yield worked examples beside no instrument that is scored here."""
    for name, cases in shelf.instrument_cases.items():
        if name not in shelf.scored:
            yield cases.fault(
                message(
                    "found worked examples of {id!r}, which is no instrument that is scored here",
                    id=name,
                )
            )


def unused_instruments(shelf: Shelf) -> Found:
    """Yield instruments that no assessment uses."""
    used = {
        id_
        for a in shelf.assessments.values()
        for id_ in (*a.value.instruments, *a.value.methods, a.value.needs)
    }
    for name, instrument in shelf.instruments.items():
        if name not in used:
            yield instrument.fault(message("no assessment uses the instrument {id!r}", id=name))


def _with_codes(shelf: Shelf) -> Iterator[Placed[ScoredInstrument]]:
    """Yield the instruments whose items all have codes; the others are told of elsewhere."""
    return (i for i in shelf.scored.values() if are_codes_known(i.value))


CHECKS = (
    Check(unknown_codes),
    Check(unknown_items),
    Check(zeros_that_are_not_legal),
    Check(counts_that_cannot_be),
    Check(incomplete_items),
    Check(faulty_conditions),
    Check(wrong_loinc),
    Check(columns_of_one_name),
    Check(examples_of_nothing, needs=("instruments",)),
    Check(without_examples, needs=("instrument cases",), is_note=True),
    Check(unused_codes, is_note=True),
    Check(unused_instruments, needs=("assessments",), is_note=True),
)
