"""The data files of a library read one by one: a faulty file is told of and hides no other."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar, cast

from pydantic import BaseModel, RootModel

from riskbehov import yamlfile
from riskbehov.errors import Fault, RiskbehovError, did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.library import (
    AGE_GROUPS,
    ASSESSMENT,
    ASSESSMENT_CASES,
    ASSESSMENT_SIMULATION,
    COVERAGE,
    CRITERIA,
    CRITERIA_CASES,
    FACTS,
    INSATSER,
    INSTRUMENT,
    INSTRUMENT_CASES,
    INVENTORY,
    LEGAL,
    MATRIX,
    PROCESS,
    RULES,
    SIMULATION,
    SOURCES,
    Library,
)
from riskbehov.logic.vocabulary import Vocabulary, vocabulary
from riskbehov.models.agegroup import AgeGroupFile
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
from riskbehov.models.rule import LegalEntry, LegalFile, Rule, RuleFile
from riskbehov.models.simulation import AssessmentSimulation, InstrumentSimulation
from riskbehov.models.source import Citation, Source, SourceFile
from riskbehov.models.walk import walk
from riskbehov.rules.book import assessment_vocabulary
from riskbehov.yamlfile import Place
from riskbehov.yamlfile.read import Origin

T = TypeVar("T")
V = TypeVar("V")
T_co = TypeVar("T_co", covariant=True)

KINDS: Mapping[str, tuple[str, type[BaseModel]]] = {
    "sources": (SOURCES, SourceFile),
    "facts": (FACTS, FactFile),
    "insatser": (INSATSER, InsatsFile),
    "legal": (LEGAL, LegalFile),
    "rules": (RULES, RuleFile),
    "instruments": (INSTRUMENT, InstrumentFile),
    "instrument cases": (INSTRUMENT_CASES, InstrumentExampleFile),
    "simulations": (SIMULATION, InstrumentSimulation),
    "assessments": (ASSESSMENT, Assessment),
    "matrices": (MATRIX, Matrix),
    "assessment cases": (ASSESSMENT_CASES, AssessmentExampleFile),
    "assessment simulations": (ASSESSMENT_SIMULATION, AssessmentSimulation),
    "criteria": (CRITERIA, CriteriaList),
    "criteria cases": (CRITERIA_CASES, CriteriaExampleFile),
    "processes": (PROCESS, Process),
    "inventory": (INVENTORY, InventoryForm),
    "coverage": (COVERAGE, Coverage),
    "age groups": (AGE_GROUPS, AgeGroupFile),
}
"""Every kind of data file: the pattern of its logical path, and its model."""

ALL = tuple(KINDS)
_JOINED = ("sources", "facts", "insatser", "legal", "rules")
"""Kinds whose lists are joined over all folders; any other file stands in one folder only."""
_AGE = "age"


@dataclass(frozen=True, slots=True)
class Placed(Generic[T_co]):
    """A value of a data file and where it stands."""

    value: T_co
    name: str
    """What the path calls it: the id of the instrument or assessment, the theme of the rules."""
    logical: str
    origin: Origin
    place: Place = ()

    def at(self, value: V, *steps: str | int) -> "Placed[V]":
        """Return a value that stands within this one, by the keys and positions to it."""
        return Placed(value, self.name, self.logical, self.origin, (*self.place, *steps))

    def fault(self, sentence: Message, *within: str | int) -> Fault:
        """Return a fault of this value, or of what stands ``within`` it."""
        place = (*self.place, *within)
        return Fault(sentence, self.origin.where(place), place)


Found: TypeAlias = Iterator[Fault]


@dataclass(frozen=True)
class Shelf:
    """All files that could be read, and what was wrong with the rest."""

    library: Library
    today: dt.date
    stale: dt.timedelta | None = None
    documents: tuple[tuple[str, Placed[BaseModel]], ...] = ()
    """Every sound file with its kind."""
    faults: tuple[Fault, ...] = ()
    broken: frozenset[str] = field(default_factory=frozenset)
    """The kinds of which some file could not be read."""
    commands: frozenset[str] | None = None
    """The commands of the command line, for whoever knows them."""

    def of_kind(self, kind: str) -> tuple[Placed[BaseModel], ...]:
        """Return the sound files of a kind."""
        return tuple(document for held, document in self.documents if held == kind)

    @cached_property
    def instruments(self) -> Mapping[str, Placed[Instrument]]:
        """Return the instruments by the names of their folders."""
        found = self.of_kind("instruments")
        return {d.name: cast("Placed[Instrument]", d) for d in found}

    @cached_property
    def scored(self) -> Mapping[str, Placed[ScoredInstrument]]:
        """Return the instruments that are scored here."""
        return {
            name: cast("Placed[ScoredInstrument]", d)
            for name, d in self.instruments.items()
            if isinstance(d.value, ScoredInstrument)
        }

    @cached_property
    def methods(self) -> Mapping[str, Placed[RecordedMethod]]:
        """Return the recorded methods."""
        return {
            name: cast("Placed[RecordedMethod]", d)
            for name, d in self.instruments.items()
            if isinstance(d.value, RecordedMethod)
        }

    @cached_property
    def assessments(self) -> Mapping[str, Placed[Assessment]]:
        """Return the assessments by the names of their folders."""
        return {d.name: cast("Placed[Assessment]", d) for d in self.of_kind("assessments")}

    @cached_property
    def matrices(self) -> Mapping[str, Placed[Matrix]]:
        """Return the tables by the assessments that they belong to."""
        return {d.name: cast("Placed[Matrix]", d) for d in self.of_kind("matrices")}

    @cached_property
    def instrument_cases(self) -> Mapping[str, Placed[InstrumentExampleFile]]:
        """Return the worked examples by instrument."""
        found = self.of_kind("instrument cases")
        return {d.name: cast("Placed[InstrumentExampleFile]", d) for d in found}

    @cached_property
    def assessment_cases(self) -> Mapping[str, Placed[AssessmentExampleFile]]:
        """Return the fictional clients by assessment."""
        found = self.of_kind("assessment cases")
        return {d.name: cast("Placed[AssessmentExampleFile]", d) for d in found}

    @cached_property
    def simulations(self) -> Mapping[str, Placed[InstrumentSimulation]]:
        """Return how answers are made up, by instrument."""
        found = self.of_kind("simulations")
        return {d.name: cast("Placed[InstrumentSimulation]", d) for d in found}

    @cached_property
    def assessment_simulations(self) -> Mapping[str, Placed[AssessmentSimulation]]:
        """Return how all the answers of an assessment are made up, by assessment."""
        found = self.of_kind("assessment simulations")
        return {d.name: cast("Placed[AssessmentSimulation]", d) for d in found}

    @cached_property
    def inventories(self) -> tuple[Placed[InventoryForm], ...]:
        """Return the inventory of needs and resources, if there is one."""
        return cast("tuple[Placed[InventoryForm], ...]", self.of_kind("inventory"))

    @cached_property
    def criteria(self) -> Mapping[str, Placed[CriteriaList]]:
        """Return the lists of criteria by the names of their folders."""
        return {d.name: cast("Placed[CriteriaList]", d) for d in self.of_kind("criteria")}

    @cached_property
    def criteria_cases(self) -> Mapping[str, Placed[CriteriaExampleFile]]:
        """Return the worked examples by list of criteria."""
        found = self.of_kind("criteria cases")
        return {d.name: cast("Placed[CriteriaExampleFile]", d) for d in found}

    @cached_property
    def processes(self) -> Mapping[str, Placed[Process]]:
        """Return the processes by the names of their folders."""
        return {d.name: cast("Placed[Process]", d) for d in self.of_kind("processes")}

    @cached_property
    def coverages(self) -> Mapping[str, Placed[Coverage]]:
        """Return what of each document is covered, by the document's id."""
        return {d.name: cast("Placed[Coverage]", d) for d in self.of_kind("coverage")}

    # Entries of the registers, repeated ids included

    @cached_property
    def source_entries(self) -> tuple[Placed[Source], ...]:
        """Return every document of the register."""
        files = cast("tuple[Placed[SourceFile], ...]", self.of_kind("sources"))
        return tuple(e for f in files for e in _entries(f, "sources", f.value.sources))

    @cached_property
    def fact_entries(self) -> tuple[Placed[Fact], ...]:
        """Return every fact of the vocabulary."""
        files = cast("tuple[Placed[FactFile], ...]", self.of_kind("facts"))
        return tuple(e for f in files for e in _entries(f, "facts", f.value.facts))

    @cached_property
    def insats_entries(self) -> tuple[Placed[Insats], ...]:
        """Return every insats of the catalogue."""
        files = cast("tuple[Placed[InsatsFile], ...]", self.of_kind("insatser"))
        return tuple(e for f in files for e in _entries(f, "insatser", f.value.insatser))

    @cached_property
    def legal_entries(self) -> tuple[Placed[LegalEntry], ...]:
        """Return every legal ground."""
        files = cast("tuple[Placed[LegalFile], ...]", self.of_kind("legal"))
        return tuple(e for f in files for e in _entries(f, "legal", f.value.legal))

    @cached_property
    def rule_files(self) -> tuple[Placed[RuleFile], ...]:
        """Return every file of rules; a theme may have one in each folder."""
        return cast("tuple[Placed[RuleFile], ...]", self.of_kind("rules"))

    @cached_property
    def rules(self) -> tuple[Placed[Rule], ...]:
        """Return every version of every rule; its ``name`` is its theme."""
        return tuple(e for f in self.rule_files for e in _entries(f, "rules", f.value.rules))

    # The same by id

    @cached_property
    def sources(self) -> Mapping[str, Placed[Source]]:
        """Return the register of documents by id."""
        return {entry.value.id: entry for entry in self.source_entries}

    @cached_property
    def facts(self) -> Mapping[str, Placed[Fact]]:
        """Return the vocabulary of facts by id."""
        return {entry.value.id: entry for entry in self.fact_entries}

    @cached_property
    def insatser(self) -> Mapping[str, Placed[Insats]]:
        """Return the catalogue of insatser by id."""
        return {entry.value.id: entry for entry in self.insats_entries}

    @cached_property
    def legal(self) -> Mapping[str, Placed[LegalEntry]]:
        """Return the legal grounds by key."""
        return {entry.value.id: entry for entry in self.legal_entries}

    # Across files

    @cached_property
    def citations(self) -> tuple[Placed[Citation], ...]:
        """Return every citation of every file."""
        return tuple(
            document.at(value, *place)
            for _, document in self.documents
            for place, value in walk(document.value)
            if isinstance(value, Citation)
        )

    def using(self, theme: str) -> tuple[Placed[Assessment], ...]:
        """Return the assessments that look at a theme of rules."""
        return tuple(a for a in self.assessments.values() if theme in a.value.rules)

    def needs(self, assessment: Assessment) -> ScoredInstrument | None:
        """Return the instrument whose areas are the needs of an assessment."""
        found = self.scored.get(assessment.needs or "")
        return found.value if found else None

    @cached_property
    def supports(self) -> frozenset[str]:
        """Return the support needs that are facts of their own."""
        return frozenset(id_ for id_, f in self.facts.items() if f.value.topic == "support")

    @cached_property
    def areas(self) -> frozenset[str]:
        """Return the need areas of all assessments."""
        instruments = filter(None, (self.needs(a.value) for a in self.assessments.values()))
        return frozenset(item.id for instrument in instruments for item in instrument.items)

    @cached_property
    def words(self) -> Vocabulary:
        """Return what criteria may ask for; nothing while a fact has no value that it can have."""
        words = vocabulary(fact.value for fact in self.facts.values())
        return words if all(t.unknown[0] <= t.unknown[1] for t in words.values()) else {}

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """Return what the rules of each assessment may ask for.

        An assessment whose instruments or facts are faulty has none: the fault is told elsewhere.
        """
        found = {}
        for id_, assessment in self.assessments.items():
            wanted = [*filter(None, (assessment.value.needs,)), *assessment.value.instruments]
            if all(
                id_ in self.scored and are_codes_known(self.scored[id_].value) for id_ in wanted
            ):
                try:
                    words = assessment_vocabulary(self.library, assessment.value)
                except RiskbehovError:
                    continue
                if _AGE in words and all(t.unknown[0] <= t.unknown[1] for t in words.values()):
                    found[id_] = words
        return found


def are_codes_known(instrument: ScoredInstrument) -> bool:
    """Tell whether every item has codes to choose from, so that its range can be told."""
    return all(instrument.codes.get(item.codes) for item in instrument.items)


def read_shelf(
    library: Library,
    *,
    today: dt.date,
    stale: dt.timedelta | None = None,
    commands: Iterable[str] | None = None,
) -> Shelf:
    """Read every data file of a library for itself."""
    documents: list[tuple[str, Placed[BaseModel]]] = []
    faults: list[Fault] = []
    broken: set[str] = set()
    for logical in library.logical_paths:
        named = kind_of(logical)
        if named is None:
            faults += [_unread(logical, path) for path in library.files(logical)]
            continue
        kind, name = named
        for number, path in enumerate(library.files(logical)):
            try:
                value = yamlfile.read(path, KINDS[kind][1])
            except RiskbehovError as fault:
                faults += fault.faults
                broken.add(kind)
                continue
            if number and kind not in _JOINED:
                faults.append(_defined_twice(path, library.files(logical)[0]))
                continue
            root = value.root if isinstance(value, RootModel) else value
            documents.append((kind, Placed(root, name, logical, Origin(None, path))))
    return Shelf(
        library,
        today,
        stale,
        tuple(documents),
        tuple(faults),
        frozenset(broken),
        None if commands is None else frozenset(commands),
    )


def kind_of(logical: str) -> tuple[str, str] | None:
    """Return the kind of a data file and the name that its path gives, or nothing.

    >>> kind_of("instruments/audit/cases.yaml")
    ('instrument cases', 'audit')
    """
    for kind, (template, _) in KINDS.items():
        head, _, tail = template.partition("{id}")
        pattern = f"{re.escape(head)}(?P<id>[^/]+){re.escape(tail)}" if tail else re.escape(head)
        match = re.fullmatch(pattern, logical)
        if match:
            return kind, match.groupdict().get("id", "")
    return None


def _unread(logical: str, path: Path) -> Fault:
    folder, _, name = logical.rpartition("/")
    known = sorted({template.rpartition("/")[2] for template, _ in KINDS.values()} - {"{id}.yaml"})
    return Fault(
        message(
            "found the file {name} in {folder}, which nothing reads; expected one of {known}{hint}",
            name=name,
            folder=folder,
            known=", ".join(known),
            hint=did_you_mean(name, known),
        ),
        str(path),
    )


def _defined_twice(path: Path, first: Path) -> Fault:
    return Fault(
        message("this id is also defined in {other}, expected once", other=first), str(path)
    )


def _entries(file: Placed[BaseModel], key: str, held: tuple[T, ...]) -> Iterator[Placed[T]]:
    for number, value in enumerate(held):
        yield file.at(value, key, number)
