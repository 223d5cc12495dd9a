"""AUDIT and DUDIT of many people at once, against a plain sum and what one would write by hand.

Of the forms, 5 % have an item missing and 0.1 % an illegal code; all are adults of known sex. The
peers by hand give the same columns for a form without skips: every scale as an interval with its
state and the number missing, the bands by sex and the contradiction; ``totals`` leaves out the
intervals, so that an incomplete form has no total. `score_array.py 10000000` takes as many rows.
"""

import sys
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
from _harness import Against, in_turns, show

from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.scoring.arrays import (
    CERTAIN,
    INVALID,
    MISSING,
    OMITTED,
    PROVISIONAL,
    ScoreArrays,
    score_many,
)
from riskbehov.scoring.compiled import NONE

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
TURNS = 5
MEMORY = 16

Bytes = npt.NDArray[np.uint8]


class Plain(NamedTuple):
    """What one would know by heart of a form."""

    items: tuple[str, ...]
    coarse: tuple[str, ...]
    """Items whose codes are 0, 2 and 4."""
    scales: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, tuple[int, ...]]
    """For each sex where the second band begins, and the third, and so on."""
    uses: tuple[str, ...]
    """Items that must be 0 if the first is."""

    def legal(self, item: str) -> list[int]:
        """Return the codes of an item."""
        return [0, 2, 4] if item in self.coarse else [0, 1, 2, 3, 4]


A = tuple(f"a{n}" for n in range(1, 11))
D = tuple(f"d{n}" for n in range(1, 12))
FORMS = {
    "audit": Plain(
        A,
        A[8:],
        {"total": A, "consumption": A[:3], "dependence": A[3:6], "harm": A[6:], "audit-c": A[:3]},
        {"male": (8, 16, 20), "female": (6, 14, 18)},
        A[1:8],
    ),
    "dudit": Plain(
        D,
        D[9:],
        {"total": D, "use": D[:4], "dependence": D[4:8], "problem": D[8:], "dudit-c": D[:4]},
        {"male": (6, 25), "female": (2, 25)},
        D[1:4],
    ),
}
SETS = {"audit": "se-sex-specific", "dudit": "adult"}
CONTRADICTION = {"audit": "item-1-zero-but-drinking", "dudit": "item-1-zero-but-use"}


class People(NamedTuple):
    """The columns of all people."""

    codes: Bytes
    sex: Bytes
    age: Bytes


def some_people() -> People:
    """Return people with more low codes than high ones, in the shares that the docstring says."""
    draw = np.random.default_rng(1)
    codes = np.empty((len(A) + len(D), ROWS), np.uint8)
    for row, item in zip(codes, (*A, *D), strict=True):
        may_be = [0, 0, 2, 4] if item in (*A[8:], *D[9:]) else [0, 0, 0, 1, 2, 3, 4]
        row[:] = draw.choice(np.array(may_be, np.uint8), ROWS)
    for share, code in ((0.05, MISSING), (0.001, 7)):
        hit = np.flatnonzero(draw.random(ROWS) < share)
        codes[draw.integers(0, len(codes), hit.size), hit] = code
    sex, age = draw.integers(0, 2, ROWS), draw.integers(18, 90, ROWS)
    return People(codes, sex.astype(np.uint8), age.astype(np.uint8))


INSTRUMENTS: dict[str, ScoredInstrument] = {name: Library.open().scored(name) for name in FORMS}


def kernel(people: People, *, threads: int = 1, form: str | None = None) -> dict[str, ScoreArrays]:
    """Score both forms by the array scorer."""
    parts = {"audit": people.codes[: len(A)], "dudit": people.codes[len(A) :]}
    return {
        name: score_many(
            INSTRUMENTS[name],
            codes,
            sex=people.sex,
            age=people.age,
            form=form,
            bands=[SETS[name]],
            threads=threads,
        )
        for name, codes in parts.items()
    }


def by_pandas(frame: pd.DataFrame, *, intervals: bool = True) -> pd.DataFrame:
    """Score both forms the plain way in pandas, whose gaps make floats of all codes."""
    out: dict[str, pd.Series] = {}
    for name, form in FORMS.items():
        answers = frame[list(form.items)]
        legal = [answers[i].isna() | answers[i].isin(form.legal(i)) for i in form.items]
        valid = out[f"{name}_valid"] = pd.concat(legal, axis=1).all(axis=1)
        filled = {"low": answers.fillna(0), "high": answers.fillna(4)}
        for end, codes in filled.items() if intervals else [("low", answers)]:
            for scale, items in form.scales.items():
                added = codes[list(items)].sum(axis=1, skipna=False)
                out[f"{name}_{scale}_{end}"] = added.where(valid)
            total = out[f"{name}_total_{end}"]
            out[f"{name}_band_{end}"] = _cut(frame, total, form.limits)
        for scale, items in form.scales.items() if intervals else [("total", form.items)]:
            out[f"{name}_{scale}_missing"] = answers[list(items)].isna().sum(axis=1)
            if intervals:
                out[f"{name}_{scale}_state"] = _state(out, name, scale, len(items))
        uses = (answers[list(form.uses)] > 0).any(axis=1)
        out[f"{name}_contradiction"] = valid & (answers[form.items[0]] == 0) & uses
    return pd.DataFrame(out)


def _cut(frame: pd.DataFrame, total: pd.Series, limits: Mapping[str, Sequence[int]]) -> pd.Series:
    band = pd.Series(np.nan, index=frame.index)
    for sex, starts in limits.items():
        here = (frame["sex"] == sex) & (frame["age"] >= 18)
        bins = [0, *starts, np.inf]
        band[here] = pd.cut(total[here], bins, right=False, labels=False)
    return band


def _state(out: Mapping[str, pd.Series], name: str, scale: str, items: int) -> pd.Series:
    """Return a scale's state as its number; by the band where the total has one."""
    missing = out[f"{name}_{scale}_missing"]
    certain = missing == 0
    if scale == "total":
        low, high = out[f"{name}_band_low"], out[f"{name}_band_high"]
        certain |= low == high
    state = np.select([missing == items, certain], [OMITTED, CERTAIN], PROVISIONAL)
    return pd.Series(np.where(out[f"{name}_valid"], state, INVALID), index=missing.index)


def by_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """Score both forms by Polars expressions."""
    summed = frame.with_columns(each for name in FORMS for each in _sums(name))
    cut = summed.with_columns(each for name in FORMS for each in _bands(name))
    stated = cut.with_columns(each for name in FORMS for each in _states(name))
    return stated.drop(*A, *D, "sex", "age")


def _sums(name: str) -> Iterator[pl.Expr]:
    form = FORMS[name]
    legal = (pl.col(i).is_null() | pl.col(i).is_in(form.legal(i)) for i in form.items)
    valid = pl.all_horizontal(legal)
    yield valid.alias(f"{name}_valid")
    for scale, items in form.scales.items():
        for end, code in (("low", 0), ("high", 4)):
            added = pl.sum_horizontal(pl.col(i).fill_null(code) for i in items)
            yield pl.when(valid).then(added).alias(f"{name}_{scale}_{end}")
        missing = pl.sum_horizontal(pl.col(i).is_null() for i in items)
        yield missing.alias(f"{name}_{scale}_missing")
    uses = pl.any_horizontal((pl.col(i) > 0).fill_null(value=False) for i in form.uses)
    never = (pl.col(form.items[0]) == 0).fill_null(value=False)
    yield (valid & never & uses).alias(f"{name}_contradiction")


def _bands(name: str) -> Iterator[pl.Expr]:
    for end in ("low", "high"):
        total, band = pl.col(f"{name}_total_{end}"), pl.lit(None, pl.UInt8)
        for sex, starts in FORMS[name].limits.items():
            here = (pl.col("sex") == sex) & (pl.col("age") >= 18) & total.is_not_null()
            reached = pl.sum_horizontal((total >= start).cast(pl.UInt8) for start in starts)
            band = pl.when(here).then(reached).otherwise(band)
        yield band.alias(f"{name}_band_{end}")


def _states(name: str) -> Iterator[pl.Expr]:
    for scale, items in FORMS[name].scales.items():
        missing = pl.col(f"{name}_{scale}_missing")
        certain = missing == 0
        if scale == "total":
            same = pl.col(f"{name}_band_low") == pl.col(f"{name}_band_high")
            certain |= same.fill_null(value=False)
        state = pl.when(missing == len(items)).then(OMITTED).when(certain).then(CERTAIN)
        known = pl.when(pl.col(f"{name}_valid")).then(state.otherwise(PROVISIONAL))
        yield known.otherwise(INVALID).cast(pl.UInt8).alias(f"{name}_{scale}_state")


def frames(people: People) -> tuple[pd.DataFrame, pl.DataFrame]:
    """Return the people as the frames that one reads from a file."""
    names = (*A, *D)
    sex = np.array(["male", "female"])[people.sex]
    columns = dict(zip(names, people.codes, strict=True))
    floats = {n: np.where(c == MISSING, np.nan, c.astype(np.float64)) for n, c in columns.items()}
    pandas = pd.DataFrame({**floats, "sex": sex, "age": people.age.astype(np.int64)})
    small = {n: pl.Series(n, c).replace(MISSING, None) for n, c in columns.items()}
    polars = pl.DataFrame({**small, "sex": sex, "age": people.age})
    return pandas, polars.with_columns(pl.col("sex").cast(pl.Categorical))


def require_agreement(found: Mapping[str, ScoreArrays], plain: pd.DataFrame) -> None:
    """Require that a peer by hand says the same of all rows."""
    for name, arrays in found.items():
        one = {c.removeprefix(f"{name}_"): plain[c].to_numpy() for c in plain if name in c}
        told = arrays.told
        assert np.array_equal(one["valid"], arrays.state != INVALID)
        assert np.array_equal(one["total_missing"][told], arrays.missing[told])
        for scale, has in arrays.scales.items():
            for end in ("low", "high", "missing", "state"):
                assert np.array_equal(one[f"{scale}_{end}"][told], getattr(has, end)[told])
        for end, bands in zip(("low", "high"), arrays.bands[SETS[name]], strict=True):
            band = np.where(np.isnan(one[f"band_{end}"]), NONE, one[f"band_{end}"])
            assert np.array_equal(band[told], bands[told])
        flags = [flag.id for flag in arrays.instrument.flags]
        raised = arrays.flags >> flags.index(CONTRADICTION[name]) & 1
        assert np.array_equal(one["contradiction"], raised.astype(np.bool_))


def require_totals(plain: pd.DataFrame, totals: pd.DataFrame) -> None:
    """Require that the totals alone are those of the complete forms."""
    for name, form in FORMS.items():
        complete = plain[f"{name}_total_missing"] == 0
        for column in (*(f"{scale}_low" for scale in form.scales), "band_low"):
            one, other = plain[f"{name}_{column}"], totals[f"{name}_{column}"]
            assert one[complete].equals(other[complete])


def scratch(people: People, threads: int) -> float:
    """Return the MiB that are needed beyond those of the scores."""
    tracemalloc.start()
    found = kernel(people, threads=threads)
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    return (peak - now) / 2**20


def main() -> None:
    """Measure, once all are seen to agree."""
    people = some_people()
    pandas, polars = frames(people)
    plain = by_pandas(pandas)
    require_agreement(kernel(people, form="paper"), plain)
    require_agreement(kernel(people, form="paper", threads=2), by_polars(polars).to_pandas())
    require_totals(plain, by_pandas(pandas, intervals=False))
    times = in_turns(
        {
            "numpy.sum": lambda: np.sum(people.codes, axis=0),
            "score_many": lambda: kernel(people),
            "score_many, two threads": lambda: kernel(people, threads=2),
            "Polars expressions": lambda: by_polars(polars),
            "pandas": lambda: by_pandas(pandas),
            "pandas, totals": lambda: by_pandas(pandas, intervals=False),
        },
        turns=TURNS,
    )
    by_hand = [Against("pandas, totals"), Against("Polars expressions")]
    show(
        f"AUDIT and DUDIT, {ROWS:,} rows",
        times,
        {
            "score_many": [
                Against("numpy.sum", at_most=5),
                Against("pandas", faster=15),
                *by_hand,
            ],
            "score_many, two threads": [Against("numpy.sum", at_most=3), *by_hand],
        },
    )
    for threads in (1, 2):
        print(f"\nScratch memory, {threads} threads: {scratch(people, threads):.1f} MiB", end="")
        print(f" (goal: at most {MEMORY})", end="")
    print()


if __name__ == "__main__":
    main()
