"""``riskbehov simulate ID``: made-up answers whose truth is known."""

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from riskbehov.cli.options import DataOption, Language, LanguageOption
from riskbehov.i18n import _

if TYPE_CHECKING:
    from riskbehov.simulation.columns import Block, Spec
    from riskbehov.simulation.design import Design
    from riskbehov.simulation.files import Put

_OFTEN = 0.2
"""Seconds between two signs of life."""


def simulate_command(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help=_("The id of an instrument or an assessment, such as audit or adult."),
        ),
    ],
    *,
    rows: Annotated[int, typer.Option("--rows", "-n", metavar="N", help=_("How many persons."))],
    random_state: Annotated[
        int,
        typer.Option(
            metavar="K", help=_("What the chance begins from: the same number, the same rows.")
        ),
    ],
    population: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help=_("Whom they are made up for; the first that there is if left out.")),
    ] = None,
    missing: Annotated[
        str, typer.Option(help=_("How answers are missing: none, mcar, mar or mnar."))
    ] = "none",
    missing_rate: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(metavar="SHARE", help=_("The share of the answers that is missing.")),
    ] = None,
    missing_on: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            metavar="WHAT",
            help=_(
                "What missingness hangs on: sex, age or a column (mar), answer or severity (mnar)."
            ),
        ),
    ] = None,
    missing_strength: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(
            metavar="X",
            help=_(
                "How strongly it hangs on that: how much the log odds grow for one point, one unit"
                " of severity or ten years, or from a man to a woman; 1 if left out."
            ),
        ),
    ] = None,
    fault: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="KIND=SHARE",
            help=_(
                "A fault of coding: code-99, one-based, text, contradiction, sex-swapped or"
                " sex-spelling; may be given several times."
            ),
        ),
    ] = None,
    skips: Annotated[
        bool, typer.Option("--skips", help=_("A form on which items may be skipped."))
    ] = False,
    truth: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            metavar="FILE.csv|.parquet",
            help=_("Write the truth to this file, and nothing of it among the answers."),
        ),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.csv|.parquet",
            help=_("Write to this file instead of the terminal."),
        ),
    ] = None,
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001 - read before the commands are made
) -> None:
    """Make up answers whose truth is known, for trying methods on. They are about nobody."""
    from riskbehov.cli.output import require_different
    from riskbehov.library import Library
    from riskbehov.report import simulation_blocks, to_text
    from riskbehov.simulation.design import prepare, require_size
    from riskbehov.simulation.files import require_form
    from riskbehov.simulation.missingness import Asked

    output = None if output is not None and str(output) == "-" else output
    require_different(output, truth)
    for path in filter(None, (output, truth)):
        require_form(path)
    require_size(rows, random_state)
    library = Library.open(*(data or ()))
    made = prepare(
        id_,
        library,
        population=population,
        missing=Asked(missing, missing_rate, missing_on, missing_strength),
        faults=_faults(fault or ()),
        skips=skips,
    )
    _write(made, rows, random_state, output, truth)
    blocks = simulation_blocks(made, library, rows=rows, random_state=random_state)
    sys.stderr.write(to_text(blocks))


def _faults(given: Iterable[str]) -> Mapping[str, float]:
    """Return the share of each fault; raises :class:`InputError` for what is none."""
    from riskbehov.errors import Fault, InputError, quoted
    from riskbehov.i18n import message

    found: dict[str, float] = {}
    faults = []
    for text in given:
        kind, _equals, share = text.partition("=")
        try:
            number = float(share)
        except ValueError:
            sentence = message(
                "found {found}, expected a kind and a share, as code-99=0.01", found=quoted(text)
            )
            faults.append(Fault(sentence, "--fault"))
            continue
        if kind in found:
            faults.append(Fault(message("found {id!r} twice, expected once", id=kind), "--fault"))
        found[kind] = number
    if faults:
        raise InputError(faults)
    return found


def _write(
    made: "Design", rows: int, random_state: int, output: Path | None, truth: Path | None
) -> None:
    """Write the answers and the truth, each file whole or not at all."""
    from riskbehov.cli.output import replacing
    from riskbehov.simulation.about import about
    from riskbehov.simulation.files import ROWS, opened

    specs = made.data if truth else (*made.data, *made.unseen)
    told = about(made, rows, random_state=random_state)
    with ExitStack() as renaming, ExitStack() as closing:
        puts = []
        for path, columns in ((output, specs), (truth, made.whole_truth)):
            if path is not None:
                neighbour = renaming.enter_context(replacing(path))
                puts.append(opened(neighbour, path.suffix.lower(), columns, told, closing))
        if output is None:
            puts.append(_to_terminal(specs))
        progress, done = _progress(rows), 0
        for block in made.blocks(rows, random_state=random_state, size=ROWS):
            for put in puts:
                put(block)
            done += len(block["person"])
            progress(done)


def _to_terminal(specs: "Sequence[Spec]") -> "Put":
    """Write the first line of a table and return what writes blocks of it."""
    from riskbehov.simulation.files import csv_head, csv_rows

    sys.stdout.write(csv_head(specs).decode())

    def put(block: "Block") -> None:
        sys.stdout.write(csv_rows(specs, block).decode())

    return put


def _progress(rows: int) -> Callable[[int], None]:
    """Return what tells how far one has come, on a terminal; elsewhere it says nothing."""
    began = told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        now = time.monotonic()
        if not sys.stderr.isatty() or (done < rows and now - told < _OFTEN):
            return
        told = now
        pace = done / max(now - began, 1e-9)
        line = _(
            "{done} of {rows} rows, {pace} rows/s, {left} s left",
            done=done,
            rows=rows,
            pace=round(pace),
            left=round((rows - done) / pace),
        )
        sys.stderr.write(f"\r{line:<70}" + ("\n" if done == rows else ""))
        sys.stderr.flush()

    return tell
