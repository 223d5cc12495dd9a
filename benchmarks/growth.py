"""How much memory a table takes as it grows: from Parquet to Parquet, each in a process of its own.

The tables are made by `riskbehov simulate audit`. `riskbehov score audit` and Polars' pure rewrite
read and write some rows at a time; pandas holds the whole table, which `tables.score` scores.
`growth.py 100000000 FOLDER` goes on to so many rows (some minutes, and two gigabytes of disk) and
writes what it measured to FOLDER as a table and as a figure.
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from score_parquet import peak, rewrite

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
FEWEST = 100_000
MOST_IN_MEMORY = 10_000_000
"""Rows of a table that pandas is made to hold: ten times as many take more than a machine has."""
MEBIBYTES = 1024
"""The goal, whatever the number of rows."""
STYLES = (
    ("s--", "#009E73", -6),
    ("o-", "#0072B2", 0),
    ("^:", "#555555", 6),
    ("D-.", "#D55E00", 0),
)
"""Line, colour of the palette by Okabe and Ito, and by how much the name is lifted."""


class Peak(NamedTuple):
    """What an approach took: seconds, and memory in MiB at most."""

    approach: str
    rows: int
    seconds: float
    mebibytes: float


def simulate(rows: int, _source: Path, output: Path) -> None:
    """Make a table of so many people."""
    command("simulate", "audit", "-n", str(rows), "--random-state", "1", "-o", str(output))


def score(_rows: int, source: Path, output: Path) -> None:
    """Score a table, as a person at a terminal does."""
    command("score", "audit", str(source), "-o", str(output), "--sex", "sex", "--age", "age")


def command(*arguments: str) -> None:
    """Do what a command does, in this process."""
    from riskbehov.cli import main as riskbehov

    sys.argv = ["riskbehov", *arguments]
    try:
        riskbehov()
    except SystemExit as end:
        if end.code:
            raise


def rewrite_by_polars(_rows: int, source: Path, output: Path) -> None:
    """Write what is read."""
    rewrite(source, output)


def score_in_pandas(_rows: int, source: Path, output: Path) -> None:
    """Read the whole table, score it and write it."""
    import pandas as pd

    from riskbehov import tables

    frame = pd.read_parquet(source)
    tables.score(frame, "audit", sex="sex", age="age").to_parquet(output)


SCORE, SIMULATE = "riskbehov score audit", "riskbehov simulate audit"
REWRITE, IN_PANDAS = "Polars, pure rewrite", "pandas and riskbehov.tables.score"
APPROACHES: Mapping[str, Callable[[int, Path, Path], None]] = {
    SIMULATE: simulate,
    SCORE: score,
    REWRITE: rewrite_by_polars,
    IN_PANDAS: score_in_pandas,
}


def run(approach: str, rows: int, source: Path, output: Path) -> None:
    """Tell how long an approach takes in this process, from the start, and its peak."""
    start = time.perf_counter()
    APPROACHES[approach](rows, source, output)
    told = {"seconds": time.perf_counter() - start, "mebibytes": peak()}
    sys.stderr.write(f"\n{json.dumps(told)}")


def measured(approach: str, rows: int, source: Path, output: Path) -> Peak:
    """Return what an approach takes in a process of its own."""
    given = [str(ROWS), approach, str(rows), str(source), str(output)]
    process = [sys.executable, __file__, *given]
    said = subprocess.run(process, check=True, capture_output=True, text=True).stderr
    return Peak(approach, rows, **json.loads(said.rpartition("\n")[2]))


def peaks(folder: Path) -> Iterable[Peak]:
    """Yield what each approach takes, for more and more rows."""
    import pyarrow.parquet as pq

    rows = FEWEST
    while rows <= ROWS:
        source, output = folder / "made.parquet", folder / "out.parquet"
        yield measured(SIMULATE, rows, source, source)
        for approach in (SCORE, REWRITE, IN_PANDAS):
            if approach != IN_PANDAS or rows <= MOST_IN_MEMORY:
                yield measured(approach, rows, source, output)
                assert pq.read_metadata(output).num_rows == rows
        rows *= 10


def write(found: Iterable[Peak], folder: Path) -> None:
    """Write what was measured as a table and as a figure."""
    with (folder / "growth.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Peak._fields)
        writer.writerows(
            (p.approach, p.rows, round(p.seconds, 1), round(p.mebibytes)) for p in found
        )
    draw(found, folder / "growth.svg")


def draw(found: Iterable[Peak], output: Path) -> None:
    """Draw the memory of each approach by the number of rows."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "riskbehov", "font.size": 10}
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7.5, 4.5), layout="constrained")
    for approach, (style, colour, up) in zip(APPROACHES, STYLES, strict=True):
        of = [p for p in found if p.approach == approach]
        axes.plot([p.rows for p in of], [p.mebibytes for p in of], style, color=colour)
        end = of[-1].rows, of[-1].mebibytes
        axes.annotate(approach, end, (6, up), textcoords="offset points", va="center")
    axes.axhline(MEBIBYTES, color="0.6", linewidth=1)
    axes.annotate("1 GiB", (FEWEST, MEBIBYTES), (0, 4), textcoords="offset points")
    axes.set(xscale="log", yscale="log", xlabel="Rows", ylabel="Peak memory, MiB")
    axes.set_xlim(FEWEST / 1.5, ROWS * 25)
    axes.set_xticks([n for n in (FEWEST * 10**k for k in range(9)) if n <= ROWS])
    axes.minorticks_off()
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(output, metadata={"Date": None})


def main() -> None:
    """Measure, and write what was found where a folder is given."""
    with tempfile.TemporaryDirectory() as name:
        found = []
        print("| approach | rows | seconds | peak memory, MiB |\n|-|-|-|-|")
        for each in peaks(Path(name)):
            found.append(each)
            print(
                f"| {each.approach} | {each.rows:,} | {each.seconds:.1f} | {each.mebibytes:,.0f} |",
                flush=True,
            )
    if len(sys.argv) > 2:
        write(found, Path(sys.argv[2]))


if __name__ == "__main__":
    if len(sys.argv) > 3:
        run(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), Path(sys.argv[5]))
    else:
        main()
