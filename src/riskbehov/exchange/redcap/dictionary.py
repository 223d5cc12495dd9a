"""An instrument as a data dictionary of REDCap: one form, ready to upload."""

import csv
import io
from collections.abc import Iterable, Iterator

from riskbehov.exchange.codebook import (
    AGE,
    AGE_LABEL,
    SEX,
    SEX_LABEL,
    anchors,
    item_label,
    require_items,
    sexes,
)
from riskbehov.exchange.redcap.branching import branching
from riskbehov.exchange.redcap.naming import RECORD, field_names, form_name
from riskbehov.exchange.variables import Code
from riskbehov.i18n import _
from riskbehov.models.instrument import Instrument, Item, ScoredInstrument
from riskbehov.scoring.plan import OLDEST

COLUMNS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
"""The columns of a data dictionary, in REDCap's order and by REDCap's words for them."""
(
    _NAME, _FORM, _HEADER, _TYPE, _LABEL, _CHOICES, _NOTE, _VALIDATION, _LEAST, _MOST,
    _IDENTIFIER, _SHOWN, *_REST, _ANNOTATION,
) = COLUMNS  # fmt: skip

_WITHOUT = str.maketrans("|[]{}", "\u00a6()()")
"""What REDCap takes for its own in a label: a bar parts the choices, brackets fetch a field."""

Row = dict[str, str]


def dictionary(instrument: Instrument, *, skips: bool = False) -> str:
    """Return an instrument as a data dictionary of REDCap, in the language of the moment.

    ``skips`` hides the items that the form lets a person skip. Raises :class:`InputError` for a
    method that is recorded and not scored, and for skips that there are not.
    """
    scored = require_items(instrument)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    form = form_name(scored)
    for row in (*_person(), *_items(scored, skips=skips)):
        writer.writerow({_FORM: form, **row})
    return text.getvalue()


def label(text: str) -> str:
    """Return a label on one line, without what REDCap would take for its own.

    A bar becomes a broken one and brackets become round ones. A space after ``<`` keeps it from
    being read as HTML.

    >>> label("yes|no [x] <5")
    'yes\u00a6no (x) < 5'
    """
    return " ".join(text.translate(_WITHOUT).replace("<", "< ").split())


def choices(codes: Iterable[Code]) -> str:
    """Return codes with their labels as REDCap writes them: ``0, never | 1, sometimes``."""
    return " | ".join(f"{code.value}, {label(code.label)}" for code in codes)


def _person() -> Iterator[Row]:
    yield {
        _NAME: RECORD,
        _TYPE: "text",
        _LABEL: label(_("Record")),
        _NOTE: label(_("A key that is drawn: never a personal number, a name or initials.")),
        _HEADER: label(_("The person")),
    }
    yield {
        _NAME: SEX,
        _TYPE: "radio",
        _LABEL: label(_(SEX_LABEL)),
        _CHOICES: choices(sexes()),
        _ANNOTATION: "@NOMISSING",  # "unknown" is one of the choices
    }
    yield {
        _NAME: AGE,
        _TYPE: "text",
        _LABEL: label(_(AGE_LABEL)),
        _NOTE: label(_("Whole years.")),
        _VALIDATION: "integer",
        _LEAST: "0",
        _MOST: str(OLDEST),
    }


def _items(instrument: ScoredInstrument, *, skips: bool) -> Iterator[Row]:
    fields = field_names(instrument)
    shown = branching(instrument, fields) if skips else {}
    header = label(
        _(
            "{name}. Short labels of the toolkit's own, not the wording of the form: ask by the"
            " form itself. {licence}",
            name=instrument.name,
            licence=instrument.licence.text,
        )
    )
    for item in instrument.items:
        yield {
            _NAME: fields[item.id],
            _HEADER: header,
            _TYPE: "radio",
            _LABEL: label(item_label(item)),
            _CHOICES: choices(anchors(instrument, item)),
            _SHOWN: shown.get(item.id, ""),
            _ANNOTATION: _origin(instrument, item),
        }
        header = ""


def _origin(instrument: ScoredInstrument, item: Item) -> str:
    """Return which item of which instrument a field is, for whoever meets it under another name."""
    loinc = f"; LOINC {item.loinc}" if item.loinc else ""
    return label(f"riskbehov {instrument.id} {item.id}{loinc}")
