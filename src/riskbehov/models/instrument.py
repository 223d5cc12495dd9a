"""An instrument as its data file defines it: scored here, or scored elsewhere and recorded."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    Tag,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from riskbehov.i18n import message
from riskbehov.models.base import (
    AgeRange,
    Id,
    Labelled,
    Model,
    Party,
    Prose,
    Seq,
    Text,
    Validity,
)
from riskbehov.models.condition import Condition
from riskbehov.models.source import Citation

SEXES = ("male", "female")
ALL = "all"
Sex: TypeAlias = Literal["male", "female", "other", "unknown"]
MOST = 254
"""The most items, sets and bands: tables of forms number them in a byte, and 255 is none."""
MOST_FLAGS = 32
"""Tables of forms have a bit for each flag."""


class Anchor(Model):
    """One legal code of an item, with a short label of our own."""

    code: Annotated[int, Field(ge=0, le=99)]
    sv: Prose
    en: Prose

    def __str__(self) -> str:
        """Return the label in the language of the moment."""
        return str(Text(sv=self.sv, en=self.en))


class Indicator(Labelled):
    """One thing to look for when an area is rated: yes, partly, no or unknown."""


class Item(Model):
    """One question or area: its label in our own words and which set of codes it takes."""

    id: Id
    label: Text
    codes: Id
    loinc: Prose | None = None
    static: bool | None = None
    """Of an area: whether it is history that no insats can change."""
    indicators: Seq[Indicator] = ()
    adaptation: Text | None = None
    """Of a responsivity item: what to adapt when it is present."""
    sources: Seq[Citation] = ()


class Reliability(Model):
    """How reliably a scale measured in a published sample; with its spread, what change is real."""

    kind: Literal["internal-consistency", "test-retest"]
    coefficient: Annotated[float, Field(gt=0, lt=1)]
    sd: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """The standard deviation in the same sample; without it only the difference can be told."""
    reliable_from: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """The reliable change index above which a change is more than error of measurement."""
    population: Text
    """Whom it was measured on."""
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _spread_with_limit(self) -> "Reliability":
        if (self.sd is None) != (self.reliable_from is None):
            raise ValueError(
                message("found one of sd and reliable_from, expected both of them or neither")
            )
        return self


class Scale(Model):
    """A sum of item codes, or a count of the items with at least a given code."""

    id: Id
    label: Text
    items: Annotated[Seq[Id], Field(min_length=1, max_length=MOST)]
    count_at_least: int | None = None
    """Count the items with this code or more, instead of adding the codes."""
    loinc: Prose | None = None
    reliability: Reliability | None = None
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    note: Text | None = None


class Range(Model):
    """Scores from ``low`` to ``high``, both included; written as ``[low, high]``."""

    low: int
    high: int

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _core: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the pair that stands in a file."""
        return {
            "type": "array",
            "items": {"type": "integer"},
            "minItems": 2,
            "maxItems": 2,
            "description": "[lowest, highest], both included",
        }

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, list) and len(value) == 2:  # noqa: PLR2004 - a pair
            return {"low": value[0], "high": value[1]}
        if isinstance(value, dict | Range):
            return value
        raise ValueError(message("found no pair, expected [lowest, highest]"))

    @model_validator(mode="after")
    def _ordered(self) -> "Range":
        if self.high < self.low:
            raise ValueError(
                message(
                    "found [{low}, {high}], expected the lower score first",
                    low=self.low,
                    high=self.high,
                )
            )
        return self


class CutoffSet(Model):
    """A named, cited and dated table from score to band, by sex or for all."""

    id: Id
    label: Text
    scale: Id
    ages: AgeRange
    forms: Seq[Id] | None = None
    """Forms of administration that it is for; left out: every standard form."""
    bands: Annotated[Seq[Labelled], Field(min_length=2, max_length=MOST)]
    limits: Mapping[Literal["male", "female", "all"], Mapping[str, Range]]
    problem_from: Id | None = None
    """The lowest band that speaks for a closer inquiry."""
    valid: Validity
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    note: Text | None = None


class DefaultSet(Model):
    """The cut-off set used for an age range when the caller names none."""

    set: Id
    ages: AgeRange


class Form(Labelled):
    """A way to give the instrument."""

    skips: bool
    """Whether the form lets the person skip items, so that what is blank may mean zero."""
    standard: bool = True
    note: Text | None = None


class Skip(Model):
    """When ``when`` holds, the ``infer`` items may be left blank and then mean zero."""

    id: Id
    when: Condition
    infer: Annotated[Seq[Id], Field(min_length=1)]
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class Flag(Model):
    """Something to look at that changes no score: a contradiction, an escalation, a note."""

    id: Id
    kind: Literal["contradiction", "escalation", "note"]
    label: Text
    when: Condition
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class Note(Model):
    """A cited remark for the reader, such as a cut-off for a special group."""

    text: Text
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class Repeat(Note):
    """What to think of when the form is given again within some months."""

    within_months: Annotated[int, Field(ge=1, le=120)]


class Licence(Model):
    """What is known of the right to use the instrument and its wording."""

    status: Literal["free", "restricted", "commercial", "unknown", "own"]
    text: Text
    sources: Seq[Citation] = ()


class Definition(Model):
    """What every instrument has."""

    id: Id
    name: Text
    version: Prose
    ages: AgeRange
    use: Text
    misuse: Text
    licence: Licence
    sources: Annotated[Seq[Citation], Field(min_length=1)]
    notes: Seq[Note] = ()


class ScoredInstrument(Definition):
    """An instrument that is answered item by item and scored here."""

    kind: Literal["questionnaire", "rating", "profile"]
    codes: Mapping[Id, Seq[Anchor]]
    items: Annotated[Seq[Item], Field(min_length=1, max_length=MOST)]
    scales: Seq[Scale] = ()
    forms: Annotated[Seq[Form], Field(min_length=1)]
    """Ways to give it; the first is assumed when none is named."""
    skips: Seq[Skip] = ()
    flags: Annotated[Seq[Flag], Field(max_length=MOST_FLAGS)] = ()
    cutoff_sets: Annotated[Seq[CutoffSet], Field(max_length=MOST)] = ()
    default_sets: Seq[DefaultSet] = ()
    loinc: Prose | None = None
    reference_period: Text | None = None
    repeat: Repeat | None = None

    def __hash__(self) -> int:
        """Hash by id and version, so that a plan can be kept for each instrument."""
        return hash((self.id, self.version))

    def legal(self, item: Item) -> tuple[int, ...]:
        """Return the codes that ``item`` may have, lowest first."""
        return tuple(sorted(anchor.code for anchor in self.codes[item.codes]))


class Level(Labelled):
    """A level that the method's manual names, and the toolkit level it counts as."""

    counts_as: Literal["low", "medium", "high"]


class Edition(Labelled):
    """An edition of a method that a result may come from."""

    superseded: bool = False
    """Whether a later edition has replaced it."""


class SectionRating(Labelled):
    """A rating that a method has for each of its sections, on a scale that its manual states."""

    low: int
    high: int


class Section(Labelled):
    """A part of a method that says something of its own."""

    informs: Seq[Id] = ()
    """Need areas and support needs that it says something about."""


class TotalRange(Model):
    """What a method's total can be."""

    low: int
    high: int
    sources: Annotated[Seq[Citation], Field(min_length=1)]


class RecordedMethod(Definition):
    """A method scored elsewhere; only its conclusion is recorded here."""

    kind: Literal["recorded"]
    outcome: Literal["general", "violence", "needs"]
    """General reoffending, violence, or needs without a level of risk: never mixed."""
    judgement: bool = False
    """Whether it is structured professional judgement: nothing is summed, so it has no total."""
    made_by: Party | None = None
    """The authority that alone makes it; its results are always another authority's."""
    editions: Seq[Edition] = ()
    levels: Seq[Level] = ()
    """None for a method that states no level of risk."""
    level_sources: Seq[Citation] = ()
    total: TotalRange | None = None
    sections: Seq[Section] = ()
    section_sources: Seq[Citation] = ()
    """What the sections are, and on which ground they inform areas."""
    ratings: Seq[SectionRating] = ()
    """Ratings that every section has."""
    rating_sources: Seq[Citation] = ()
    valid_months: Annotated[int, Field(ge=1, le=120)]
    valid_sources: Annotated[Seq[Citation], Field(min_length=1)]


def _kind(value: Any) -> str:  # noqa: ANN401
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return "recorded" if kind == "recorded" else "scored"


Instrument: TypeAlias = ScoredInstrument | RecordedMethod


class InstrumentFile(
    RootModel[
        Annotated[
            Annotated[ScoredInstrument, Tag("scored")] | Annotated[RecordedMethod, Tag("recorded")],
            Discriminator(_kind),
        ]
    ]
):
    """``instruments/<id>/instrument.yaml``."""

    model_config = ConfigDict(defer_build=True)
