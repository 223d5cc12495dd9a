"""A made-up cohort: that it is about nobody, how it was made, and where its numbers come from."""

from collections.abc import Iterator

from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.report.cite import cited
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Term,
    bullets,
)
from riskbehov.report.words import STRATA, decimal, listed, short_name
from riskbehov.simulation.about import NOTICE
from riskbehov.simulation.design import Design
from riskbehov.simulation.truth import Part

_MECHANISMS = {
    "mcar": N_("{rate} per cent of the answers, completely at random (MCAR)"),
    "mar": N_("{rate} per cent of the answers, depending on {on} (MAR)"),
    "mnar": N_("{rate} per cent of the answers, depending on {on} (MNAR)"),
}
_ON = {
    "sex": N_("sex"),
    "age": N_("age"),
    "answer": N_("the answer itself"),
    "severity": N_("the severity"),
}
"""What missingness hangs on, where that is no column."""


def simulation_blocks(
    design: Design, library: Library, *, rows: int, random_state: int
) -> tuple[Block, ...]:
    """Return what is said of a cohort when it has been made."""
    return (
        Callout("warning", _("Made up, no data"), (Paragraph(str(NOTICE)),)),
        Definitions(tuple(_terms(design, rows, random_state))),
        *_origins(design, library),
    )


def _terms(design: Design, rows: int, random_state: int) -> Iterator[Term]:
    population = design.truth.population
    yield Term(_("Rows"), str(rows))
    yield Term(_("Random state"), str(random_state))
    yield Term(
        _("Population"),
        str(population),
        (Note(str(population.note)),) if population.note else (),
    )
    asked = design.missing.asked
    if asked.mechanism != "none":
        on = _(_ON[asked.on]) if asked.on in _ON else asked.on
        rate = _percent(asked.rate or 0)
        yield Term(_("Missing"), _(_MECHANISMS[asked.mechanism], rate=rate, on=on))
    if design.coding.rates:
        yield Term(
            _("Faults of coding"),
            listed(f"{kind} {_percent(rate)} %" for kind, rate in design.coding.rates.items()),
        )
    if design.truth.outcome is not None:
        yield Term(_("Outcome"), str(design.truth.outcome.told.label))


def _origins(design: Design, library: Library) -> Iterator[Block]:
    """Yield which published shares the severities were found from, and what is invented."""
    yield Heading(_("Where the numbers come from"))
    yield Bullets(tuple(_origin(part, design, library) for part in design.truth.parts))
    yield from cited(design.truth.population.sources, library)


def _origin(part: Part, design: Design, library: Library) -> Item:
    name = short_name(part.response.instrument)
    told = [
        (sex, prevalence)
        for sex in design.truth.people.shares
        for prevalence in part.population.severity[sex].prevalence
    ]
    if not told:
        return Item(_("{name}: everything is invented.", name=name))
    lines = bullets(
        _(
            "{group}: {share} per cent have at least {points} points.",
            group=_(STRATA[sex]),
            share=_percent(prevalence.share),
            points=prevalence.at_least,
        )
        for sex, prevalence in told
    )
    sources = [citation for _sex, prevalence in told for citation in prevalence.sources]
    text = _("{name}: so many reach the limit as was published. The rest is invented.", name=name)
    return Item(text, (lines, *cited(sources, library)))


def _percent(share: float) -> str:
    return decimal(f"{100 * share:.6g}")
