"""Random numbers that hang on the seed, the purpose and the row, and on nothing else.

Rows are drawn in blocks of a fixed size, each with generators of its own. So a chunk of any size
has the same rows, a larger cohort begins with a smaller one, and what is drawn for one purpose
changes nothing of what is drawn for another: missing answers leave the complete ones as they were.
"""

from zlib import crc32

import numpy as np

BLOCK = 1 << 16
"""Rows that are drawn together; another number would give other rows."""


def stream(seed: int, purpose: str, block: int) -> np.random.Generator:
    """Return the random numbers for a purpose in a block of rows.

    PCG64, its state made by SeedSequence of the seed with purpose and block as the spawn key.
    """
    key = (crc32(purpose.encode()), block)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
