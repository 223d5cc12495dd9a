"""Consents, what was got from other authorities, and the threat as the police have stated it."""

from collections.abc import Iterator

from riskbehov.i18n import _
from riskbehov.models.result import Exchange, HeldConsent, Result, Threat, ThreatStatement
from riskbehov.report.document import (
    Block,
    Bullets,
    Callout,
    Heading,
    Item,
    Note,
    Paragraph,
    Table,
)
from riskbehov.report.names import Names
from riskbehov.report.words import (
    CONSENT_STATES,
    MATTERS,
    PARTIES,
    listed,
    many,
    short_name,
)
from riskbehov.rules.book import assessment_vocabulary


def exchange(result: Result, names: Names) -> Iterator[Block]:
    """Yield the consents with how they stand, and what was got from others on which ground."""
    if result.consents is None and not result.obtained:
        return
    yield Heading(_("Consents and information from others"))
    yield from _consents(result)
    if result.obtained:
        yield Heading(_("Obtained from others"), 3)
        head = (_("Day"), _("From"), _("What"), _("Ground"))
        yield Table(head, tuple(_obtained(each, result, names) for each in result.obtained))
    if result.threat is not None:
        yield from _threat(result.threat)


def _consents(result: Result) -> Iterator[Block]:
    if result.consents is None:
        yield Paragraph(_("Nothing is noted of consents."))
    elif not result.consents:
        yield Paragraph(_("There is no consent to exchange information."))
    else:
        yield Bullets(tuple(_consent(held) for held in result.consents))


def _consent(held: HeldConsent) -> Item:
    consent = held.consent
    inside: list[Block] = [
        Paragraph(_("About: {matters}.", matters=listed(_(MATTERS[m]) for m in consent.about))),
        Paragraph(_("When: {situations}", situations=consent.situations)),
        Note(
            _("Given in writing {day}.", day=consent.given)
            if consent.form == "written"
            else _("Given orally {day}. {noted}", day=consent.given, noted=consent.noted)
        ),
    ]
    if consent.guardians is not None:
        inside.append(
            Note(
                _("The guardians consent too.")
                if consent.guardians
                else _("The guardians do not consent.")
            )
        )
    line = _(
        "{id}, with {parties}: {state}",
        id=consent.id,
        parties=listed(_(PARTIES[p]) for p in consent.to),
        state=_state(held),
    )
    return Item(line, tuple(inside), is_strong=True)


def _state(held: HeldConsent) -> str:
    consent = held.consent
    if held.state == "valid" and consent.until is not None:
        return _("in force until {day}", day=consent.until)
    day = {"withdrawn": consent.withdrawn, "ended": consent.until}.get(held.state)
    words = _(CONSENT_STATES[held.state], day=day)
    if held.replaced and held.state in ("ended", "withdrawn"):
        return _("{state}; another consent takes its place", state=words)
    return words


def _obtained(each: Exchange, result: Result, names: Names) -> tuple[str, str, str, str]:
    return (
        each.date.isoformat(),
        _(PARTIES[each.from_]),
        _what(each, result, names),
        each.law or _("consent {id}", id=each.consent),
    )


def _what(each: Exchange, result: Result, names: Names) -> str:
    if each.recorded is not None:
        method = names.library.method(each.recorded.method)
        return _(
            "the result of {method}, {date}", method=short_name(method), date=each.recorded.date
        )
    words = assessment_vocabulary(names.library, result.assessment)
    return many(
        _("{fact}: {value}", fact=names.label(n), value=names.found(words[n], words[n].encode(v)))
        for n, v in each.facts.items()
    )


def _threat(threat: Threat) -> Iterator[Block]:
    yield Heading(_("The threat, as the police have stated it"), 3)
    rows = tuple((s.date.isoformat(), _level(s)) for s in threat.statements)
    yield Table((_("Day"), _("Threat")), rows)
    if threat.changes:
        title = (
            _("The threat has changed")
            if threat.changed
            else _("Whether the threat has changed cannot be told")
        )
        since = (
            _("Since the plan was agreed on {day}: look at the plan again.", day=threat.plan_date)
            if threat.plan_date
            else _("With the last statement of the police: look at the plan again.")
        )
        yield Callout("warning", title, (Paragraph(since),))


def _level(statement: ThreatStatement) -> str:
    return _("not known") if statement.level is None else str(statement.level)
