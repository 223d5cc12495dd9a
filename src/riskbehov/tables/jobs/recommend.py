"""A table in a file assessed into another file, part by part, so that memory stays flat."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from riskbehov.errors import InputError
from riskbehov.library import Library
from riskbehov.tables.files.opening import open_sink, open_source
from riskbehov.tables.files.sources import Source
from riskbehov.tables.files.whole import require_other
from riskbehov.tables.jobs.faults import noted, require_there
from riskbehov.tables.jobs.recode import Examined, unmapped
from riskbehov.tables.jobs.streaming import Shown, Told, stream, through, told_of
from riskbehov.tables.mapping.maps import Given, own_library
from riskbehov.tables.mapping.recoding import RecodeStep, recode_step, require_free
from riskbehov.tables.recommendations.recommending import RecommendStep, recommend_step
from riskbehov.tables.recommendations.refusal import refusal
from riskbehov.tables.scores.asked import OnIllegal
from riskbehov.tables.steps import Step, Tally

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, eq=False)
class RecommendedFile:
    """What became of a table in a file."""

    source: Source
    output: Path
    step: RecommendStep
    tally: Tally
    """What was met in all rows that were read, those that were dropped too."""

    @property
    def written(self) -> int:
        """Return how many rows were written."""
        return self.tally.written(self.step.on_illegal)


def recommend_file(
    path: Path | str,
    assessment: str,
    output: Path | str,
    *,
    purpose: str,
    maps: Sequence[Given] = (),
    age: str | None = None,
    birth_date: str | None = None,
    sex: str | None = None,
    date: str | dt.date | np.datetime64 | None = None,
    rules: Sequence[str] | str | None = None,
    forms: Mapping[str, str] | None = None,
    on_illegal: OnIllegal = "flag",
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    reviewed: bool = False,
    told: Shown | None = None,
    library: Library | None = None,
) -> RecommendedFile:
    """Assess a table in a file into another file, which appears whole or not at all.

    ``maps`` are recode maps, one for each instrument whose columns are called otherwise. The other
    arguments are those of :func:`riskbehov.tables.recommend` and
    :func:`riskbehov.tables.jobs.score.score_file`. Raises as they do; nothing is written then.
    """
    library, output = library or own_library(), Path(output)
    source = open_source(Path(path), encoding=encoding, delimiter=delimiter, sheet=sheet)
    read = [Path(given) for given in maps if isinstance(given, Path | str)]
    require_other(output, [*source.files, Path(path), *read])
    recodes = [recode_step(given, library=library) for given in maps]
    step = recommend_step(
        _names(source, recodes),
        assessment,
        library,
        purpose=purpose,
        age=age,
        birth_date=birth_date,
        sex=sex,
        date=date,
        rules=rules,
        forms=forms,
        reviewed=reviewed,
        on_illegal=on_illegal,
    )
    tally = _work(source, recodes, step, output, told_of(source, told))
    return RecommendedFile(source, output, step, tally)


def _names(source: Source, recodes: Sequence[RecodeStep]) -> list[str]:
    """Return the columns that are there once all maps have been gone by."""
    names = list(source.schema.names)
    held = len(names)
    for recode in recodes:
        require_there(source, [name for name in recode.needs if name not in names[held:]])
        require_free(recode, names)
        names += [spec.name for spec in recode.adds if spec.name not in recode.replaces]
    return names


def _work(
    source: Source,
    recodes: Sequence[RecodeStep],
    step: RecommendStep,
    output: Path,
    told: Told | None,
) -> Tally:
    """Read, assess and write; what is refused is told of the whole table, and nothing is left."""
    is_refused = step.on_illegal == "refuse"
    last = replace(step, on_illegal="flag") if is_refused else step
    steps: list[Step] = [*map(Examined, recodes), last]
    schema: pa.Schema = through(source.schema.empty_table(), steps)[0].schema
    made = [spec for each in steps for spec in each.adds]
    with open_sink(output, schema, like=source, specs=made) as sink:
        *met, tally = stream(source, steps, sink.write, told=told, stop=sink.stop)
        tally = replace(tally, illegal=_as_read(tally, recodes, met))
        faults = [f for each, of in zip(recodes, met, strict=True) for f in unmapped(each, of)]
        if is_refused and tally.illegal and not faults:
            faults += refusal(step.ready, step.layout, tally).faults
        if faults:
            raise noted(InputError(faults), source)
    return tally


def _as_read(
    tally: Tally, recodes: Sequence[RecodeStep], met: Sequence[Tally]
) -> dict[str, dict[str, int]]:
    """Return what cannot be, with values as they stand in the table and not as recoded."""
    source = {
        target.spec.name: found.illegal.get(target.column)
        for recode, found in zip(recodes, met, strict=True)
        for target in recode.targets
    }
    return {name: source.get(name) or held for name, held in tally.illegal.items()}
