"""Columns as their libraries hold them, out as arrays: without a copy where there is a way.

Nothing is imported that the caller has not imported already, but for pyarrow.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Bools: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp]

_ALIKE = {str, int, float, type(None)}
"""Types whose equal values read alike, so that they need not be kept apart."""
_QUICK = {str, int, float, bool}
"""Types that pandas tells apart the values of, if each stands by itself."""


_SCATTERED = 1 << 16
"""Categories that all columns share may be many more than those of one."""


class Numbers(NamedTuple):
    """Some rows of a column of numbers; ``is_known`` tells where there is one, nothing all."""

    values: npt.NDArray[Any]
    is_known: Bools | None = None


class Coded(NamedTuple):
    """A column as places in a list of values; not every one of them needs to stand somewhere."""

    held: list[Any]
    parts: Iterable[Numbers]
    """The places, part by part; where none is known there is no value."""


def numbers_of(native: Any) -> Iterator[Numbers] | None:  # noqa: ANN401 - of any library
    """Return a column of numbers as arrays, part by part; nothing for a column of anything else.

    Booleans, decimals and numbers of more than 64 bits are something else.
    """
    home = home_of(native)
    if home == "pandas":
        return _of_pandas(native)
    if home == "polars":
        dtype = native.dtype
        if not (dtype.is_integer() or dtype.is_float()) or "128" in str(dtype):
            return None
        return map(_of_arrow, (part.to_arrow() for part in native.get_chunks()))
    return map(_of_arrow, arrow_chunks(native)) if _is_number(_plain_type(native.type)) else None


def home_of(native: object) -> str:
    """Return the library that a column is of."""
    return type(native).__module__.partition(".")[0]


def _of_pandas(native: "pd.Series[Any]") -> Iterator[Numbers] | None:
    dtype = native.dtype
    if isinstance(dtype, np.dtype):
        return iter([Numbers(native.to_numpy())]) if dtype.kind in "iuf" else None
    if _is_by_arrow(dtype):
        array = _arrow_of_pandas(native)
        return map(_of_arrow, arrow_chunks(array)) if _is_number(array.type) else None
    kind = getattr(dtype, "numpy_dtype", None)  # of what has a mask beside its numbers
    if kind is None or kind.kind not in "iuf":
        return None
    gaps = native.isna().to_numpy()
    return iter([Numbers(native.to_numpy(dtype=kind, na_value=0), ~gaps if gaps.any() else None)])


def truths_of(native: Any) -> Iterator[Numbers] | None:  # noqa: ANN401 - of any library
    """Return a column of booleans as arrays, part by part; nothing for a column of anything else.

    What stands in a gap means nothing.
    """
    home = home_of(native)
    if home == "pandas":
        return _truths_of_pandas(native)
    if home == "polars":
        if str(native.dtype) != "Boolean":
            return None
        native = native.to_arrow()
    return _truths_of_arrow(native)


def _truths_of_pandas(native: "pd.Series[Any]") -> Iterator[Numbers] | None:
    dtype = native.dtype
    if isinstance(dtype, np.dtype):
        return iter([Numbers(native.to_numpy())]) if dtype.kind == "b" else None
    if _is_by_arrow(dtype):
        return _truths_of_arrow(_arrow_of_pandas(native))
    if str(dtype) != "boolean":
        return None
    gaps = native.isna().to_numpy()
    return iter([Numbers(native.to_numpy(dtype=bool, na_value=False), ~gaps)])


def _truths_of_arrow(array: "pa.ChunkedArray[Any] | pa.Array[Any]") -> Iterator[Numbers] | None:
    import pyarrow as pa

    return map(_bits_of, arrow_chunks(array)) if pa.types.is_boolean(array.type) else None


def _bits_of(chunk: "pa.Array[Any]") -> Numbers:
    known, values = chunk.buffers()
    end = chunk.offset + len(chunk)
    parts = [values, known] if chunk.null_count else [values]
    bits = [
        np.unpackbits(np.frombuffer(part, np.uint8), count=end, bitorder="little")
        if len(chunk)
        else np.empty(0, np.uint8)
        for part in parts
    ]
    return Numbers(*(each[chunk.offset :].view(np.bool_) for each in bits))


def _is_by_arrow(dtype: object) -> bool:
    return type(dtype).__name__ == "ArrowDtype"


def _arrow_of_pandas(native: "pd.Series[Any]") -> "pa.ChunkedArray[Any]":
    found: pa.ChunkedArray[Any] = native.array.__arrow_array__()
    return found


def _is_number(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _plain_type(kind: "pa.DataType") -> "pa.DataType":
    """Return the type that more can be done with: runs written out, text in one piece."""
    import pyarrow as pa

    if pa.types.is_run_end_encoded(kind):
        return _plain_type(kind.value_type)
    return pa.large_string() if pa.types.is_string_view(kind) else kind


def arrow_chunks(array: "pa.ChunkedArray[Any] | pa.Array[Any]") -> "Iterator[pa.Array[Any]]":
    """Yield the parts of an Arrow array in its plain type."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = _plain_type(array.type)
    for chunk in array.chunks if isinstance(array, pa.ChunkedArray) else [array]:
        is_runs = pa.types.is_run_end_encoded(chunk.type)
        found = pc.run_end_decode(chunk) if is_runs else chunk
        yield found if found.type == kind else found.cast(kind)


def _of_arrow(chunk: "pa.Array[Any]") -> Numbers:
    """Return an Arrow array's own memory; what stands in a gap means nothing."""
    known, values = chunk.buffers()
    part = slice(chunk.offset, chunk.offset + len(chunk))
    dtype = chunk.type.to_pandas_dtype()
    numbers = np.frombuffer(values, dtype)[part] if len(chunk) else np.empty(0, dtype)
    if not chunk.null_count:
        return Numbers(numbers)
    bits = np.unpackbits(np.frombuffer(known, np.uint8), count=part.stop, bitorder="little")
    return Numbers(numbers, bits[part].view(np.bool_))


def times_of(native: Any) -> npt.NDArray[np.datetime64] | None:  # noqa: ANN401 - of any library
    """Return a column of dates or points in time by the clock of its zone; nothing for others."""
    home = home_of(native)
    dtype = getattr(native, "dtype", None)
    if home == "pandas" and not _is_by_arrow(dtype):
        if getattr(dtype, "kind", "") != "M":
            return None
        here = native if isinstance(dtype, np.dtype) else native.dt.tz_localize(None)
        found: npt.NDArray[np.datetime64] = here.to_numpy()
        return found
    if home == "polars":
        return _times_in_arrow(native.to_arrow()) if native.dtype.is_temporal() else None
    return _times_in_arrow(_arrow_of_pandas(native) if home == "pandas" else native)


def _times_in_arrow(
    array: "pa.ChunkedArray[Any] | pa.Array[Any]",
) -> npt.NDArray[np.datetime64] | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_date(array.type) or pa.types.is_timestamp(array.type)):
        return None
    if getattr(array.type, "tz", None):
        array = pc.local_timestamp(array)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    found: npt.NDArray[np.datetime64] = array.to_numpy(zero_copy_only=False)
    return found


def distinct_of(native: Any) -> tuple[list[Any], Places]:  # noqa: ANN401 - of any library
    """Return the values of a column, each once, and which one each row has; a gap is ``None``."""
    held, parts = coded_of(native)
    places = [_with_gaps(part, len(held)) for part in parts]
    return _that_stand([*held, None], np.concatenate([np.empty(0, np.intp), *places]))


def _with_gaps(part: Numbers, gap: int) -> Places:
    """Return places where a gap has a place too."""
    values, is_known = part
    places = values.astype(np.intp)
    if is_known is not None:
        places[~is_known] = gap
    return places


def _that_stand(held: Sequence[Any], places: Places) -> tuple[list[Any], Places]:
    """Return only the values that some row has."""
    stands = np.bincount(places, minlength=len(held)) > 0
    if stands.all():
        return list(held), places
    kept = np.cumsum(stands) - 1
    return [value for value, is_there in zip(held, stands, strict=True) if is_there], kept[places]


def coded_of(native: Any) -> Coded:  # noqa: ANN401 - of any library
    """Return a column as places in a list of the values that it may have."""
    home = home_of(native)
    if home == "pandas":
        return _coded_in_pandas(native)
    if home == "polars":
        return _coded_in_polars(native)
    return _coded_in_arrow(native)


def with_categories(frame: Any) -> list[str]:  # noqa: ANN401 - of any library
    """Return the columns of an eager frame whose type names values."""
    home = home_of(frame)
    if home == "polars":
        return [name for name, kind in frame.schema.items() if str(kind).startswith("Enum")]
    if home == "pandas":
        plain = (np.dtype,)
        return [n for n, kind in frame.dtypes.items() if not isinstance(kind, plain)]
    import pyarrow as pa

    return [field.name for field in frame.schema if pa.types.is_dictionary(field.type)]


def categories_of(native: Any) -> list[Any]:  # noqa: ANN401 - of any library
    """Return every value that the type of a column names, in use or not; of most types nothing.

    The categories of Polars that are no Enum are those in use.
    """
    home = home_of(native)
    if home == "polars":
        return list(getattr(native.dtype, "categories", ())) if _is_enum(native) else []
    if home == "pandas":
        if native.dtype == "category":
            return list(native.cat.categories)
        if not _is_by_arrow(native.dtype):
            return []
        native = _arrow_of_pandas(native)
    return _in_dictionaries(native)


def _is_enum(native: "pl.Series") -> bool:
    return str(native.dtype).startswith("Enum")


def _in_dictionaries(array: "pa.ChunkedArray[Any] | pa.Array[Any]") -> list[Any]:
    import pyarrow as pa

    if not pa.types.is_dictionary(array.type):
        return []
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    held = (value for chunk in chunks for value in _python(chunk.dictionary))
    return list({_key(value): value for value in held}.values())


def some_of(native: Any, rows: Places) -> Any:  # noqa: ANN401 - of the library that it came from
    """Return some rows of a column."""
    home = home_of(native)
    if home == "pandas":
        return native.iloc[rows]
    return native[rows] if home == "polars" else _some_of_arrow(_whole(native), rows)


def _some_of_arrow(array: "pa.ChunkedArray[Any]", rows: Places) -> "pa.ChunkedArray[Any]":
    import pyarrow as pa

    try:
        return array.take(rows)
    except pa.ArrowInvalid:  # dictionaries that have no room for each other's values
        return array.cast(array.type.value_type).take(rows)


def _whole(array: "pa.ChunkedArray[Any] | pa.Array[Any]") -> "pa.ChunkedArray[Any]":
    import pyarrow as pa

    return pa.chunked_array(list(arrow_chunks(array)), type=_plain_type(array.type))


def _coded_in_pandas(native: "pd.Series[Any]") -> Coded:
    import pyarrow as pa

    dtype = native.dtype
    if dtype == np.dtype(object):
        return _coded_in_objects(native)
    if dtype == "category":
        return Coded(native.cat.categories.tolist(), [_places(native.cat.codes.to_numpy())])
    try:
        array = pa.array(native, from_pandas=True)
    except (pa.ArrowException, TypeError):  # a type that Arrow does not have
        return coded_objects(native.tolist())
    return _coded_in_arrow(array)


def _coded_in_objects(native: "pd.Series[Any]") -> Coded:
    import pandas as pd

    cells = native.to_numpy()
    kinds = [*map(type, native.tolist())]
    if not set(kinds) <= _ALIKE:
        return _coded_by_type(cells, kinds)
    places, held = pd.factorize(cells)
    return Coded(held.tolist(), [_places(places)])


def _coded_by_type(cells: npt.NDArray[Any], kinds: Sequence[type]) -> Coded:
    """Return cells of several types, each type by itself: equal values may then read unlike."""
    import pandas as pd

    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
    kind_of_row = np.fromiter(map(numbers.__getitem__, kinds), np.intp, len(kinds))
    held: list[Any] = []
    places = np.empty(len(cells), np.intp)
    for kind, number in numbers.items():
        rows = np.flatnonzero(kind_of_row == number)
        if kind in _QUICK:
            found, values = pd.factorize(cells[rows], use_na_sentinel=False)
            places[rows] = found + len(held)
            held += values.tolist()
        else:
            some = coded_objects(cells[rows].tolist())
            places[rows] = np.concatenate([part[0] for part in some.parts]) + len(held)
            held += some.held
    return Coded(held, [Numbers(places)])


def _places(places: npt.NDArray[Any]) -> Numbers:
    """Return places of which -1 is none."""
    is_known = places >= 0
    return Numbers(places, None if is_known.all() else is_known)


def _coded_in_polars(native: "pl.Series") -> Coded:
    kind = str(native.dtype)
    if kind == "Object" or "128" in kind:
        return coded_objects(native.to_list())
    if kind.startswith(("Categorical", "Enum")):
        return _coded_categories(native)
    return _coded_in_arrow(native.to_arrow())


def _coded_categories(native: "pl.Series") -> Coded:
    """Return a column of categories as the places that Polars has them at."""
    met = native.unique().drop_nulls()
    words = dict(zip(met.to_physical().to_list(), met.cast(str).to_list(), strict=True))
    if max(words, default=0) > _SCATTERED:
        return _coded_in_arrow(native.to_arrow())
    held = [words.get(place) for place in range(max(words, default=-1) + 1)]
    return Coded(held, map(_of_arrow, (p.to_arrow() for p in native.to_physical().get_chunks())))


def _coded_in_arrow(array: "pa.ChunkedArray[Any] | pa.Array[Any]") -> Coded:
    import pyarrow as pa

    whole = _whole(array)
    try:
        parts = _encoded(whole).chunks
    except pa.ArrowNotImplementedError:  # Arrow finds no places for some types, such as lists
        return coded_objects(_python(whole))
    held = _python(parts[0].dictionary) if parts else []
    return Coded(held, [_of_arrow(part.indices) for part in parts])


def _encoded(array: "pa.ChunkedArray[Any]") -> "pa.ChunkedArray[Any]":
    """Return an array as places in one dictionary for all its parts."""
    import pyarrow as pa

    if not pa.types.is_dictionary(array.type):
        return array.dictionary_encode()
    try:
        return array.unify_dictionaries()
    except pa.ArrowException:  # gaps in a dictionary, or too many values for its places
        return array.cast(array.type.value_type).dictionary_encode()


def _python(array: "pa.ChunkedArray[Any] | pa.Array[Any]") -> list[Any]:
    """Return cells as Python has them, as text where it has no such time."""
    import pyarrow as pa

    try:
        found: list[Any] = array.to_pylist()
    except (OverflowError, ValueError):
        found = array.cast(pa.string()).to_pylist()
    return found


def coded_objects(cells: Sequence[object]) -> Coded:
    """Return cells of any types as places in a list of them, in the order met.

    Values are kept apart by their types too: a number and a boolean that are equal are two.
    """
    known: dict[Hashable, int] = {}
    held: list[Any] = []
    places = np.empty(len(cells), np.intp)
    for row, cell in enumerate(cells):
        key = _key(cell)
        if key not in known:
            known[key] = len(held)
            held.append(cell)
        places[row] = known[key]
    return Coded(held, [Numbers(places)])


def _key(cell: object) -> Hashable:
    try:
        hash(cell)
    except TypeError:
        return type(cell), repr(cell)
    is_nan = isinstance(cell, float) and cell != cell  # noqa: PLR0124 - each is unlike the others
    return type(cell), "" if is_nan else cell
