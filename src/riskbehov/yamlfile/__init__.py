"""Strict YAML: a file in, a checked model out, every fault with its file, line and path.

What is stricter than YAML itself: only ``true`` and ``false`` are booleans (``yes``, ``no``,
``on`` and ``off`` are text), a number has no leading zero, no base and no colons, a key stands
once, keys are text, and there are no anchors, tags or second documents.
"""

from riskbehov.yamlfile.parse import MAX_BYTES, MAX_DEPTH, Place, dotted, parse, parse_text, text_of
from riskbehov.yamlfile.read import locate, locator, read, validate

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Place",
    "dotted",
    "locate",
    "locator",
    "parse",
    "parse_text",
    "read",
    "text_of",
    "validate",
]
