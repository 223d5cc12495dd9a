"""``riskbehov score INSTRUMENT TABLE -o OUT``: every row of a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from riskbehov.cli.options import Format
from riskbehov.cli.output import write
from riskbehov.cli.progress import progress
from riskbehov.library import Library
from riskbehov.report import scored_file_blocks, scored_file_dict
from riskbehov.tables.jobs.score import score_file


def score_table(
    table: Path,
    instrument: str,
    output: Path,
    *,
    data: Sequence[Path],
    format_: Format,
    **options: Any,  # noqa: ANN401 - those of score_file
) -> None:
    """Score a table into another file, and tell on standard output what was met."""
    library = Library.open(*data)
    with progress() as told:
        found = score_file(table, instrument, output, library=library, told=told, **options)
    write(scored_file_blocks(found), scored_file_dict(found), format_, None)
