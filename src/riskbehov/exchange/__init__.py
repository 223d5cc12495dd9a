"""Definitions and data in the forms of other programs: codebooks, REDCap, SPSS."""
