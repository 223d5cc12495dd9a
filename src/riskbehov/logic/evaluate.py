"""Many cases at once: the same conditions over columns, least and greatest value per row."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from riskbehov.logic.tree import FALSE, TRUE, Compare, Tree

Columns = Mapping[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]
"""Per fact: the least and the greatest value, one number a row."""


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
    if leaf.fact.name in columns:
        low, high = columns[leaf.fact.name]
    else:
        low, high = (np.full(rows, bound, np.int64) for bound in leaf.fact.unknown)
    certain, possible = leaf.bounds(low, high)
    found: npt.NDArray[np.uint8] = np.add(certain, possible, dtype=np.uint8)
    return found
