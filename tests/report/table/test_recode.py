"""A recoding to read: every row of every column accounted for."""

import json
from typing import Any

import pandas as pd
import pytest
from tests.report.made import section

from riskbehov.report import recode_blocks, recode_dict, to_markdown, to_text
from riskbehov.report.document import Bullets, Callout, Definitions, Table
from riskbehov.tables import recode

FRAME = pd.DataFrame(
    {"Q1": [1, 5, 99, None, "x"], "kön": ["K", "M", "K", "?", None], "ålder": [30, 40, 41, "", 999]}
)
MAP: dict[str, Any] = {
    "instrument": "audit",
    "columns": [
        {"column": "Q1", "item": "1", "values": {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}, "missing": [99]}
    ],
    "sex": {"column": "kön", "values": {"K": "female", "M": "male"}},
    "age": {"column": "ålder", "missing": [999]},
    "unmapped": "illegal",
}


@pytest.fixture
def report(library):
    return recode(FRAME, MAP, library=library).report


def test_each_column_adds_up_to_the_rows(report):
    [table] = [b for b in section(recode_blocks(report), "Columns") if isinstance(b, Table)]
    assert table.rows == (
        ("Q1", "audit_1", "2", "2", "1"),
        ("kön", "sex", "3", "1", "1"),
        ("ålder", "age", "3", "2", "0"),
    )


def test_what_each_value_became_is_told(report):
    [told] = [b for b in section(recode_blocks(report), "Values") if isinstance(b, Definitions)]
    assert [(term.word, term.text) for term in told.terms] == [
        (
            "Q1",
            "1 → 0 (1), 2 → 1 (0), 3 → 2 (0), 4 → 3 (0), 5 → 4 (1), 99 → missing (1), empty (1)",
        ),
        ("kön", "'K' → female (2), 'M' → male (1), empty (1)"),
        ("ålder", "read as it stands (3), 999 → missing (1), empty (1)"),
    ]


def test_values_that_the_map_does_not_name_stand_first(report):
    [callout] = [b for b in recode_blocks(report) if isinstance(b, Callout)]
    [lines] = [b for b in callout.inside if isinstance(b, Bullets)]
    assert [item.text for item in lines.items] == ["Q1: 'x' (1)", "kön: '?' (1)"]


def test_only_some_of_very_many_values_stand_there(library):
    cells = [f"x{n:02}" for n in range(30)]
    found = recode(pd.DataFrame({"Q1": cells}), _only_q1("missing"), library=library)
    text = " ".join(to_text(recode_blocks(found.report)).replace("┃", " ").split())
    assert "'x19' (1), … (10)" in text
    assert "made missing" in text


def _only_q1(unmapped):
    return {"instrument": "audit", "columns": MAP["columns"], "unmapped": unmapped}


def test_personal_data_among_the_values_are_not_told(library):
    frame = pd.DataFrame({"Q1": ["19121212-1212", 1]})
    report = recode(frame, _only_q1("illegal"), library=library).report
    plain = json.dumps(recode_dict(report), ensure_ascii=False)
    for text in (to_text(recode_blocks(report)), to_markdown(recode_blocks(report)), plain):
        assert "1212" not in text


def test_the_text_fits_in_80_columns(report):
    assert max(map(len, to_text(recode_blocks(report)).splitlines())) <= 80


def test_the_plain_values_tell_the_same(report):
    plain = recode_dict(report)
    first = plain["columns"][0]
    assert (first["answered"], first["missing"], first["illegal"]) == (2, 2, 1)
    assert {"value": "x", "outcome": "illegal", "becomes": None, "rows": 1} in first["values"]
    assert sum(value["rows"] for value in first["values"]) == plain["rows"] == 5
    assert plain["notes"] == ["audit: no column for these items: 2, 3, 4, 5, 6, 7, 8, 9, 10"]
