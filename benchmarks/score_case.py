"""One AUDIT at a time: scored, and traced, against a bare loop over dictionaries.

The peer is what one would write by hand for this one form: the same checks of the codes, the same
skips, totals, domain sums and AUDIT-C, the number missing, the band by sex and the contradiction,
for answers by item id. It has no intervals, no states, no other cut-off sets, no steps.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

from _harness import Goal, in_turns, show

from riskbehov.library import Library
from riskbehov.models.instrument import Sex
from riskbehov.scoring import case, score, trace

CASES = 2000
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
    "male": (("I", 0, 7), ("II", 8, 15), ("III", 16, 19), ("IV", 20, 40)),
    "female": (("I", 0, 5), ("II", 6, 13), ("III", 14, 17), ("IV", 18, 40)),
}


def bare(answers: Answers, sex: str) -> dict[str, Any]:
    """Score an AUDIT the plain way."""
    codes = {}
    for name in answers:
        if name not in LEGAL:
            raise ValueError(name)
    for name, legal in LEGAL.items():
        code = answers.get(name)
        if code is not None and (isinstance(code, bool) or code not in legal):
            raise ValueError(name)
        codes[name] = code
    if all(code is None for code in codes.values()):
        raise ValueError
    drinks_in_spite = codes["1"] == 0 and any(codes[str(n)] for n in range(2, 9))
    if codes["1"] == 0 and not drinks_in_spite:
        for n in range(2, 9):
            if codes[str(n)] is None:
                codes[str(n)] = 0
    if codes["2"] == 0 and codes["3"] == 0 and not any(codes[str(n)] for n in range(4, 9)):
        for n in range(4, 9):
            if codes[str(n)] is None:
                codes[str(n)] = 0
    sums = {}
    for scale, items in SCALES.items():
        total = 0
        for name in items:
            total += codes[name] or 0
        sums[scale] = total
    missing = sum(code is None for code in codes.values())
    band = None
    if not missing:
        for name, low, high in BANDS[sex]:
            if low <= sums["total"] <= high:
                band = name
    return {**sums, "missing": missing, "band": band, "contradiction": drinks_in_spite}


def cases() -> list[tuple[Answers, Sex, int]]:
    """Return filled forms: one in twenty with a missing item, a third without any drinking."""
    draw = random.Random(1)  # noqa: S311
    made: list[tuple[Answers, Sex, int]] = []
    for _ in range(CASES):
        answers = {name: draw.choice(legal[: draw.randint(1, len(legal))]) for name, legal in LEGAL.items()}
        given: dict[str, int | None] = dict(answers)
        if draw.random() < 1 / 20:
            given[draw.choice(list(LEGAL))] = None
        made.append((given, draw.choice(("male", "female")), draw.randint(18, 80)))
    return made


def main() -> None:
    """Measure, once all approaches are seen to agree."""
    audit = Library.open().scored("audit")
    forms = cases()
    for answers, sex, age in forms:
        plain, found = bare(answers, sex), score(audit, answers, sex=sex, age=age)
        assert len(found.missing) == plain["missing"]
        assert plain["band"] in (None, found.bands["se-sex-specific"].ids[0])
        assert all(plain[s] == found.scales[s].low for s in SCALES) 

    def scored() -> None:
        for answers, sex, age in forms:
            score(audit, answers, sex=sex, age=age)

    def traced() -> None:
        for answers, sex, age in forms:
            trace(score(audit, answers, sex=sex, age=age))

    def plain() -> None:
        for answers, sex, _ in forms:
            bare(answers, sex)

    def unkept() -> None:
        for answers, sex, age in forms:
            case._finish.cache_clear()
            score(audit, answers, sex=sex, age=age)

    times = in_turns({"bare": plain, "score": scored, "score and trace": traced, "score, nothing kept": unkept}, rounds=25, per=CASES)
    show("One AUDIT", times, {"score and trace": Goal("bare", at_most=4), "score": Goal("bare", 1), "score, nothing kept": Goal("bare")})


if __name__ == "__main__":
    main()
