"""Whether a case can be as it is written: every part of a case file, every fault at once."""
