"""Flags of many rows as bit sets, and back to words."""

from riskbehov.models.instrument import ScoredInstrument


def flag_names(instrument: ScoredInstrument, bits: int) -> tuple[str, ...]:
    """Return the flags that stand in a bit set: bit n is the instrument's nth flag.

    >>> from riskbehov.library import Library
    >>> flag_names(Library.open().scored("audit"), 0b101)
    ('item-1-zero-but-drinking', 'audit-c-from-frequency-only')
    """
    return tuple(flag.id for n, flag in enumerate(instrument.flags) if bits >> n & 1)
