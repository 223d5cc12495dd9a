"""A research table assessed row by row, against the same rows as so many cases, one by one.

The peer is the case path: a row made into a case and assessed, its plan included, which a table
does without. As limits: what it takes to read the columns, and to put as many columns beside them.
"""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
from _harness import Against, in_turns, show

from riskbehov.assessing import assess
from riskbehov.assessing.arrays import Ready, ready_assessment
from riskbehov.library import Library
from riskbehov.logic.tree import facts_in
from riskbehov.tables.engines import run_step
from riskbehov.tables.frames.bridge import Column, add, pick
from riskbehov.tables.frames.columns import column_of
from riskbehov.tables.recommendations.cases import case_of
from riskbehov.tables.recommendations.made import rule_column
from riskbehov.tables.recommendations.reading import read_rows
from riskbehov.tables.recommendations.recommending import RecommendStep, recommend_step

ROWS = 100_000
ALONE = 100  # of the rows are assessed one by one: all of them would take minutes
GAPS = 0.2  # of all cells


def main() -> None:
    """Measure the adult assessment over a frame of pandas and one of Polars."""
    library = Library.open()
    ready = ready_assessment(library, library.assessment("adult"))
    frame = table(ready, np.random.default_rng(1))
    step = recommend_step(list(frame), "adult", library, purpose="benchmark")
    other = pl.from_pandas(frame)
    require_same(frame, step)
    print(f"{ROWS:,} rows, {frame.shape[1]} columns in, {len(step.adds)} out")
    alone = [{n: frame[n].iloc[row] for n in step.layout.columns} for row in range(ALONE)]

    def one_by_one() -> None:
        for cells in alone:
            found = case_of(cells, step.layout, step.ready)
            assess(found.case, library, partly=found.partly)

    empty = [Column(spec, np.zeros(ROWS, spec.dtype)) for spec in step.adds]
    peer, panda, polar = "one by one, as cases", "pandas in, pandas out", "Polars in, Polars out"
    read, written = "only read", "only put beside"
    times = in_turns(
        {
            peer: one_by_one,
            panda: lambda: run_step(frame, step),
            polar: lambda: run_step(other, step),
            read: lambda: read_rows(pick(frame, step.needs), step.layout, step.ready),
            written: lambda: add(frame, empty),
        },
        turns=7,
        each={peer: ALONE, **dict.fromkeys((panda, polar, read, written), ROWS)},
    )
    goal = Against(peer, faster=500)
    against = {panda: [goal, Against(read), Against(written)], polar: [goal]}
    show("A row of a research table", times, against)


def table(ready: Ready, draw: np.random.Generator) -> pd.DataFrame:
    """Return a table with all that the rules ask for, and a running number."""
    asked = {fact.name for each in ready.book.rules for fact in facts_in(each.tree)}
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(draw.integers(0, 2300, ROWS), unit="D")
    columns: dict[str, Any] = {
        "lopnr": np.arange(ROWS),
        "age": pd.array(draw.integers(18, 70, ROWS), "UInt8"),
        "sex": pd.Categorical.from_codes(draw.integers(0, 3, ROWS), ["male", "female", "other"]),
        "date": days,
        "professional_risk": words(draw, ["low", "medium", "high"]),
    }
    for instrument in ready.instruments:
        for item in instrument.items:
            name = column_of(instrument.id, item.id)
            columns[name] = gaps(draw, draw.choice(instrument.legal(item), ROWS), "UInt8")
            if instrument.kind == "rating":
                columns[f"{name}_driver"] = gaps(draw, draw.random(ROWS) < 0.3, "boolean")
    for fact in ready.library.facts.values():
        if fact.id not in asked or fact.is_derived:
            continue
        ids = [value.id for value in fact.values]  # noqa: PD011 - no frame
        if fact.type == "set":
            for id_ in ids:
                name = column_of(fact.id, id_)
                columns[name] = gaps(draw, draw.random(ROWS) < 0.3, "boolean")
        elif fact.type == "bool":
            columns[fact.id] = gaps(draw, draw.random(ROWS) < 0.3, "boolean")
        else:
            columns[fact.id] = words(draw, ids)
    levels = words(draw, [level.id for level in ready.library.method("ls-cmi").levels])
    back = pd.to_timedelta(draw.integers(0, 600, ROWS), unit="D")
    dates = pd.Series(days - back).where(pd.Series(levels).notna())
    return pd.DataFrame(columns | {"ls_cmi_level": levels, "ls_cmi_date": dates.to_numpy()})


def gaps(draw: np.random.Generator, values: Any, dtype: str) -> Any:  # noqa: ANN401 - arrays
    """Return values of which some are missing."""
    found = pd.array(values, dtype=dtype)  # type: ignore[call-overload]
    found[draw.random(ROWS) < GAPS] = pd.NA
    return found


def words(draw: np.random.Generator, known: list[str]) -> pd.Categorical:
    """Return words of which some are missing."""
    return pd.Categorical.from_codes(draw.integers(-1, len(known), ROWS), known)


def require_same(frame: pd.DataFrame, step: RecommendStep) -> None:
    """Assert that the first rows come to what they come to as cases."""
    found, _ = run_step(frame, step)
    for row in range(ALONE):
        cells = {name: frame[name].iloc[row] for name in step.layout.columns}
        made = case_of(cells, step.layout, step.ready)
        result = assess(made.case, step.ready.library, partly=made.partly)
        assert found["risk_low"].iloc[row] == result.risk.low
        for verdict in result.verdicts:
            assert found[rule_column(verdict.rule.id)].iloc[row] == verdict.verdict


if __name__ == "__main__":
    main()
