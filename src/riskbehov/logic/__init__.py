"""Three-valued logic over facts that may be unknown.

Every fact is an interval from the least to the greatest value that it can have; what is unknown
is the whole range. Every condition is false, unknown or true (0, 1, 2), so that *and* is the
least, *or* the greatest and *not* the distance from two (Kleene 1952, §64).
"""
