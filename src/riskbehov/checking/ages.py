"""How age ranges lie to each other."""

from riskbehov.models.base import AgeRange

_OLDEST = 120


def years(*ranges: AgeRange) -> range:
    """Return the ages that are within every range."""
    first = max(r.from_ for r in ranges)
    last = min(_OLDEST if r.to is None else r.to for r in ranges)
    return range(first, last + 1)


def is_within(inner: AgeRange, outer: AgeRange) -> bool:
    """Tell whether every age of ``inner`` is one of ``outer``."""
    return years(inner, outer) == years(inner)
