"""The library: one immutable object that hands out every definition."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from riskbehov import yamlfile
from riskbehov.errors import DataError, Fault, InputError, unknown_id
from riskbehov.i18n import Message, message
from riskbehov.library.canonical import canonical, joined, revived, sha256
from riskbehov.library.roots import data_files, data_roots
from riskbehov.models.agegroup import AgeGroup, AgeGroupFile
from riskbehov.models.assessment import Assessment, Matrix
from riskbehov.models.coverage import Coverage
from riskbehov.models.criteria import CriteriaExampleFile, CriteriaList
from riskbehov.models.example import AssessmentExampleFile, InstrumentExampleFile
from riskbehov.models.fact import Fact, FactFile
from riskbehov.models.insats import Insats, InsatsFile
from riskbehov.models.instrument import (
    Instrument,
    InstrumentFile,
    RecordedMethod,
    ScoredInstrument,
)
from riskbehov.models.process import InventoryForm, Process
from riskbehov.models.rule import LegalEntry, LegalFile, LegalText, Rule, RuleFile
from riskbehov.models.simulation import AssessmentSimulation, InstrumentSimulation
from riskbehov.models.source import Citation, Source, SourceFile
from riskbehov.models.walk import walk

SOURCES = "instruments/sources.yaml"
FACTS = "assessments/facts.yaml"
INSATSER = "assessments/insatser.yaml"
LEGAL = "assessments/process/legal.yaml"
INSTRUMENT = "instruments/{id}/instrument.yaml"
INSTRUMENT_CASES = "instruments/{id}/cases.yaml"
SIMULATION = "instruments/{id}/simulation.yaml"
ASSESSMENT = "assessments/{id}/assessment.yaml"
ASSESSMENT_CASES = "assessments/{id}/cases.yaml"
ASSESSMENT_SIMULATION = "assessments/{id}/simulation.yaml"
MATRIX = "assessments/{id}/matrix.yaml"
RULES = "assessments/rules/{id}.yaml"
CRITERIA = "assessments/criteria/{id}/criteria.yaml"
CRITERIA_CASES = "assessments/criteria/{id}/cases.yaml"
PROCESS = "assessments/process/{id}/process.yaml"
INVENTORY = "assessments/process/inventory.yaml"
AGE_GROUPS = "assessments/process/agegroups.yaml"
COVERAGE = "assessments/coverage/{id}.yaml"

M = TypeVar("M", bound=BaseModel)
N = TypeVar("N", Assessment, CriteriaList, Process)
R = TypeVar("R")


class Citing(NamedTuple):
    """A citation, and the definition that it stands in."""

    kind: str
    id: str
    citation: Citation


class Library:
    """All definitions of some folders. Immutable: what is read once is read for good.

    >>> library = Library.open()
    >>> str(library.instrument("audit").name.en)[:5]
    'AUDIT'
    """

    def __init__(self, files: Mapping[str, tuple[Path, ...]], given: Mapping[str, Any]) -> None:
        """Take the files by logical path, and definitions given as plain values instead."""
        self._files = files
        self._given = given
        self._kept: dict[str, Any] = {}
        self.day: dt.date | None = None
        """The day whose law and rules count, once :meth:`as_of` has said which."""

    @classmethod
    def open(cls, *extra: str | os.PathLike[str]) -> "Library":
        """Return the library of our own data and of the ``extra`` folders."""
        found: dict[str, list[Path]] = {}
        for root in data_roots(extra):
            for path in sorted(data_files(root)):
                found.setdefault(path.relative_to(root).as_posix(), []).append(path)
        return cls({logical: tuple(paths) for logical, paths in found.items()}, {})

    @classmethod
    def from_definitions(cls, definitions: Mapping[str, Any]) -> "Library":
        """Return the library of definitions that a result has kept, so that it can be replayed."""
        return cls({}, definitions)

    def as_of(self, day: dt.date) -> "Library":
        """Return the library as it stands on ``day``; what was read is shared, not read again."""
        other = object.__new__(Library)
        other.__dict__.update(self.__dict__)
        other.day = day
        return other

    # Instruments

    @cached_property
    def instrument_ids(self) -> tuple[str, ...]:
        """Return the ids of all instruments."""
        return self._ids(INSTRUMENT)

    def instrument(self, id: str) -> Instrument:  # noqa: A002 - the word of the field
        """Return an instrument; raises :class:`UnknownIdError`."""
        self._require(message("instrument"), id, self.instrument_ids)
        found: Instrument = self._single(INSTRUMENT.format(id=id), InstrumentFile).root
        if found.id != id:
            raise self._misnamed(INSTRUMENT.format(id=id), found.id, id)
        return found

    def scored(self, id: str) -> ScoredInstrument:  # noqa: A002
        """Return an instrument that is scored here; raises :class:`UnknownIdError` if it is not."""
        found = self.instrument(id)
        if isinstance(found, RecordedMethod):
            raise InputError(
                Fault(
                    message(
                        "{id!r} is a method whose result is recorded, not scored;"
                        " write its conclusion under recorded_results",
                        id=id,
                    )
                )
            )
        return found

    def method(self, id: str) -> RecordedMethod:  # noqa: A002
        """Return a recorded method; raises :class:`UnknownIdError`."""
        found = self.instrument(id)
        if not isinstance(found, RecordedMethod):
            raise unknown_id(message("recorded method"), id, self.method_ids)
        return found

    @cached_property
    def method_ids(self) -> tuple[str, ...]:
        """Return the ids of the recorded methods."""
        return tuple(
            i for i in self.instrument_ids if isinstance(self.instrument(i), RecordedMethod)
        )

    @cached_property
    def scored_ids(self) -> tuple[str, ...]:
        """Return the ids of the instruments that are scored here."""
        return tuple(i for i in self.instrument_ids if i not in self.method_ids)

    def instrument_examples(self, id: str) -> InstrumentExampleFile | None:  # noqa: A002
        """Return the worked examples of an instrument, if it has any."""
        return self._optional(INSTRUMENT_CASES.format(id=id), InstrumentExampleFile)

    def simulation(self, id: str) -> InstrumentSimulation | None:  # noqa: A002
        """Return how answers to an instrument are made up, if that is told."""
        return self._optional(SIMULATION.format(id=id), InstrumentSimulation)

    # Assessments

    @cached_property
    def assessment_ids(self) -> tuple[str, ...]:
        """Return the ids of all assessments."""
        return self._ids(ASSESSMENT)

    def assessment(self, id: str) -> Assessment:  # noqa: A002
        """Return an assessment; raises :class:`UnknownIdError`."""
        return self._named(message("assessment"), ASSESSMENT, Assessment, id)

    def matrix(self, id: str) -> Matrix | None:  # noqa: A002
        """Return the tables of an assessment, if it has any."""
        return self._optional(MATRIX.format(id=id), Matrix)

    def assessment_examples(self, id: str) -> AssessmentExampleFile | None:  # noqa: A002
        """Return the fictional clients of an assessment, if it has any."""
        return self._optional(ASSESSMENT_CASES.format(id=id), AssessmentExampleFile)

    def assessment_simulation(self, id: str) -> AssessmentSimulation | None:  # noqa: A002
        """Return how all the answers of an assessment are made up, if that is told."""
        return self._optional(ASSESSMENT_SIMULATION.format(id=id), AssessmentSimulation)

    # Rules

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Return the themes of rules."""
        return self._ids(RULES)

    def rules(self, theme: str) -> tuple[Rule, ...]:
        """Return the rules of a theme, in file order; raises :class:`UnknownIdError`."""
        self._require(message("theme of rules"), theme, self.themes)
        return self.kept(
            f"rules {theme}",
            lambda: tuple(r for f in self._all(RULES.format(id=theme), RuleFile) for r in f.rules),
        )

    @cached_property
    def all_rules(self) -> tuple[tuple[str, Rule], ...]:
        """Return every rule with its theme."""
        return tuple((theme, rule) for theme in self.themes for rule in self.rules(theme))

    def rule(self, id: str) -> Rule:  # noqa: A002
        """Return a rule: the version in force on the day, or the latest one."""
        versions = [rule for _, rule in self.all_rules if rule.id == id]
        self._require(message("rule"), id, [rule.id for _, rule in self.all_rules])
        in_force = [rule for rule in versions if self.day and self.day in rule.valid]
        return max(in_force or versions, key=lambda rule: rule.valid.from_)

    # Criteria and process

    @cached_property
    def criteria_ids(self) -> tuple[str, ...]:
        """Return the ids of the lists of criteria."""
        return self._ids(CRITERIA)

    def criteria(self, id: str) -> CriteriaList:  # noqa: A002
        """Return a list of criteria; raises :class:`UnknownIdError`."""
        return self._named(message("list of criteria"), CRITERIA, CriteriaList, id)

    def criteria_examples(self, id: str) -> CriteriaExampleFile | None:  # noqa: A002
        """Return the worked examples of a list of criteria, if it has any."""
        return self._optional(CRITERIA_CASES.format(id=id), CriteriaExampleFile)

    @cached_property
    def process_ids(self) -> tuple[str, ...]:
        """Return the ids of the processes."""
        return self._ids(PROCESS)

    def process(self, id: str) -> Process:  # noqa: A002
        """Return a process with its steps; raises :class:`UnknownIdError`."""
        return self._named(message("process"), PROCESS, Process, id)

    @property
    def inventory(self) -> InventoryForm | None:
        """Return the inventory of needs and resources, if there is one."""
        return self._optional(INVENTORY, InventoryForm)

    @property
    def age_groups(self) -> tuple[AgeGroup, ...]:
        """Return the age groups that groups of persons are counted by, the youngest first."""
        found = self._age_groups
        return found.age_groups if found else ()

    @property
    def _age_groups(self) -> AgeGroupFile | None:
        return self._optional(AGE_GROUPS, AgeGroupFile)

    @cached_property
    def coverage_ids(self) -> tuple[str, ...]:
        """Return the documents whose coverage is told."""
        return self._ids(COVERAGE)

    def coverage(self, source: str) -> Coverage | None:
        """Return what of a document the toolkit covers, if that is told."""
        return self._optional(COVERAGE.format(id=source), Coverage)

    # Registers

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return the register of documents, by id."""
        return self._register("source", SOURCES, SourceFile, lambda f: f.sources)

    def source(self, id: str) -> Source:  # noqa: A002
        """Return a document of the register; raises :class:`UnknownIdError`."""
        return self._one(message("source"), self.sources, id)

    def citing(self, source: str) -> tuple[Citing, ...]:
        """Return everything in the library that cites a document."""
        return tuple(
            Citing(kind, id_, found)
            for kind, id_, definition in self._definitions()
            for _place, found in walk(definition)
            if isinstance(found, Citation) and found.source == source
        )

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Return the vocabulary of facts, by id."""
        return self._register("fact", FACTS, FactFile, lambda f: f.facts)

    def fact(self, id: str) -> Fact:  # noqa: A002
        """Return a fact of the vocabulary; raises :class:`UnknownIdError`."""
        return self._one(message("fact"), self.facts, id)

    @property
    def insatser(self) -> Mapping[str, Insats]:
        """Return the catalogue of insatser, by id."""
        return self._register("insats", INSATSER, InsatsFile, lambda f: f.insatser)

    def insats(self, id: str) -> Insats:  # noqa: A002
        """Return an insats of the catalogue; raises :class:`UnknownIdError`."""
        return self._one(message("insats"), self.insatser, id)

    @property
    def legal_entries(self) -> Mapping[str, LegalEntry]:
        """Return the dated table of legal references, by key."""
        return self._register("legal reference", LEGAL, LegalFile, lambda f: f.legal)

    def legal(self, key: str) -> LegalText | None:
        """Return where ``key`` stands in law on the day; nothing if no verified place is known."""
        self._require(message("legal reference"), key, self.legal_entries)
        day = self.day or dt.datetime.now(tz=dt.UTC).date()
        return next((t for t in self.legal_entries[key].texts if day in t.valid), None)

    # Files and hashes

    @property
    def logical_paths(self) -> tuple[str, ...]:
        """Return the logical path of every definition."""
        return tuple(sorted({*self._files, *self._given}))

    def files(self, logical: str) -> tuple[Path, ...]:
        """Return the files behind a logical path; none where definitions were given."""
        return self._files.get(logical, ())

    def definition(self, logical: str) -> Any:  # noqa: ANN401 - plain values of any shape
        """Return a definition as plain values, as they stand in its file (joined if several)."""
        if logical in self._given:
            return self._given[logical]
        return self.kept(
            f"definition {logical}",
            lambda: canonical(joined([self._value(path) for path in self._files[logical]])),
        )

    def digest(self, logical: str) -> str:
        """Return the SHA-256 of a definition's canonical JSON: the same for the same content."""
        return self.kept(f"digest {logical}", lambda: sha256(self.definition(logical)))

    @property
    def content_hash(self) -> str:
        """Return one hash over all definitions, worked examples and made-up answers left out."""
        apart = ("cases.yaml", "simulation.yaml")
        return sha256({p: self.digest(p) for p in self.logical_paths if not p.endswith(apart)})

    # How it is kept

    def _ids(self, template: str) -> tuple[str, ...]:
        head, tail = template.split("{id}")
        return tuple(
            path[len(head) : -len(tail)]
            for path in self.logical_paths
            if path.startswith(head)
            and path.endswith(tail)
            and path.count("/") == template.count("/")
        )

    def kept(self, key: str, make: Callable[[], R]) -> R:
        """Return what ``make`` gives, one and the same for this library and every day of it."""
        if key not in self._kept:
            self._kept.setdefault(key, make())  # another thread may have made it meanwhile
        found: R = self._kept[key]
        return found

    def _all(self, logical: str, model: type[M]) -> tuple[M, ...]:
        """Return the definition from every folder that has one."""
        if logical in self._given:
            return (yamlfile.validate(revived(self._given[logical]), model, path=logical),)
        return tuple(
            yamlfile.validate(self._value(path), model, path=path)
            for path in self._files.get(logical, ())
        )

    def _value(self, path: Path) -> Any:  # noqa: ANN401
        """Return the plain values of a file, read once."""
        return self.kept(f"file {path}", lambda: _mapping(yamlfile.parse(path), path))

    def _optional(self, logical: str, model: type[M]) -> M | None:
        return self._single(logical, model) if logical in self.logical_paths else None

    def _single(self, logical: str, model: type[M]) -> M:
        paths = self.files(logical)
        if len(paths) > 1:
            raise DataError(
                Fault(
                    message("this id is also defined in {other}, expected once", other=paths[0]),
                    str(paths[1]),
                )
            )
        return self.kept(logical, lambda: self._all(logical, model)[0])

    def _named(self, kind: Message, template: str, model: type[N], id_: str) -> N:
        """Return a definition that bears the name of its folder."""
        self._require(kind, id_, self._ids(template))
        logical = template.format(id=id_)
        found = self._single(logical, model)
        if found.id != id_:
            raise self._misnamed(logical, found.id, id_)
        return found

    def _register(
        self, kind: str, logical: str, model: type[M], pick: Callable[[M], Iterable[R]]
    ) -> Mapping[str, R]:
        return self.kept(f"register {kind}", lambda: self._joined_register(logical, model, pick))

    def _joined_register(
        self, logical: str, model: type[M], pick: Callable[[M], Iterable[R]]
    ) -> Mapping[str, R]:
        register: dict[str, R] = {}
        names = self.files(logical) or (Path(logical),)
        for path, file in zip(names, self._all(logical, model), strict=False):
            for entry in pick(file):
                id_ = str(getattr(entry, "id"))  # noqa: B009 - every register's entry has one
                if id_ in register:
                    raise DataError(
                        Fault(
                            message("the id {id!r} stands twice, expected once", id=id_), str(path)
                        )
                    )
                register[id_] = entry
        return register

    def _one(self, kind: Message, register: Mapping[str, R], id: str) -> R:  # noqa: A002
        self._require(kind, id, register)
        return register[id]

    def _definitions(self) -> Iterator[tuple[str, str, object]]:
        """Yield everything that can cite a document, with its kind and id."""
        for id_ in self.instrument_ids:
            yield "instrument", id_, self.instrument(id_)
            yield "simulation", id_, self.simulation(id_)
        for id_ in self.assessment_ids:
            yield "assessment", id_, self.assessment(id_)
            yield "matrix", id_, self.matrix(id_)
            yield "assessment simulation", id_, self.assessment_simulation(id_)
        for id_ in self.criteria_ids:
            yield "criteria", id_, self.criteria(id_)
        for id_ in self.process_ids:
            yield "process", id_, self.process(id_)
        if self.inventory is not None:
            yield "inventory", "inventory", self.inventory
        yield "age groups", "agegroups", self._age_groups
        yield from (("rule", rule.id, rule) for _theme, rule in self.all_rules)
        yield from (("insats", insats.id, insats) for insats in self.insatser.values())
        yield from (("legal", entry.id, entry) for entry in self.legal_entries.values())

    def _require(self, kind: Message, id: str, known: Iterable[str]) -> None:  # noqa: A002
        if id not in known:
            raise unknown_id(kind, id, set(known))

    def _misnamed(self, logical: str, found: str, expected: str) -> DataError:
        where = next(iter(self.files(logical)), logical)
        return DataError(
            Fault(
                message(
                    "found {found!r}, expected {expected!r}, the name of its folder",
                    found=found,
                    expected=expected,
                ),
                f"{where}: id",
            )
        )


def _mapping(value: Any, path: Path) -> dict[str, Any]:  # noqa: ANN401
    """Return what every data file holds; raises :class:`DataError` if this one does not."""
    if isinstance(value, dict):
        return value
    raise DataError(
        Fault(
            message(
                "found {found}, expected {expected}",
                found=message("a list") if isinstance(value, list) else value,
                expected=message("keys and values"),
            ),
            f"{path}:1",
        )
    )
