"""Answers in words, in Swedish and English: which code of an item a text means.

A text is reduced to marks: what tells answers apart (numbers, periods, least and most, yes and
no), with the same mark for the same thing however it is said. It means a code if the label that
the instrument has for the code is reduced to the same marks, and no other label is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from riskbehov.models.instrument import Anchor, Sex
from riskbehov.tables.frames.letters import plain

Marks: TypeAlias = frozenset[str]

_DASH = "[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]"
_MARKS: Sequence[tuple[str, str]] = (
    (r"i stort sett|nastan|sa gott som|almost|nearly|practically|virtually", "nearly"),
    (r"(?:mer sallan|mindre|farre) an|less (?:often )?than|fewer than", "less"),
    (r"(?:mer|fler|oftare) an|more (?:often )?than", "more"),
    (r"(?:eller|or|och|and) (?:mer sallan|mindre|farre|less(?: often)?|fewer)", "most"),
    (r"(?:eller|or|och|and) (?:mer|fler|oftare|more(?: often)?)", "least"),
    (r"minst|atminstone|at least", "least"),
    (r"hogst|som mest|at most|no more than|max(?:imalt|imum)?", "most"),
    (r"fore|before|men inte|but not", "before"),
    (r"senaste|last|past", "last"),
    (r"12 (?:manaderna|manader|months?)", "year"),
    (r"dagligen|dag(?:ar|en)?|daily|days?", "day"),
    (r"veckovis|vecka|veckan|veckor|weekly|weeks?", "week"),
    (r"manatligen|manadsvis|manad(?:en|er)?|man|monthly|months?", "month"),
    (r"arligen|ar(?:et|en)?|yearly|years?", "year"),
    (r"aldrig|never", "never"),
    (r"ingen|inga|inget|noll|none|zero", "0"),
    (r"ja|yes|sant|true", "yes"),
    (r"nej|no|falskt|false", "no"),
    (r"en|ett|one|once", "1"),
    (r"tva|two|twice", "2"),
    (r"tre|three", "3"),
    (r"fyra|four", "4"),
    (r"fem|five", "5"),
    (r"sex|six", "6"),
    (r"sju|seven", "7"),
    (r"nio|nine", "9"),
    (r"tio|ten", "10"),
    (r"gang(?:er|en)?|ggr|times?|glas|glass|glasses|standardglas|drinks?", ""),
    (r"varje|var|every|each|a|an|i|in|pa|om|per|the|det|den|de|under|during|within", ""),
    (r"eller|or|till|to|men|but", ""),
)
"""What is said in several ways with its one mark, and nothing for what tells no answers apart."""
_PLUS = re.compile(r"(?<=[0-9])\s*\+")
_NUMBERED = re.compile(rf"\(?(\d{{1,2}})\)?\s*(?:[.:=)\]]|\s{_DASH}(?=\s)|{_DASH}\s)\s*(?=\S)")

_MISSING = frozenset(
    {
        *("na", "n a", "nan", "na n", "null", "num", "value", "missing", "sysmis", "bortfall"),
        *("saknas", "uppgift saknas", "data saknas", "svar saknas", "internt bortfall"),
        *("ej svar", "inget svar", "inte svarat", "ej besvarad", "ej besvarat", "obesvarad"),
        *("obesvarat", "ej ifylld", "ej ifyllt", "ej tillampligt", "ej tillamplig", "ej aktuellt"),
        *("vet ej", "vet inte", "vill ej svara", "vill inte svara", "vagrar", "vagrar svara"),
        *("okand", "okant", "oklart", "uppgift saknas vet ej", "no answer", "not answered"),
        *("unanswered", "no response", "don t know", "dont know", "do not know", "refused"),
        *("declined", "prefer not to answer", "prefer not to say", "not applicable", "unknown"),
        *("not known", "unclear", "missing data", "no data", "skipped"),
        # HL7's null flavors, which REDCap suggests as missing data codes, and their names
        *("ni", "unk", "asku", "nask", "nav", "navu", "msk", "no information", "not asked"),
        *("asked but unknown", "temporarily unavailable", "not available", "masked"),
    }
)
_MISSING_NUMBERS = frozenset(
    {
        *("7", "8", "9", "77", "88", "97", "98", "99", "777", "888", "998", "999", "9999"),
        *("-1", "-2", "-7", "-8", "-9", "-77", "-88", "-99", "-777", "-888", "-999", "-9999"),
    }
)
_MASK = "\u2022"
_SEXES: Mapping[Sex, frozenset[str]] = {
    "male": frozenset(
        {"m", "man", "male", "pojke", "kille", "herre", "boy", "men", "mannen"}
        | {"man eller pojke", "man or boy"}
    ),
    "female": frozenset(
        {"k", "f", "kvinna", "kv", "female", "flicka", "tjej", "dam", "girl", "woman", "women"}
        | {"kvinna eller flicka", "woman or girl"}
    ),
    "other": frozenset(
        {"other", "annat", "annan", "annat kon", "icke binar", "ickebinar", "non binary"}
        | {"nonbinary", "x", "another sex"}
    ),
    "unknown": frozenset(
        {"unknown", "okant", "okand", "uppgift saknas", "saknas", "vet ej", "not known"}
    ),
}


def is_missing_word(value: str) -> bool:
    """Tell whether a value is usual for saying that there is no answer; it may still be one."""
    is_sign = not plain(value) and _MASK not in value  # something stood there that was masked
    return value in _MISSING_NUMBERS or plain(value) in _MISSING or is_sign


def sex_of(value: str) -> Sex | None:
    """Return the sex that a word usually means; nothing for a number, which depends on who wrote.

    >>> sex_of("Kvinna"), sex_of("M"), sex_of("1")
    ('female', 'male', None)
    """
    return next((sex for sex, words in _SEXES.items() if plain(value) in words), None)


def marks(text: str) -> Marks:
    """Return what tells a text apart from other answers.

    >>> sorted(marks("Fyra gånger i veckan eller mer")), sorted(marks("minst 4 ggr/vecka"))
    (['4', 'least', 'week'], ['4', 'least', 'week'])
    """
    said = f" {plain(_PLUS.sub(' minst ', text))} "
    for pattern, mark in _MARKS:
        said = re.sub(rf"(?<= )(?:{pattern})(?= )", f" {mark} ".replace("  ", " "), said)
        said = f" {' '.join(said.split())} "
    said = re.sub(r" 1(?= (?:day|week|month|year) )", "", said)
    found = set(said.split())
    numbers = sorted(int(mark) for mark in found if mark.isdigit())
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:  # noqa: PLR2004 - 7, 8, 9
        found -= {str(number) for number in numbers[1:-1]}
    return frozenset(found)


class Meant(NamedTuple):
    """The code that a text means."""

    code: int
    number: int | None
    """The number that stands before the text."""


class Labels:
    """The labels of an item's codes, as texts are held against them."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        """Take the codes of an item with their labels."""
        by_marks: dict[Marks, set[int]] = {}
        for anchor in anchors:
            for label in (anchor.sv, anchor.en):
                for way in _ways(label):
                    by_marks.setdefault(marks(way), set()).add(anchor.code)
        codes = sorted(anchor.code for anchor in anchors)
        if codes == [0, 1]:
            by_marks.setdefault(marks("no"), set()).add(0)
            by_marks.setdefault(marks("yes"), set()).add(1)
        self._codes = {m: next(iter(c)) for m, c in by_marks.items() if m and len(c) == 1}

    def meant(self, text: str) -> Meant | None:
        """Return the code that a text means, if it means one."""
        if (code := self._codes.get(marks(text))) is not None:
            return Meant(code, None)
        found = _NUMBERED.match(text)
        if found is None:
            return None
        code = self._codes.get(marks(text[found.end() :]))
        return None if code is None else Meant(code, int(found[1]))


def _ways(label: str) -> Iterator[str]:
    """Yield a label whole, without what stands in brackets, and up to its first comma."""
    yield label
    yield re.sub(r"\([^)]*\)", " ", label)
    yield label.partition(",")[0]
