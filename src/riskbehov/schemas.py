"""JSON Schema of every file that a person writes, so that an editor completes and checks it."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from riskbehov.errors import unknown_id
from riskbehov.i18n import message
from riskbehov.models.agegroup import AgeGroupFile
from riskbehov.models.assessment import Assessment, Matrix
from riskbehov.models.case import Case, Offer
from riskbehov.models.coverage import Coverage
from riskbehov.models.criteria import CriteriaExampleFile, CriteriaList, Sheet
from riskbehov.models.example import AssessmentExampleFile, InstrumentExampleFile
from riskbehov.models.fact import FactFile
from riskbehov.models.insats import InsatsFile
from riskbehov.models.instrument import InstrumentFile
from riskbehov.models.process import InventoryForm, Process
from riskbehov.models.recode import RecodeFile
from riskbehov.models.rule import LegalFile, RuleFile
from riskbehov.models.simulation import AssessmentSimulation, InstrumentSimulation
from riskbehov.models.source import SourceFile
from riskbehov.yamlfile.read import models_in

_MODELS: dict[str, type[BaseModel]] = {
    "age-groups": AgeGroupFile,
    "assessment": Assessment,
    "assessment-cases": AssessmentExampleFile,
    "assessment-simulation": AssessmentSimulation,
    "case": Case,
    "coverage": Coverage,
    "criteria": CriteriaList,
    "criteria-cases": CriteriaExampleFile,
    "facts": FactFile,
    "insatser": InsatsFile,
    "instrument": InstrumentFile,
    "instrument-cases": InstrumentExampleFile,
    "instrument-simulation": InstrumentSimulation,
    "inventory": InventoryForm,
    "legal": LegalFile,
    "matrix": Matrix,
    "offer": Offer,
    "process": Process,
    "recode": RecodeFile,
    "rules": RuleFile,
    "sheet": Sheet,
    "sources": SourceFile,
}


def schema_names() -> tuple[str, ...]:
    """Return the names of the files that have a schema."""
    return tuple(_MODELS)


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a file; raises :class:`UnknownIdError`.

    What a field means, said in the model's source under the field, becomes its description.
    """
    if name not in _MODELS:
        raise unknown_id(message("schema"), name, _MODELS)
    model = _MODELS[name]
    schema = model.model_json_schema(by_alias=True)
    described = {**schema.get("$defs", {}), model.__name__: schema}
    for each in {model, *_models_within(model)}:
        _describe(described.get(each.__name__, {}), each)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _models_within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield every model that a model's fields lead to, once each."""
    waiting, seen = [model], {model}
    while waiting:
        owner = waiting.pop()
        for field in owner.model_fields.values():
            for found in models_in(field.annotation, owner):
                if found not in seen:
                    seen.add(found)
                    waiting.append(found)
                    yield found


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put what the source says of each field into its schema."""
    own = next((one for one in schema.get("anyOf", []) if "properties" in one), schema)
    for base in reversed(model.__mro__):
        said = _said(base.__module__).get(base.__name__, {})
        for name, text in said.items():
            key = model.model_fields[name].alias or name
            own.get("properties", {}).get(key, {}).setdefault("description", text)


@cache
def _said(module: str) -> dict[str, dict[str, str]]:
    """Return the sentences that stand under the fields of each class of our own models."""
    if not module.startswith("riskbehov.models."):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        node.name: dict(_under_fields(node)) for node in tree.body if isinstance(node, ast.ClassDef)
    }


def _under_fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(node.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(ast.Constant(str(text))):
                    yield field.target.id, " ".join(text.split())
                case _:
                    pass
