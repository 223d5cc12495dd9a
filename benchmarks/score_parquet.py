"""AUDIT and DUDIT of many people, from Parquet file to Parquet file, against a pure rewrite.

The people are those of `score_array.py`. The limit is Polars, which reads the same file and writes
the same columns; ours writes them with all scores beside, 60 columns more for both forms and 29 for
AUDIT alone. The peers are Polars expressions and DuckDB's SQL: `totals` are the totals, bands and
contradictions alone, and `results` writes no other columns. Each runs in a process of its own,
since its peak memory is told too, for several numbers of rows. `score_parquet.py 10000000` takes as
many rows.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from _harness import Against, show

if TYPE_CHECKING:
    import polars as pl

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
TURNS = 5 if ROWS < 5_000_000 else 3
MOST_MEMORY = 512
PEOPLE: Any = {"sex": "sex", "age": "age", "form": "paper", "on_illegal": "flag"}
FORMS = {"audit": "a{item}", "dudit": "d{item}"}


def both_forms(source: Path, output: Path) -> None:
    """Score both forms in one go."""
    from riskbehov.library import Library
    from riskbehov.tables.files.opening import open_sink, open_source
    from riskbehov.tables.jobs.streaming import stream, through
    from riskbehov.tables.scores.arguments import score_step

    library, table = Library.open(), open_source(source)
    steps = [score_step(library.scored(n), items=i, **PEOPLE) for n, i in FORMS.items()]
    schema = through(table.schema.empty_table(), steps)[0].schema
    specs = [spec for step in steps for spec in step.adds]
    with open_sink(output, schema, like=table, specs=specs) as sink:
        stream(table, steps, sink.write)


def one_form(source: Path, output: Path) -> None:
    """Score AUDIT, as the command line does."""
    from riskbehov.tables.jobs.score import score_file

    score_file(source, "audit", output, items=FORMS["audit"], **PEOPLE)


def rewrite(source: Path, output: Path) -> None:
    """Write what is read."""
    import polars as pl

    pl.scan_parquet(source).sink_parquet(output)


def by_polars(source: Path, output: Path) -> None:
    """Score both forms by Polars expressions."""
    from score_array import by_polars as scored

    _sink(scored, source, output)


def totals_by_polars(source: Path, output: Path) -> None:
    """Score both forms by Polars expressions, the totals, bands and contradictions alone."""
    from score_frames import totals_by_polars as scored

    _sink(scored, source, output)


def _sink(scored: Callable[[Any], "pl.LazyFrame"], source: Path, output: Path) -> None:
    import polars as pl

    scored(pl.scan_parquet(source)).sink_parquet(output)


def totals_by_duckdb(source: Path, output: Path) -> None:
    """Score both forms by DuckDB's SQL, the totals, bands and contradictions alone."""
    import duckdb
    from score_array import FORMS as PLAIN

    query = f"FROM '{source}'"
    for level in (_valid, _totals, _bands):
        made = [f'{sql} AS "{name}"' for form in PLAIN for name, sql in level(form, PLAIN[form])]
        query = f"FROM (SELECT *, {', '.join(made)} {query})"
    duckdb.sql(f"COPY ({query}) TO '{output}' (FORMAT parquet, COMPRESSION zstd)")


Sql: TypeAlias = Iterator[tuple[str, str]]


def _valid(name: str, form: Any) -> Sql:  # noqa: ANN401 - of score_array
    legal = (f"({i} IS NULL OR {i} IN ({', '.join(map(str, form.legal(i)))}))" for i in form.items)
    yield f"{name}_valid", " AND ".join(legal)


def _totals(name: str, form: Any) -> Sql:  # noqa: ANN401
    for scale, items in form.scales.items():
        yield f"{name}_{scale}_low", f"CASE WHEN {name}_valid THEN {' + '.join(items)} END"
    missing = (f"({i} IS NULL)::UTINYINT" for i in form.items)
    yield f"{name}_total_missing", " + ".join(missing)
    uses = " OR ".join(f"coalesce({i}, 0) > 0" for i in form.uses)
    never = f"coalesce({form.items[0]} = 0, false)"
    yield f"{name}_contradiction", f"{name}_valid AND {never} AND ({uses})"


def _bands(name: str, form: Any) -> Sql:  # noqa: ANN401
    cases = (
        f"WHEN sex = '{sex}' AND age >= 18 THEN "
        + " + ".join(f"({name}_total_low >= {start})::UTINYINT" for start in starts)
        for sex, starts in form.limits.items()
    )
    yield f"{name}_band_low", f"CASE {' '.join(cases)} END"


LIMIT, OURS, AUDIT = "Polars, pure rewrite", "riskbehov, both forms", "riskbehov score audit"
APPROACHES: Mapping[str, Callable[[Path, Path], None]] = {
    LIMIT: rewrite,
    OURS: both_forms,
    AUDIT: one_form,
    "Polars expressions, results": by_polars,
    "Polars expressions, totals": totals_by_polars,
    "DuckDB SQL, totals": totals_by_duckdb,
}


def run(name: str, source: Path, output: Path) -> None:
    """Tell how long an approach takes in this process once a few rows have been done, and its peak.

    The few rows take what every process takes to start.
    """
    APPROACHES[name](source.with_name("few.parquet"), output)
    start = time.perf_counter()
    APPROACHES[name](source, output)
    seconds = time.perf_counter() - start
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak()}))


def peak() -> float:
    """Return the peak memory of this process in MiB; what getrusage tells is inherited."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def measured(name: str, source: Path, output: Path) -> tuple[float, float]:
    """Return the seconds and the peak memory of an approach in a process of its own."""
    command = [sys.executable, __file__, str(ROWS), name, str(source), str(output)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told["seconds"], told["peak"]


def require_agreement(folder: Path, source: Path) -> None:
    """Require that all that are measured say the same, where they say something."""
    import pandas as pd
    import polars as pl
    from score_array import by_polars as scored
    from score_frames import require_agreement as require_same

    written = {name: folder / f"{n}.parquet" for n, name in enumerate(APPROACHES)}
    for name, output in written.items():
        APPROACHES[name](source, output)
    found = pd.read_parquet(written[OURS])
    require_same(found, scored(pl.read_parquet(source)).to_pandas())
    for name in [*APPROACHES][3:]:
        require_same(found, pd.read_parquet(written[name]))
    audit = pd.read_parquet(written[AUDIT])
    assert audit.equals(found[audit.columns])
    assert pl.read_parquet(written[LIMIT]).equals(pl.read_parquet(source))
    assert pl.read_parquet(written[OURS], columns=[*audit][:23]).equals(pl.read_parquet(source))


def main() -> None:
    """Measure, once all are seen to agree."""
    sizes = sorted({ROWS // 100, ROWS // 10, ROWS})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_people(folder, sizes)
        require_agreement(folder, folder / f"{sizes[0]}.parquet")
        times: dict[str, list[float]] = {approach: [] for approach in APPROACHES}
        peaks: dict[str, dict[int, float]] = {approach: {} for approach in APPROACHES}
        for size in [*sizes[:-1], *[ROWS] * TURNS]:
            for approach, seconds in times.items():
                source, output = folder / f"{size}.parquet", folder / "out.parquet"
                taken, peaks[approach][size] = measured(approach, source, output)
                if size == ROWS:
                    seconds.append(taken)
    peers = [Against(peer) for peer in [*APPROACHES][3:]]
    against = {approach: [Against(LIMIT, at_most=1.5), *peers] for approach in (OURS, AUDIT)}
    show(f"AUDIT and DUDIT, {ROWS:,} rows, Parquet to Parquet", times, against)
    tell_memory(peaks, sizes)


def write_people(folder: Path, sizes: Sequence[int]) -> None:
    """Write so many people to files of their own, and a few to begin with."""
    import polars as pl
    from score_array import frames, some_people

    frame = frames(some_people())[1].with_columns(pl.col("sex").cast(pl.String))
    frame.head(1000).write_parquet(folder / "few.parquet")
    for size in sizes:
        frame.head(size).write_parquet(folder / f"{size}.parquet")


def tell_memory(peaks: Mapping[str, Mapping[int, float]], sizes: Sequence[int]) -> None:
    """Print the peak memory of each process by its number of rows."""
    print(f"\nPeak memory in MiB, the whole process (goal: at most {MOST_MEMORY})\n")
    print("| approach | " + " | ".join(f"{size:,} rows" for size in sizes) + " |")
    print("|-" * (len(sizes) + 1) + "|")
    for approach, by_size in peaks.items():
        print(f"| {approach} | " + " | ".join(f"{by_size[size]:,.0f}" for size in sizes) + " |")


if __name__ == "__main__":
    run(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])) if len(sys.argv) > 2 else main()
