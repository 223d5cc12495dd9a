"""JSON Schema of every file that a person writes, so that an editor completes and checks it."""

from typing import Any

from pydantic import BaseModel

from riskbehov.errors import unknown_id
from riskbehov.i18n import message
from riskbehov.models.assessment import Assessment, Matrix
from riskbehov.models.case import Case, Offer
from riskbehov.models.example import AssessmentExampleFile, InstrumentExampleFile
from riskbehov.models.fact import FactFile
from riskbehov.models.insats import InsatsFile
from riskbehov.models.instrument import InstrumentFile
from riskbehov.models.rule import LegalFile, RuleFile
from riskbehov.models.source import SourceFile

_MODELS: dict[str, type[BaseModel]] = {
    "assessment": Assessment,
    "assessment-cases": AssessmentExampleFile,
    "case": Case,
    "facts": FactFile,
    "insatser": InsatsFile,
    "instrument": InstrumentFile,
    "instrument-cases": InstrumentExampleFile,
    "legal": LegalFile,
    "matrix": Matrix,
    "offer": Offer,
    "rules": RuleFile,
    "sources": SourceFile,
}


def schema_names() -> tuple[str, ...]:
    """Return the names of the files that have a schema."""
    return tuple(_MODELS)


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file; raises :class:`UnknownIdError`."""
    if name not in _MODELS:
        raise unknown_id(message("schema"), name, _MODELS)
    schema = _MODELS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
