"""A codebook to read: the columns that a table is scored from, and those that come out."""

from collections.abc import Iterator, Sequence

from riskbehov.exchange.codebook import Codebook
from riskbehov.exchange.variables import Code, Variable
from riskbehov.i18n import _
from riskbehov.report.document import (
    Block,
    Definitions,
    Heading,
    Note,
    Paragraph,
    Table,
    Term,
    bullets,
)
from riskbehov.report.words import LICENCES, NOT_GIVEN, capital, listed, many, numbers


def codebook_blocks(book: Codebook) -> tuple[Block, ...]:
    """Return a codebook: the columns in tables, and under each table what their codes mean."""
    return (*_head(book), *_person(book), *_answers(book), *_scores(book))


def _head(book: Codebook) -> Iterator[Block]:
    instrument = book.instrument
    yield Heading(_("Codebook: {name}", name=instrument.name), 1)
    yield Definitions(
        (
            Term(_("Id"), instrument.id),
            Term(_("Version"), instrument.version),
            Term(
                _("Licence"),
                _(
                    "{status}. {text}",
                    status=capital(_(LICENCES[instrument.licence.status])),
                    text=instrument.licence.text,
                ),
            ),
        )
    )
    yield Paragraph(_("Short labels in our own words; the official wording is not here."))


def _person(book: Codebook) -> Iterator[Block]:
    if book.person:
        yield Heading(_("The person"))
        yield _table(book.person)
        yield from _codes(book.person)


def _answers(book: Codebook) -> Iterator[Block]:
    if not book.answers:
        return
    yield Heading(_("Answers"))
    yield Paragraph(
        _(
            "One row for each filled form. An empty cell is an answer that is missing, and is"
            " never taken for 0. Any other value than these codes, such as 99 for no answer, must"
            " be declared in a recode map."
        )
    )
    yield _table(book.answers)
    yield from _codes(book.answers)


def _scores(book: Codebook) -> Iterator[Block]:
    if not book.scores:
        return
    yield Heading(_("Scores"))
    yield Paragraph(_("The columns that riskbehov score adds to the table, in their order."))
    yield _table(book.scores)
    yield from _codes(book.scores)
    yield from _flags(book.scores)


def _table(variables: Sequence[Variable]) -> Table:
    return Table(
        (_("Column"), _("What it says"), _("Values"), _("Empty")),
        tuple((v.name, v.label, _values(v), v.empty or NOT_GIVEN) for v in variables),
    )


def _values(variable: Variable) -> str:
    if variable.is_bits:
        return _("a sum of {codes}", codes=listed(code.value for code in variable.codes))
    if variable.codes:
        return listed(code.value for code in variable.codes)
    if variable.low is None or variable.high is None:
        return NOT_GIVEN
    return f"{numbers(variable.low, variable.high)} {variable.unit}".strip()


def _codes(variables: Sequence[Variable]) -> Iterator[Block]:
    """Yield what codes mean, once for all columns that have the same ones."""
    columns: dict[tuple[Code, ...], list[str]] = {}
    for variable in variables:
        if variable.codes and not variable.is_bits:
            columns.setdefault(variable.codes, []).append(variable.name)
    if columns:
        yield Heading(_("What the codes mean"), 3)
        yield Definitions(
            tuple(
                Term(listed(names), many(f"{code.value} = {code.label}" for code in codes))
                for codes, names in columns.items()
            )
        )


def _flags(variables: Sequence[Variable]) -> Iterator[Block]:
    flags = next((v.codes for v in variables if v.is_bits), ())
    if flags:
        yield Heading(_("The numbers of the flags"), 3)
        yield bullets(f"{flag.value} = {flag.label}" for flag in flags)
        yield Note(_("A column of flags holds the sum of the numbers of those that are raised."))
