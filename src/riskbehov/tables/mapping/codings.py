"""How the values of a column look coded: what can be told of it, and what must be asked.

Nothing is guessed: where two readings of the same values are possible both are shown, and none is
taken. A reversed coding is never assumed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from riskbehov.i18n import Message, message
from riskbehov.models.instrument import Anchor, Sex
from riskbehov.scoring.plan import OLDEST
from riskbehov.tables.mapping.anchors import Labels, is_missing_word, sex_of

Kind: TypeAlias = Literal["codes", "plus-one", "text", "labels", "unclear", "none"]
"""The codes themselves; one more than the codes; words; value labels; what can be read in several
ways; and nothing that can be read."""
Reading: TypeAlias = Mapping[str, int | str]
"""What each value means: a code, or a sex."""

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[-. ](?:jan|feb|ma[rj]|apr|jun|jul|aug|sep|okt|oct).*")
_STRAY = 0.01
"""The greatest share of the answers that may be no code where 0 shows the others to be codes."""
_AGES_TOO = ("7", "8", "9", "77", "88", "97", "98", "99")
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Coding:
    """How a column looks coded."""

    kind: Kind
    values: Reading = field(default_factory=dict)
    """What each value means, where that can be told."""
    missing: tuple[str, ...] = ()
    """Values that are usual for saying that there is no answer."""
    odd: tuple[str, ...] = ()
    """Values that mean nothing that can be told."""
    readings: tuple[Reading, ...] = ()
    """Where it is unclear: each way to read the values, none of which is taken."""
    remarks: tuple[Message, ...] = ()
    """What a person should look at."""


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The values of one column by what they are."""

    rows: Mapping[str, int]
    numbers: tuple[int, ...]
    """Numbers that some scheme knows."""
    words: Reading
    """What words, or labels of values, mean."""
    missing: tuple[str, ...]
    odd: tuple[str, ...]
    is_labelled: bool
    remarks: tuple[Message, ...]

    def share(self, numbers: Iterable[int]) -> float:
        """Return the share of the numbered rows that have one of some numbers."""
        total = sum(self.rows[str(n)] for n in self.numbers)
        return sum(self.rows[str(n)] for n in numbers) / total if total else 0

    def agrees(self, scheme: Mapping[int, int]) -> bool:
        """Tell whether a scheme says what the labels say, of the numbers that have labels."""
        named = {int(v): code for v, code in self.words.items() if _WHOLE.fullmatch(v)}
        return all(scheme.get(number, code) == code for number, code in named.items())


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of an item, as its coding is to be told."""

    counts: Mapping[str, int]
    anchors: Sequence[Anchor]
    labels: Mapping[str, str] = field(default_factory=dict)
    """What its values are called in the file, by value in canonical form."""


def codings(columns: Sequence[Asked]) -> tuple[Coding, ...]:
    """Return how columns of one instrument look coded.

    They are looked at together: one table is coded in one way, so what cannot be told of a column
    may be told of the others whose items have the same codes.
    """
    legals = [tuple(sorted(anchor.code for anchor in column.anchors)) for column in columns]
    every = [_sorted(column, legal) for column, legal in zip(columns, legals, strict=True)]
    pooled: dict[tuple[int, ...], list[frozenset[int]]] = defaultdict(list)
    for legal, each in zip(legals, every, strict=True):
        pooled[legal].append(_sure(each, legal))
    return tuple(
        _coding(each, legal, pooled[legal]) for legal, each in zip(legals, every, strict=True)
    )


def _sorted(column: Asked, legal: Sequence[int]) -> _Sorted:
    labels = Labels(column.anchors)
    known = {number for scheme in _schemes(legal).values() for number in scheme}
    numbers, words, missing, odd = [], {}, [], []
    prefixed = False
    for value in {**column.counts, **column.labels}:
        meant = labels.meant(column.labels.get(value, value))
        is_number = _WHOLE.fullmatch(value) is not None
        if meant is not None and (value in column.labels or not is_number):
            words[value] = meant.code
            prefixed |= meant.number not in (None, meant.code)
        elif value in column.labels and is_missing_word(column.labels[value]):
            missing.append(value)
        elif is_number and int(value) in known:
            numbers.append(int(value))
        elif is_missing_word(value):
            missing.append(value)
        else:
            odd.append(value)
    is_labelled = any(value in column.labels for value in words)
    for number in tuple(numbers):
        value = str(number)
        if is_labelled and value in column.labels:  # it means something else than we can read
            numbers.remove(number)
            odd.append(value)
        elif words and not is_labelled and (meant := labels.meant(value)) is not None:
            words[value] = meant.code  # a number among words may be one of them, such as none
            numbers.remove(number)
    present = [n for n in sorted(numbers) if str(n) in column.counts]
    return _Sorted(
        rows=column.counts,
        numbers=tuple(present),
        words=dict(sorted(words.items(), key=lambda each: (each[1], each[0]))),
        missing=tuple(missing),
        odd=tuple(value for value in odd if value in column.counts),
        is_labelled=is_labelled,
        remarks=tuple(_remarks(column, odd, is_prefixed=prefixed, is_labelled=is_labelled)),
    )


def _remarks(
    column: Asked, odd: Iterable[str], *, is_prefixed: bool, is_labelled: bool
) -> Iterable[Message]:
    if is_prefixed:
        yield message("the words were gone by, not the number before them, where the two differ")
    if column.labels and not is_labelled:
        yield message("the labels that the file has for the values were not understood")
    if any(_DAY.fullmatch(value.casefold()) for value in odd):
        yield message("there are dates: a spreadsheet may have made them of answers such as 1-2")


def _schemes(legal: Sequence[int]) -> dict[str, dict[int, int]]:
    """Return the ways in which numbers may stand for codes, without those that come to the same."""
    ways = {
        "codes": {code: code for code in legal},
        "plus-one": {code + 1: code for code in legal},
        "rank-0": dict(enumerate(legal)),
        "rank-1": dict(enumerate(legal, start=1)),
    }
    found: dict[str, dict[int, int]] = {}
    for name, scheme in ways.items():
        if scheme not in found.values():
            found[name] = scheme
    return found


def _fitting(numbers: Iterable[int], legal: Sequence[int]) -> list[str]:
    numbers = set(numbers)
    return [name for name, scheme in _schemes(legal).items() if numbers <= scheme.keys()]


def _has_strays(found: _Sorted, legal: Sequence[int]) -> bool:
    """Tell whether a column holds codes, as its lowest shows, and a few other numbers."""
    outside = set(found.numbers) - set(legal)
    return legal[0] in found.numbers and bool(outside) and found.share(outside) <= _STRAY


def _sure(found: _Sorted, legal: Sequence[int]) -> frozenset[int]:
    """Return the numbers of a column that tell something of how the table is coded."""
    if _fitting(found.numbers, legal):
        return frozenset(found.numbers)
    return frozenset(found.numbers) & frozenset(legal) if _has_strays(found, legal) else frozenset()


def _coding(found: _Sorted, legal: Sequence[int], pooled: Sequence[frozenset[int]]) -> Coding:
    """Return how a column looks coded; ``pooled`` is what columns with the same codes hold."""
    if not found.numbers:
        kind: Kind = "labels" if found.is_labelled else "text"
        return _told(found, kind if found.words else "none", {}, found.odd)
    schemes = _schemes(legal)
    fitting = [n for n in _fitting(found.numbers, legal) if found.agrees(schemes[n])]
    if not fitting and _has_strays(found, legal):
        return _as_codes(found, legal)
    by_others = [name for name in fitting if name in _fitting(frozenset().union(*pooled), legal)]
    likely = fitting if len(fitting) == 1 else by_others
    name = likely[0] if len(likely) == 1 else ""
    if name == "codes":
        return _as_codes(found, legal, _by_others(fitting))
    if name == "plus-one" and not _contradicted(pooled, legal):
        scheme = schemes[name]
        asked = _shifted(scheme, legal, by_others=len(fitting) > 1)
        values = {str(number): code for number, code in scheme.items()}
        return _told(found, "plus-one", values, found.odd, (asked,))
    return _unclear(found, legal, fitting)


def _shifted(scheme: Mapping[int, int], legal: Sequence[int], *, by_others: bool) -> Message:
    ends = {"first": min(scheme), "last": max(scheme), "low": legal[0], "high": legal[-1]}
    if by_others:
        return message(
            "{first} to {last} were taken for {low} to {high}, as in the other columns with the"
            " same codes; the column alone does not tell",
            **ends,
        )
    return message(
        "{first} to {last} were taken for {low} to {high}, since {low} never stands there and"
        " {last} does",
        **ends,
    )


def _by_others(fitting: Sequence[str]) -> tuple[Message, ...]:
    """Return the remark on a column that can be told by the others alone."""
    if len(fitting) == 1:
        return ()
    return (message("the column alone does not tell: the other columns with the same codes do"),)


def _contradicted(pooled: Sequence[frozenset[int]], legal: Sequence[int]) -> bool:
    """Tell whether some column can hold nothing but the codes themselves."""
    return any(numbers and _fitting(numbers, legal) == ["codes"] for numbers in pooled)


def _as_codes(found: _Sorted, legal: Sequence[int], remarks: tuple[Message, ...] = ()) -> Coding:
    strays = tuple(str(n) for n in found.numbers if n not in legal)
    values = {str(code): code for code in legal}
    return _told(found, "codes", values, (*strays, *found.odd), remarks)


def _told(
    found: _Sorted,
    kind: Kind,
    values: Reading,
    odd: tuple[str, ...],
    remarks: tuple[Message, ...] = (),
) -> Coding:
    both = {**values, **found.words}
    return Coding(kind, both, found.missing, odd, (), (*remarks, *found.remarks))


def _unclear(found: _Sorted, legal: Sequence[int], fitting: Sequence[str]) -> Coding:
    schemes = _schemes(legal)
    shown = [*dict.fromkeys(["codes", *(fitting or ["plus-one"])])]
    readings = tuple(
        {**{str(n): code for n, code in schemes[name].items()}, **found.words}
        for name in shown
        if set(schemes[name]) & set(found.numbers)
    )
    asked = message(
        "{numbers} can be read in several ways: look in the form that was used, and choose one",
        numbers=", ".join(map(str, found.numbers)),
    )
    values = tuple(map(str, found.numbers))
    return Coding(
        "unclear", {}, found.missing, (*values, *found.odd), readings, (asked, *found.remarks)
    )


def sex_coding(counts: Mapping[str, int], labels: Mapping[str, str]) -> Coding:
    """Return how a column of sex looks coded; numbers without labels are asked about."""
    values: dict[str, Sex] = {}
    missing, odd = [], []
    for value in {**counts, **labels}:
        sex = sex_of(labels.get(value, value))
        if sex is not None:
            values[value] = sex
        elif is_missing_word(labels.get(value, value)):
            missing.append(value)
        elif value in counts:
            odd.append(value)
    numbers = sorted(value for value in odd if _WHOLE.fullmatch(value))
    if len(numbers) == 2 and set(numbers) <= {"0", "1", "2"}:  # noqa: PLR2004 - a pair
        first, second = numbers
        return Coding(
            "unclear",
            values,
            tuple(missing),
            tuple(odd),
            tuple({first: one, second: two} for one, two in _PAIRS),
            (_asked_of_sex(numbers),),
        )
    kind: Kind = "labels" if any(value in labels for value in values) else "text"
    return Coding(kind if values else "none", values, tuple(missing), tuple(odd))


_PAIRS = (("male", "female"), ("female", "male"))


def _asked_of_sex(numbers: Sequence[str]) -> Message:
    if numbers == ["1", "2"]:
        return message(
            "1 is usually men and 2 women in Swedish registers; look how it is here, and choose"
        )
    return message(
        "{numbers} can mean either sex: look how it is here, and choose", numbers=", ".join(numbers)
    )


def age_coding(counts: Mapping[str, int]) -> Coding:
    """Return how a column of ages looks: whole years, or what cannot be read so."""
    missing, odd, remarks = [], [], []
    years = 0
    for value in counts:
        number = int(value) if _WHOLE.fullmatch(value) else None
        if number is not None and 0 <= number <= OLDEST:
            years += 1
        elif is_missing_word(value):
            missing.append(value)
        else:
            odd.append(value)
    if oldest := [value for value in _AGES_TOO[3:] if value in counts]:
        remarks.append(
            message(
                "{values} may be ages, or say that the age is missing: then put them under missing",
                values=", ".join(oldest),
            )
        )
    if odd and all(_WHOLE.fullmatch(v) and int(v) >= _FIRST_YEAR for v in odd):
        remarks.append(message("there are years of birth, perhaps; expected ages in whole years"))
    return Coding("codes" if years else "none", {}, tuple(missing), tuple(odd), (), tuple(remarks))
