"""Flags of many rows as bit sets, and back to words."""

import numpy as np

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.tables.scores.score import instrument_of


def flag_names(instrument: ScoredInstrument | str, bits: object) -> tuple[str, ...]:
    """Return the flags that stand in a bit set: bit n is the instrument's nth flag.

    Raises :class:`InputError` for what is no bit set of this instrument's flags.

    >>> flag_names("audit", 0b101)
    ('item-1-zero-but-drinking', 'audit-c-from-frequency-only')
    """
    flags = instrument_of(instrument).flags
    most = (1 << len(flags)) - 1
    number = int(bits) if isinstance(bits, int | np.integer) and bits is not True else -1
    if not 0 <= number <= most:
        raise InputError(
            Fault(
                message(
                    "found {found}, expected a whole number 0 to {most}, a bit for each flag",
                    found=str(bits),
                    most=most,
                ),
                "flags",
            )
        )
    return tuple(flag.id for n, flag in enumerate(flags) if number >> n & 1)
