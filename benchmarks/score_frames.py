"""AUDIT and DUDIT of many people, from frame to frame, against what one would write by hand.

The people and the peers are those of `score_array.py`: 5 % of the rows have an item missing and
0.1 % an illegal code. The peers of pandas and Polars are measured twice: with the intervals, states
and numbers missing that a scored table has, and with the totals, bands and contradictions alone.
The frames that come out hold all columns that went in, and all scores. `score_frames.py 10000000`
takes as many rows; more memory than before is what the process had at most meanwhile.
"""

import ctypes
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from _harness import Against, in_turns, show
from score_array import (
    FORMS,
    INSTRUMENTS,
    ROWS,
    SETS,
    A,
    by_pandas,
    by_polars,
    frames,
    some_people,
)

from riskbehov import tables

TURNS = {"pandas": 5 if ROWS < 5_000_000 else 1, "Polars": 5, "pyarrow": 5}
PROCESS = Path("/proc/self")


def scored(frame: Any) -> Any:  # noqa: ANN401 - a frame of some library
    """Score both forms."""
    for name, form in FORMS.items():
        frame = tables.score(
            frame, INSTRUMENTS[name], items=form.items, sex="sex", age="age", form="paper"
        )
    return frame


def totals_by_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """Score both forms by Polars expressions, the totals, bands and contradictions alone."""
    summed = frame.with_columns(each for name in FORMS for each in _totals(name))
    return summed.with_columns(_band(name) for name in FORMS)


def _totals(name: str) -> Any:  # noqa: ANN401 - expressions
    form = FORMS[name]
    legal = (pl.col(i).is_null() | pl.col(i).is_in(form.legal(i)) for i in form.items)
    valid = pl.all_horizontal(legal)
    yield valid.alias(f"{name}_valid")
    for scale, items in form.scales.items():
        added = pl.sum_horizontal((pl.col(i) for i in items), ignore_nulls=False)
        yield pl.when(valid).then(added).alias(f"{name}_{scale}_low")
    missing = pl.sum_horizontal(pl.col(i).is_null() for i in form.items)
    yield missing.alias(f"{name}_total_missing")
    uses = pl.any_horizontal((pl.col(i) > 0).fill_null(value=False) for i in form.uses)
    never = (pl.col(form.items[0]) == 0).fill_null(value=False)
    yield (valid & never & uses).alias(f"{name}_contradiction")


def _band(name: str) -> pl.Expr:
    total, band = pl.col(f"{name}_total_low"), pl.lit(None, pl.UInt8)
    for sex, starts in FORMS[name].limits.items():
        here = (pl.col("sex") == sex) & (pl.col("age") >= 18) & total.is_not_null()
        reached = pl.sum_horizontal((total >= start).cast(pl.UInt8) for start in starts)
        band = pl.when(here).then(reached).otherwise(band)
    return band.alias(f"{name}_band_low")


def require_agreement(found: pd.DataFrame, plain: pd.DataFrame) -> None:
    """Require that a peer by hand says the same as a scored table, where both say something."""
    for name, form in FORMS.items():
        state = found[f"{name}_state"]
        assert (plain[f"{name}_valid"] == (state != "invalid")).all()
        told = ~state.isin(["invalid", "omitted"])
        for scale in form.scales:
            for end in ("low", "high", "missing", "state"):
                own = found[f"{name}_{scale.replace('-', '_')}_{end}"]
                if f"{name}_{scale}_{end}" in plain:
                    _require_same(own, plain[f"{name}_{scale}_{end}"], told)
        for end in ("low", "high"):
            if f"{name}_band_{end}" in plain:
                own = found[f"{name}_{SETS[name].replace('-', '_')}_{end}"]
                _require_same(own, plain[f"{name}_band_{end}"], told)


def _require_same(own: pd.Series, other: pd.Series, told: pd.Series) -> None:
    """Require the same numbers where there are some; of an incomplete form a peer may have none."""
    if isinstance(own.dtype, pd.CategoricalDtype):
        own = own.cat.codes.astype("Int64").replace(-1, pd.NA)
    mine = own[told].to_numpy(np.float64, na_value=np.nan)
    theirs = other[told].to_numpy(np.float64, na_value=np.nan)
    assert (np.isnan(theirs) | (mine == theirs)).all()
    assert np.isnan(theirs).mean() < 0.06


def approaches(library: str) -> Mapping[str, Callable[[], object]]:
    """Return the ways to score with a library; ours is the first."""
    pandas, polars = frames(some_people())
    table: pa.Table = polars.to_arrow()
    every: dict[str, Mapping[str, Callable[[], object]]] = {
        "pandas": {
            "pandas in, pandas out": lambda: scored(pandas),
            "pandas": lambda: by_pandas(pandas),
            "pandas, totals": lambda: by_pandas(pandas, intervals=False),
        },
        "Polars": {
            "Polars in, Polars out": lambda: scored(polars),
            "Polars expressions": lambda: by_polars(polars),
            "Polars expressions, totals": lambda: totals_by_polars(polars),
        },
        "pyarrow": {"pyarrow in, pyarrow out": lambda: scored(table)},
    }
    return every[library]


def measure(library: str, **goals: float) -> None:
    """Measure the time of the approaches with one library, and the memory of each by itself."""
    every = approaches(library)
    ours, *peers = every
    times = in_turns(every, turns=TURNS[library])
    against = [Against(peer, **goals) for peer in peers]
    show(f"AUDIT and DUDIT, {ROWS:,} rows, {library}", times, {ours: against})
    for name in every:
        subprocess.run([sys.executable, __file__, str(ROWS), library, name], check=True)


def tell_memory(library: str, name: str) -> None:
    """Print by how much memory grew at most, in a process of its own that has only the frames."""
    approach = approaches(library)[name]
    tables.score(pl.DataFrame({i: [0] for i in A}), INSTRUMENTS["audit"], items=A)
    ctypes.CDLL(None).malloc_trim(0)
    (PROCESS / "clear_refs").write_text("5")  # the peak is counted anew
    before = _mebibytes("VmRSS")
    approach()
    print(f"{name}: {_mebibytes('VmHWM') - before:,.0f} MiB more at most")


def _mebibytes(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+)", (PROCESS / "status").read_text())
    assert found
    return int(found[1]) / 1024


def main() -> None:
    """Measure, once all are seen to agree."""
    pandas, polars = frames(some_people())
    found = scored(pandas)
    require_agreement(found, by_pandas(pandas))
    require_agreement(found, by_pandas(pandas, intervals=False))
    require_agreement(found, by_polars(polars).to_pandas())
    require_agreement(found, totals_by_polars(polars).to_pandas())
    arrow = pl.DataFrame(scored(polars.to_arrow()))
    assert arrow.cast({pl.Categorical: pl.String}).equals(
        scored(polars).cast({pl.Categorical: pl.String, pl.Enum: pl.String})
    )
    del pandas, polars, found, arrow
    measure("pandas", faster=4 if ROWS < 5_000_000 else 3)
    measure("Polars", faster=1.3)
    measure("pyarrow")


if __name__ == "__main__":
    tell_memory(*sys.argv[2:]) if len(sys.argv) > 2 else main()
