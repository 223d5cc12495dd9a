"""What hangs on a frame of pandas, once it is asked for."""

import inspect

import pandas as pd
from tests.tables.makers import ran

import riskbehov.tables.accessor  # noqa: F401 - registers it
from riskbehov import tables

FORMS = pd.DataFrame({f"audit_{n}": [0, 2, None] for n in range(1, 11)})


def test_it_gives_what_the_functions_give():
    found = FORMS.riskbehov.score("audit", form="paper", missing="prorate", max_missing=1)
    wanted = tables.score(FORMS, "audit", form="paper", missing="prorate", max_missing=1)
    pd.testing.assert_frame_equal(found, wanted)
    assert FORMS.riskbehov.profile("audit") == tables.profile(FORMS, "audit")
    answers = pd.DataFrame({"Q1": [1, 2]})
    mapping = {
        "instrument": "audit",
        "columns": [{"column": "Q1", "item": "1", "values": {1: 0, 2: 1}}],
    }
    assert answers.riskbehov.recode(mapping).frame["audit_1"].tolist() == [0, 1]


def test_its_methods_say_what_the_functions_say():
    for name in ("score", "profile", "recode", "recommend", "explain"):
        method, function = getattr(FORMS.riskbehov, name), getattr(tables, name)
        assert inspect.getdoc(method) == inspect.getdoc(function)
        assert [*inspect.signature(method).parameters] == [*inspect.signature(function).parameters][
            1:
        ]


def test_it_is_there_only_where_it_was_imported():
    program = (
        "import pandas\n"
        "from riskbehov import tables\n"
        "print(hasattr(pandas.DataFrame, 'riskbehov'))\n"
        "import riskbehov.tables.accessor\n"
        "print(hasattr(pandas.DataFrame, 'riskbehov'))\n"
    )
    run = ran(program)
    assert run.stdout.split() == ["False", "True"]
