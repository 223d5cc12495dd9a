import datetime as dt

from riskbehov.models.base import Validity
from riskbehov.models.condition import AllOf
from riskbehov.models.walk import walk


def test_places_are_as_in_the_file():
    condition = AllOf.model_validate({"all": [{"not": {"fact": "a", "in": ["x", "y"]}}]})
    places = dict(walk(condition, ("when",)))
    assert places["when", "all", 0, "not", "fact"] == "a"
    assert places["when", "all", 0, "not", "in", 1] == "y"
    assert next(iter(places)) == ("when",)


def test_the_keys_of_a_file_are_used_and_not_the_names_in_code():
    validity = Validity.model_validate({"from": dt.date(2026, 1, 1)})
    assert [place for place, _ in walk(validity)] == [(), ("from",), ("to",)]
