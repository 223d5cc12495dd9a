"""The words for what the models name by a key: strengths, verdicts, grounds, levels."""

from collections.abc import Iterable, Mapping
from typing import Final

from riskbehov.i18n import N_, _, language
from riskbehov.library import RULES, Library
from riskbehov.models.assessment import Matrix
from riskbehov.models.base import AgeRange, Validity
from riskbehov.models.insats import Insats
from riskbehov.models.instrument import Instrument, Reliability

NOT_GIVEN: Final = "–"

STRENGTHS: Mapping[str, str] = {
    "bör": N_("should"),
    "hög prioritet": N_("high priority"),
    "kan": N_("may"),
    "forskningsstöd": N_("supported by research"),
    "information": N_("information"),
    "bör inte": N_("should not"),
}
"""How strongly a recommendation is worded, the strongest first, as the source words it."""

BASES: Mapping[str, str] = {
    "validated": N_("a published limit or measurement"),
    "recommended": N_("a statement or recommendation of an authority"),
    "secondary": N_("read only in another document, not in this one"),
    "toolkit": N_("the toolkit's own structure, not validated"),
}

SHORT_BASES: Mapping[str, str] = {
    "validated": N_("published limits"),
    "recommended": N_("authority"),
    "secondary": N_("second-hand"),
    "toolkit": N_("the toolkit's own structure, not validated"),
}
"""The same in a word or two, for a report that explains them once."""

SEXES: Mapping[str, str] = {
    "male": N_("male"),
    "female": N_("female"),
    "other": N_("another sex"),
    "unknown": N_("unknown"),
}
_ADULTS: Mapping[str, str] = {
    "male": N_("man, {age} years"),
    "female": N_("woman, {age} years"),
    "other": N_("another sex, {age} years"),
    "unknown": N_("sex not known, {age} years"),
}
_CHILDREN: Mapping[str, str] = {
    **_ADULTS,
    "male": N_("boy, {age} years"),
    "female": N_("girl, {age} years"),
}
_AGELESS: Mapping[str, str] = {
    "male": N_("man or boy, age not known"),
    "female": N_("woman or girl, age not known"),
    "other": N_("another sex, age not known"),
    "unknown": N_("neither sex nor age known"),
}
_ADULT = 18

STRATA: Mapping[str, str] = {
    "male": N_("Men and boys"),
    "female": N_("Women and girls"),
    "all": N_("Everyone"),
}

ANSWERED_BY: Mapping[str, str] = {
    "person": N_("the person"),
    "utredare": N_("the utredare"),
    "police": N_("the police"),
    "health-care": N_("health care"),
    "other-authority": N_("another authority"),
    "unit": N_("whoever leads the unit"),
    "toolkit": N_("worked out by the toolkit"),
}

INFORMATION: Mapping[str, str] = {
    "person": N_("the person"),
    "interview": N_("interview"),
    "file": N_("the file"),
    "police": N_("police"),
    "probation": N_("probation service"),
    "network": N_("network"),
    "health-care": N_("health care"),
    "school": N_("school"),
    "other": N_("other"),
}

KINDS: Mapping[str, str] = {
    "questionnaire": N_("questionnaire"),
    "rating": N_("professional rating"),
    "profile": N_("profile"),
    "recorded": N_("recorded result"),
}

LICENCES: Mapping[str, str] = {
    "free": N_("free"),
    "restricted": N_("restricted"),
    "commercial": N_("commercial"),
    "unknown": N_("unknown"),
    "own": N_("the toolkit's own"),
}

SOURCE_KINDS: Mapping[str, str] = {
    "guideline": N_("guideline"),
    "guidance": N_("guidance"),
    "article": N_("article"),
    "manual": N_("manual"),
    "web": N_("web page"),
    "code-system": N_("code system"),
    "law": N_("law"),
    "own": N_("the toolkit's own"),
}

SETTINGS: Mapping[str, str] = {
    "coordination": N_("coordination"),
    "open-care": N_("open care"),
    "health-care": N_("health care"),
    "housing": N_("housing"),
    "placement": N_("placement"),
    "police": N_("police"),
    "probation": N_("probation service"),
}

FORMS: Mapping[str, str] = {
    "individual": N_("individual"),
    "group": N_("group"),
    "family": N_("family"),
    "network": N_("network"),
    "agency": N_("between agencies"),
}

INTRUSIVENESS: Mapping[int, str] = {
    1: N_("open care, in the person's own life"),
    2: N_("housing away from home"),
    3: N_("round-the-clock care"),
}

BLOCKS: Mapping[str, str] = {
    "acute": N_("acute"),
    "insats": N_("insats against reoffending or substance use"),
    "support": N_("support"),
    "consideration": N_("consideration"),
    "information": N_("information"),
}

_RISK_LEVELS: Mapping[str, str] = {
    "low": N_("low"),
    "medium": N_("medium"),
    "high": N_("high"),
}

ABOUT: Mapping[str, str] = {
    "person": N_("a person"),
    "network": N_("a network"),
    "workplace": N_("a workplace"),
    "unit": N_("a unit"),
    "staff": N_("staff"),
}
"""What a list of criteria is about."""

OUTCOMES: Mapping[str, str] = {
    "general": N_("reoffending in general"),
    "violence": N_("violence"),
    "needs": N_("needs, without a level of risk"),
}

PARTIES: Mapping[str, str] = {
    "police": N_("the police"),
    "prison-probation": N_("the Prison and Probation Service"),
    "sis": N_("the National Board of Institutional Care (SiS)"),
    "health-care": N_("health care"),
    "school": N_("school"),
    "employment-service": N_("the employment service"),
    "other-municipality": N_("another municipality"),
    "provider": N_("a provider"),
    "network": N_("persons in the network"),
    "other": N_("another party"),
}
"""From whom something is got, and with whom it is exchanged."""

MATTERS: Mapping[str, str] = {
    "threat": N_("the threat"),
    "suitability": N_("suitability for the programme"),
    "crime": N_("crime"),
    "assessments": N_("assessments"),
    "needs": N_("needs"),
    "health": N_("health"),
    "plan": N_("the plan"),
    "follow-up": N_("follow-up"),
}
"""What is exchanged."""

CONSENT_STATES: Mapping[str, str] = {
    "not-yet": N_("not given yet"),
    "valid": N_("in force"),
    "ended": N_("held until {day}"),
    "withdrawn": N_("withdrawn {day}"),
}
"""How a consent stands."""

_RELIABILITIES: Mapping[str, str] = {
    "internal-consistency": N_("internal consistency (Cronbach's alpha)"),
    "test-retest": N_("agreement when asked again"),
}


def listed(parts: Iterable[object]) -> str:
    """Return parts with commas between."""
    return ", ".join(map(str, parts)) or NOT_GIVEN


def many(parts: Iterable[object]) -> str:
    """Return parts that may hold commas themselves, with semicolons between."""
    return "; ".join(map(str, parts)) or NOT_GIVEN


def span(low: object, high: object) -> str:
    """Return one word where both ends are the same, else the two.

    >>> span("low", "high")
    'low to high'
    """
    return str(low) if str(low) == str(high) else _("{low} to {high}", low=low, high=high)


def person(sex: str, age: int | None) -> str:
    """Return a person's sex and age in words.

    >>> person("female", 16)
    'girl, 16 years'
    """
    if age is None:
        return _(_AGELESS[sex])
    return _((_CHILDREN if age < _ADULT else _ADULTS)[sex], age=age)


def numbers(low: int, high: int) -> str:
    """Return a number, or the least and the greatest that it may be."""
    return str(low) if low == high else f"{low}\N{EN DASH}{high}"


def decimal(number: str) -> str:
    """Return a number with the decimal sign of the language of the moment."""
    return number.replace(".", ",") if language() == "sv" else number


def capital(text: str) -> str:
    """Return ``text`` with a capital first letter, the rest as it stands."""
    return text[:1].upper() + text[1:]


def reliability(known: Reliability) -> str:
    """Return how reliably a scale measured, with its spread where that is known, and on whom."""
    kind, coefficient = _(_RELIABILITIES[known.kind]), decimal(f"{known.coefficient:.2f}")
    if known.sd is None:
        return _(
            "{kind} {coefficient}, no standard deviation known; {population}",
            kind=kind,
            coefficient=coefficient,
            population=known.population,
        )
    return _(
        "{kind} {coefficient}, standard deviation {sd}; {population}",
        kind=kind,
        coefficient=coefficient,
        sd=decimal(str(known.sd)),
        population=known.population,
    )


def ages(found: AgeRange) -> str:
    """Return an age range in words."""
    if found.to is None:
        return _("from {age}", age=found.from_) if found.from_ else _("all ages")
    return numbers(found.from_, found.to)


def validity(found: Validity) -> str:
    """Return the days of a validity in words."""
    if found.to is None:
        return _("from {start}", start=found.from_)
    return _("from {start} to {end}", start=found.from_, end=found.to)


def short_name(instrument: Instrument) -> str:
    """Return an instrument's name without what stands in brackets after it."""
    return str(instrument.name).partition(" (")[0]


def insats_name(insats: Insats) -> str:
    """Return the name of an insats, with its abbreviation if it has one."""
    name = str(insats.name)
    if insats.abbreviation is None or insats.abbreviation in name:
        return name
    return _("{name} ({abbreviation})", name=name, abbreviation=insats.abbreviation)


def insats_names(ids: Iterable[str], library: Library) -> str:
    """Return the names of insatser by their ids."""
    return many(insats_name(library.insatser[id_]) for id_ in ids)


def risk_level(level: str, matrix: Matrix | None = None) -> str:
    """Return the word for a risk level, as the assessment's tables name it."""
    named = {v.id: str(v) for v in matrix.risk_levels} if matrix else {}
    return named.get(level) or _(_RISK_LEVELS[level])


def intensity_name(intensity: str, matrix: Matrix) -> str:
    """Return the word for an intensity, as the assessment's tables name it."""
    return next((str(v) for v in matrix.intensities if v.id == intensity), intensity)


def theme_label(theme: str, library: Library) -> str:
    """Return what a theme of rules is called in the language of the moment."""
    label = library.definition(RULES.format(id=theme))["label"]
    return str(label[language()])
