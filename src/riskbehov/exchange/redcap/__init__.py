"""REDCap: the dictionary that makes a form of an instrument, and the records that come back."""

from riskbehov.exchange.redcap.boxes import join_checkboxes
from riskbehov.exchange.redcap.dictionary import COLUMNS, dictionary
from riskbehov.exchange.redcap.naming import field_names
from riskbehov.exchange.redcap.records import recode_map

__all__ = ["COLUMNS", "dictionary", "field_names", "join_checkboxes", "recode_map"]
