"""A table in a file scored into another file, part by part, so that memory stays flat."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.library import Library
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.files.opening import TEXT, Rows, open_sink, open_source
from riskbehov.tables.files.private import refuse_private
from riskbehov.tables.files.sources import Source
from riskbehov.tables.files.whole import require_other
from riskbehov.tables.frames.bridge import Spec
from riskbehov.tables.frames.columns import Items
from riskbehov.tables.jobs.faults import noted, require_there
from riskbehov.tables.jobs.recode import Examined, unmapped
from riskbehov.tables.jobs.streaming import (
    Engine,
    Shown,
    Told,
    stream,
    through,
    told_of,
)
from riskbehov.tables.mapping.maps import Given, own_library
from riskbehov.tables.mapping.recoded import RecodeReport
from riskbehov.tables.mapping.recoding import RecodeStep, recode_step, require_free
from riskbehov.tables.scores.arguments import score_step
from riskbehov.tables.scores.asked import Missing, OnIllegal
from riskbehov.tables.scores.refusal import refusal
from riskbehov.tables.scores.step import ScoreStep
from riskbehov.tables.steps import Step, Tally

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, eq=False)
class ScoredFile:
    """What became of a table in a file."""

    source: Source
    output: Path
    step: ScoreStep
    tally: Tally
    """What was met in all rows that were read, those that were dropped too."""
    recoded: RecodeReport | None = None

    @property
    def written(self) -> int:
        """Return how many rows were written."""
        return self.tally.written(self.step.on_illegal)


def score_file(
    path: Path | str,
    instrument: ScoredInstrument | str,
    output: Path | str,
    *,
    mapping: Given | None = None,
    items: Items = None,
    sex: str | None = None,
    age: str | None = None,
    birth_date: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    form: str | None = None,
    cutoffs: Sequence[str] | str = (),
    bands: Sequence[str] | Literal["default", "all"] = "default",
    missing: Missing = "interval",
    max_missing: int | None = None,
    on_illegal: OnIllegal = "refuse",
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    keep: Sequence[str] | None = None,
    reviewed: bool = False,
    engine: Engine = "auto",
    told: Shown | None = None,
    library: Library | None = None,
) -> ScoredFile:
    """Score a table in a file into another file, which appears whole or not at all.

    Files are read and written by their endings; ``encoding``, ``delimiter`` and ``sheet`` say how
    the table is written, where its file does not tell. ``mapping`` is a recode map that is gone by
    before scoring; the other arguments up to ``on_illegal`` are those of
    :func:`riskbehov.tables.score`. Rows stay in their order, columns as they are: all of them, or
    only those that ``keep`` names.

    Columns that tell who someone is are refused; ``reviewed`` says that a person has looked at what
    merely resembles that. ``told`` hears how many rows are done, and about how many there are.

    Raises :class:`InputError` for all that is wrong with the table, its rows included where
    ``on_illegal`` is ``refuse``, and :class:`PrivacyError`; nothing is written then.
    """
    path, output, library = Path(path), Path(output), library or own_library()
    is_text = path.suffix.lower() in TEXT
    source = open_source(
        path, encoding=encoding, delimiter=delimiter if is_text else None, sheet=sheet
    )
    require_other(output, [*source.files, path, *_files(mapping)])
    recode = recode_step(mapping, library=library) if mapping is not None else None
    known = library.scored(instrument) if isinstance(instrument, str) else instrument
    given = {"items": items, "sex": sex, "age": age, "birth_date": birth_date, "date": date}
    step = score_step(
        known,
        **_columns(given, recode, known),
        form=form,
        cutoffs=cutoffs,
        bands=bands,
        missing=missing,
        max_missing=max_missing,
        on_illegal=on_illegal,
    )
    kept = dict.fromkeys(source.schema.names if keep is None else keep)
    work = _Work(source, recode, step, tuple(kept))
    schema, divided = work.schema, None if is_text else delimiter
    refuse_private(source, work.kept, reviewed=reviewed)
    with open_sink(output, schema, like=source, specs=work.made, delimiter=divided) as sink:
        tallies = work.run(sink, engine, told_of(source, told))
    report = recode.report(tallies[0]) if recode is not None else None
    return ScoredFile(source, output, step, tallies[-1], report)


def _files(mapping: Given | None) -> list[Path]:
    return [Path(mapping)] if isinstance(mapping, Path | str) else []


def _columns(
    given: Mapping[str, Any], recode: RecodeStep | None, instrument: ScoredInstrument
) -> dict[str, Any]:
    """Return the columns that scores are made from: those that are named, and those of the map.

    Raises :class:`InputError` where both tell, and for a map of another instrument.
    """
    if recode is None:
        return dict(given)
    if recode.instrument.id != instrument.id:
        said = message(
            "found a recode map for {found}, expected one for {expected}",
            found=recode.instrument.id,
            expected=instrument.id,
        )
        raise InputError(Fault(said, "map"))
    told = {spec.name for spec in recode.adds}
    of_map = {name for name in given if name in told} | {"items"}
    both = [name for name in of_map if given[name] is not None]
    if both:
        said = message("the recode map tells this, expected it there alone")
        raise InputError(Fault(said, name) for name in both)
    return {**given, **{name: name for name in of_map - {"items"}}}


@dataclass(frozen=True)
class _Work:
    """What is read, done and written."""

    source: Source
    recode: RecodeStep | None
    score: ScoreStep
    kept: tuple[str, ...]
    """The columns of the table that are written."""

    @property
    def steps(self) -> tuple[Step, ...]:
        return (self.score,) if self.recode is None else (self.recode, self.score)

    @cached_property
    def made(self) -> tuple[Spec, ...]:
        """Return the columns that are made and written: those of the map with the whole table."""
        is_whole = len(self.kept) == len(self.source.schema)
        steps = self.steps if is_whole else (self.score,)
        return tuple(spec for step in steps for spec in step.adds)

    @cached_property
    def read(self) -> tuple[str, ...]:
        """Return the columns that are read; raises for those that are not there."""
        made = {spec.name for spec in self.recode.adds} if self.recode else set()
        first = self.recode.needs if self.recode else ()
        needs = [*first, *(name for name in self.score.needs if name not in made)]
        require_there(self.source, needs, self.kept, day=self.score.date)
        wanted = {*self.kept, *needs}
        return tuple(name for name in self.source.schema.names if name in wanted)

    @cached_property
    def schema(self) -> "pa.Schema":
        """Return the columns that are written; raises for results that cannot be among them."""
        import pyarrow as pa

        if self.recode is not None:
            require_free(self.recode, self.read)
        read = pa.schema([self.source.schema.field(n) for n in self.read])
        found = through(read.empty_table(), self.steps)[0].schema
        names = {*self.kept, *(spec.name for spec in self.made)}
        fields = [field for field in found if field.name in names]
        return pa.schema(fields, self.source.schema.metadata)

    def run(self, sink: Rows, engine: Engine, told: Told) -> tuple[Tally, ...]:
        """Do all of it; raises :class:`InputError` that tells of the whole table."""
        names = self.schema.names

        def write(table: "pa.Table") -> None:
            sink.write(table.select(names))

        try:
            found = stream(
                self.source,
                self.steps,
                write,
                columns=self.read,
                engine=engine,
                told=told,
                stop=sink.stop,
            )
        except InputError as error:  # of the first rows where something is wrong
            raise noted(self._refusal() or error, self.source) from None
        return self._told(found)

    def _told(self, tallies: Sequence[Tally]) -> tuple[Tally, ...]:
        """Return tallies with columns in their order, and values as they stand in the table."""
        scored = tallies[-1]
        illegal = {n: scored.illegal[n] for n in self.score.needs if n in scored.illegal}
        if self.recode is not None:
            source = {t.spec.name: tallies[0].illegal.get(t.column) for t in self.recode.targets}
            illegal = {name: source.get(name) or held for name, held in illegal.items()}
        return (*tallies[:-1], replace(scored, illegal=illegal))

    def _refusal(self) -> InputError | None:
        """Return the error that tells all that is refused, wherever it stands in the table."""
        scored = replace(self.score, on_illegal="flag")
        steps = (scored,) if self.recode is None else (Examined(self.recode), scored)
        needs = [name for name in self.read if any(name in step.needs for step in steps)]
        faults: list[Fault] = []
        try:
            tallies = self._told(stream(self.source, steps, _let_go, columns=needs))
        except InputError:
            return None
        if self.recode is not None:
            faults += unmapped(self.recode, tallies[0])
        if self.score.on_illegal == "refuse" and tallies[-1].illegal:
            faults += refusal(self.score, tallies[-1]).faults
        return InputError(faults) if faults else None


def _let_go(_table: object) -> None:
    """Write nothing."""
