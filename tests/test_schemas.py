"""The JSON Schemas: sound, and every data file of the repository fits its own."""

import datetime as dt
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from riskbehov import yamlfile
from riskbehov.errors import UnknownIdError
from riskbehov.schemas import json_schema, schema_names

ROOT = Path(__file__).parents[1]
FILES = {
    "assessment": "assessments/*/assessment.yaml",
    "assessment-cases": "assessments/*/cases.yaml",
    "assessment-simulation": "assessments/*/simulation.yaml",
    "coverage": "assessments/coverage/*.yaml",
    "facts": "assessments/facts.yaml",
    "insatser": "assessments/insatser.yaml",
    "instrument": "instruments/*/instrument.yaml",
    "instrument-cases": "instruments/*/cases.yaml",
    "instrument-simulation": "instruments/*/simulation.yaml",
    "legal": "assessments/process/legal.yaml",
    "matrix": "assessments/*/matrix.yaml",
    "process": "assessments/process/*/process.yaml",
    "rules": "assessments/rules/*.yaml",
    "sources": "instruments/sources.yaml",
}


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(held) for key, held in value.items()}
    if isinstance(value, list):
        return [as_json(held) for held in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def validator(name):
    return jsonschema.Draft202012Validator(json_schema(name))


@pytest.mark.parametrize("name", schema_names())
def test_the_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(json_schema(name))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        pytest.param(name, path, id=str(path.relative_to(ROOT)))
        for name, pattern in FILES.items()
        for path in sorted(ROOT.glob(pattern))
    ],
)
def test_a_data_file_fits_its_schema(name, path):
    validator(name).validate(as_json(yamlfile.parse(path)))


def test_what_the_source_says_of_a_field_is_its_description():
    answer = json_schema("case")["$defs"]["Answer"]["anyOf"][-1]
    assert "drives this person's crime" in answer["properties"]["driver"]["description"]


def test_a_misspelt_key_does_not_fit():
    wrong = {"case": "fiktiv", "date": "2026-01-01", "persn": {"age": 30}}
    found = {error.validator for error in validator("case").iter_errors(wrong)}
    assert {"additionalProperties", "required"} <= found


def test_an_unknown_schema_is_refused_with_the_known_names():
    with pytest.raises(UnknownIdError, match=r"'cas'.*did you mean 'case'"):
        json_schema("cas")
