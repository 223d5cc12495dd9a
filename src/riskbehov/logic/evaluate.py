"""Many cases at once: the same conditions over columns, least and greatest value per row."""

from collections.abc import Mapping
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from riskbehov.logic.tree import FALSE, TRUE, Compare, Tree

Whole: TypeAlias = npt.NDArray[np.integer]
Columns: TypeAlias = Mapping[str, tuple[Whole, Whole]]
"""Per fact: the least and the greatest value, one number a row; the smaller the type of numbers
that holds them all, the quicker."""


def evaluate(tree: Tree, columns: Columns, rows: int) -> npt.NDArray[np.uint8]:
    """Return 0, 1 or 2 (false, unknown, true) for each of ``rows`` rows.

    A fact without columns is unknown in every row. The result equals that of
    :func:`riskbehov.logic.explain.truth` row by row.
    """
    if isinstance(tree, Compare):
        return _compare(tree, columns, rows)
    parts = [evaluate(part, columns, rows) for part in tree.parts]
    if tree.join == "not":
        return np.subtract(np.uint8(TRUE), parts[0])
    if tree.join == "count":
        truths = np.stack(parts)
        certain = np.count_nonzero(truths == TRUE, axis=0) >= tree.least
        possible = np.count_nonzero(truths > FALSE, axis=0) >= tree.least
        found: npt.NDArray[np.uint8] = np.add(certain, possible, dtype=np.uint8)
        return found
    join = np.minimum if tree.join == "all" else np.maximum
    result = parts[0]
    for part in parts[1:]:
        join(result, part, out=result)
    return result


def _compare(leaf: Compare, columns: Columns, rows: int) -> npt.NDArray[np.uint8]:
    if leaf.fact.name not in columns:
        return np.full(rows, leaf.truth({}), np.uint8)
    certain, possible = leaf.bounds(*columns[leaf.fact.name])
    found: npt.NDArray[np.uint8] = np.add(certain, possible, dtype=np.uint8)
    return found


def holds(tree: Tree, values: Mapping[str, Whole]) -> npt.NDArray[np.bool_]:
    """Return where a condition holds, of facts that are all known: one value a row.

    The result equals that of :func:`evaluate` with the values as the least and the greatest.
    """
    if isinstance(tree, Compare):
        held: npt.NDArray[np.bool_] = tree.holds(values[tree.fact.name])
        return held
    parts = (holds(part, values) for part in tree.parts)
    if tree.join == "not":
        return ~next(parts)
    if tree.join == "count":
        return np.asarray(np.count_nonzero(np.stack([*parts]), axis=0) >= tree.least)
    return reduce(and_ if tree.join == "all" else or_, parts)
