"""Releases made by hand for the tests of what is written of them."""

from collections.abc import Mapping, Sequence

from riskbehov.models.extract import Population, Release, ReleasedGroup, ReleasedTable

Row = Sequence[int | None]
Cells = Mapping[str, Row]


def table(id_: str, base: str | None, labels: list[str], cells: Cells, **given) -> ReleasedTable:
    kind = id_.partition(".")[0]
    return ReleasedTable(
        **{
            "id": id_,
            "kind": kind,
            "label": given.pop("label", id_),
            "base": base,
            "nested": kind == "insatser",
            "categories": tuple(label.replace(" ", "-") for label in labels),
            "labels": tuple(labels),
            "cells": {group: tuple(row) for group, row in cells.items()},
            **given,
        }
    )


def release(*tables: ReleasedTable, **given) -> Release:
    groups = [
        ReleasedGroup(id="total", dimension="total", label="everyone"),
        ReleasedGroup(id="sex.female", dimension="sex", label="women and girls"),
        ReleasedGroup(id="sex.male", dimension="sex", label="men and boys"),
        ReleasedGroup(id="sex.other", dimension="sex", label="another sex"),
    ]
    population = Population(
        assessment="adult",
        label="Adults",
        groups=tuple(groups),
        tables=tables or TABLES,
        left_out=("goals",),
    )
    return Release(
        **{
            "format": "riskbehov-release",
            "version": 1,
            "purpose": "Följa upp",
            "fictional": True,
            "riskbehov": "0.1.0",
            "library": "0" * 64,
            "threshold": 5,
            "by": ("sex",),
            "previous": None,
            "populations": (population,),
            "left_out": ("child-0-5",),
            **given,
        }
    )


def cells(total: Row, female: Row, male: Row) -> Cells:
    return {
        "total": total,
        "sex.female": female,
        "sex.male": male,
        "sex.other": [None] * len(total),
    }


ANSWERS = ["identified", "not identified", "unanswered"]
TABLES = (
    table("persons", None, ["persons"], cells([40], [16], [24])),
    table(
        "followed", "persons", ["followed", "not followed"], cells([20, 20], [9, 7], [None, None])
    ),
    table(
        "needs.leisure",
        "persons",
        ANSWERS,
        cells([25, 15, 0], [10, 6, 0], [15, 9, 0]),
        label="leisure",
    ),
    table(
        "needs.attitudes",
        "persons",
        ANSWERS,
        cells([None, 30, None], [None, None, None], [None, None, None]),
        label="=attitudes",
    ),
    table(
        "support.need_housing",
        "persons",
        ANSWERS,
        cells([9, 31, 0], [None, None, None], [None, None, None]),
        label="housing",
    ),
    table(
        "insatser.met",
        "persons",
        ["agreed", "given", "completed"],
        cells([20, 12, 6], [None, 6, None], [None, 6, None]),
        label="MET",
    ),
    table(
        "risk",
        "persons",
        ["low", "medium", "high", "several possible"],
        cells([None, 20, None, 0], [None, 8, None, 0], [None, 12, None, 0]),
    ),
    table(
        "change.leisure",
        "followed",
        ["improved", "unchanged", "worsened", "cannot tell"],
        cells([12, None, None, 0], [None] * 4, [None] * 4),
        label="leisure",
    ),
)
