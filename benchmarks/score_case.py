"""One AUDIT at a time: scored, and traced, against a bare loop over dictionaries.

The peer is what one would write by hand for this one form: the same checks of the codes, the same
skips, totals, domain sums and AUDIT-C, the number missing, the band by sex and the contradiction.
It has no intervals, no states, no other cut-off sets and no steps.
"""

import random
from collections.abc import Mapping
from typing import Any

from _harness import Against, in_turns, show

from riskbehov.library import Library
from riskbehov.models.instrument import Sex
from riskbehov.scoring import score, trace
from riskbehov.scoring.case import finish

CASES = 500
Answers = Mapping[str, int | None]

LEGAL = {str(n): (0, 1, 2, 3, 4) if n <= 8 else (0, 2, 4) for n in range(1, 11)}
SCALES = {
    "total": tuple(LEGAL),
    "consumption": ("1", "2", "3"),
    "dependence": ("4", "5", "6"),
    "harm": ("7", "8", "9", "10"),
    "audit-c": ("1", "2", "3"),
}
BANDS = {
    "male": {"I": (0, 7), "II": (8, 15), "III": (16, 19), "IV": (20, 40)},
    "female": {"I": (0, 5), "II": (6, 13), "III": (14, 17), "IV": (18, 40)},
}


def bare(answers: Answers, sex: Sex) -> dict[str, Any]:  # noqa: C901, PLR0912 - plain on purpose
    """Score an AUDIT the plain way."""
    for name in answers:
        if name not in LEGAL:
            raise ValueError(name)
    codes = {}
    for name, legal in LEGAL.items():
        code = answers.get(name)
        if code is not None and (isinstance(code, bool) or code not in legal):
            raise ValueError(name)
        codes[name] = code
    if all(code is None for code in codes.values()):
        raise ValueError
    contradiction = codes["1"] == 0 and any(codes[str(n)] for n in range(2, 9))
    if codes["1"] == 0 and not contradiction:
        for n in range(2, 9):
            codes[str(n)] = 0
    if codes["2"] == codes["3"] == 0 and not any(codes[str(n)] for n in range(4, 9)):
        for n in range(4, 9):
            codes[str(n)] = 0
    found: dict[str, Any] = {}
    for scale, items in SCALES.items():
        found[scale] = 0
        for name in items:
            found[scale] += codes[name] or 0
    found["missing"] = sum(code is None for code in codes.values())
    found["band"] = None
    if not found["missing"]:
        for band, (low, high) in BANDS[sex].items():
            if low <= found["total"] <= high:
                found["band"] = band
    found["contradiction"] = contradiction
    return found


def some_forms() -> list[tuple[Answers, Sex, int]]:
    """Return forms with more low codes than high ones, one in twenty with an item missing."""
    draw = random.Random(1)
    forms: list[tuple[Answers, Sex, int]] = []
    sexes: tuple[Sex, Sex] = ("male", "female")
    for _ in range(CASES):
        codes: dict[str, int | None] = {
            name: draw.choice(legal[: draw.randint(1, len(legal))]) for name, legal in LEGAL.items()
        }
        if draw.random() < 1 / 20:
            codes[draw.choice(list(LEGAL))] = None
        forms.append((codes, draw.choice(sexes), draw.randint(18, 80)))
    return forms


def main() -> None:
    """Measure, once both are seen to agree."""
    audit = Library.open().scored("audit")
    forms = some_forms()
    for answers, sex, age in forms:
        plain, found = bare(answers, sex), score(audit, answers, sex=sex, age=age)
        assert len(found.missing) == plain["missing"]
        bands = found.bands["se-sex-specific"]
        assert bands is not None
        assert plain["band"] in (None, *bands.ids)
        assert all(plain[scale] == found.scales[scale].low for scale in SCALES)
        assert plain["contradiction"] == any(
            "zero" in r.flag.id for r in found.flags if r.is_certain
        )

    def plainly() -> None:
        for answers, sex, _ in forms:
            bare(answers, sex)

    def scored() -> None:
        for answers, sex, age in forms:
            score(audit, answers, sex=sex, age=age)

    def traced() -> None:
        for answers, sex, age in forms:
            trace(score(audit, answers, sex=sex, age=age))

    def scored_anew() -> None:
        for answers, sex, age in forms:
            finish.cache_clear()
            score(audit, answers, sex=sex, age=age)

    times = in_turns(
        {
            "a bare loop": plainly,
            "score": scored,
            "score and trace": traced,
            "score, nothing kept from other forms": scored_anew,
        },
        turns=101,
        each=CASES,
    )
    bare_loop = Against("a bare loop")
    show(
        "One AUDIT",
        times,
        {
            "score": [bare_loop],
            "score and trace": [Against("a bare loop", at_most=4)],
            "score, nothing kept from other forms": [bare_loop],
        },
    )


if __name__ == "__main__":
    main()
