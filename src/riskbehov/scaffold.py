"""The beginnings of new files, made so that they load and pass the checks from the first moment."""

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from riskbehov import yamlfile
from riskbehov.errors import Fault, InputError
from riskbehov.i18n import _, message
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment
from riskbehov.models.base import Party
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import Anchor, ScoredInstrument
from riskbehov.models.process import InventoryForm
from riskbehov.models.source import SourceFile

_ID = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
_KEY_LETTERS = "0123456789BCDFGHJKMNPQRSTVWXYZ"

_INSTRUMENT = """\
# {id}: replace every word below. riskbehov check tells what is still missing.
id: {id}
kind: questionnaire
name: {{sv: "Nytt formulär {id}", en: "New form {id}"}}
version: "1"
ages: {{from: 18}}
use: {{sv: "Vad formuläret är till för.", en: "What the form is for."}}
misuse: {{sv: "Vad det inte får användas till.", en: "What it must not be used for."}}
licence:
  status: unknown
  text: {{sv: "Vem som äger formuläret är inte utrett.", en: "The owner is not known."}}
sources:
  - {{source: {id}-manual, locator: "s. 1", basis: secondary}}
forms:
  - {{id: interview, sv: Intervju, en: Interview, skips: false}}
codes:
  agreement:
    - {{code: 0, sv: nej, en: "no"}}
    - {{code: 1, sv: delvis, en: partly}}
    - {{code: 2, sv: ja, en: "yes"}}
items:
  - {{id: "1", label: {{sv: första frågan, en: first question}}, codes: agreement}}
  - {{id: "2", label: {{sv: andra frågan, en: second question}}, codes: agreement}}
scales:
  - id: total
    label: {{sv: Summa, en: Total}}
    items: ["1", "2"]
    sources: [{{source: {id}-manual, locator: "s. 2", basis: secondary}}]
cutoff_sets:
  - id: {id}-manual
    label: {{sv: Manualens gränser, en: "Limits of the manual"}}
    scale: total
    ages: {{from: 18}}
    bands:
      - {{id: low, sv: under gränsen, en: below the limit}}
      - {{id: high, sv: vid eller över gränsen, en: at or above the limit}}
    limits:
      all: {{low: [0, 2], high: [3, 4]}}
    problem_from: high
    valid: {{from: {today}}}
    sources: [{{source: {id}-manual, locator: "s. 3", basis: secondary}}]
default_sets:
  - {{set: {id}-manual, ages: {{from: 18}}}}
"""
_CASES = """\
# Worked examples of {id}: take them from the manual, not from what riskbehov answers.
cases:
  - name: "Alla svar är noll"
    all_answers: [0, 0]
    age: 30
    expect:
      state: certain
      scales: {{total: {{low: 0, high: 0}}}}
      bands: {{{id}-manual: {{low: low, high: low}}}}
  - name: "Ett svar saknas och avgör"
    all_answers: [1, null]
    age: 30
    expect: {{state: provisional, missing: ["2"], decisive: ["2"], settling: ["2"]}}
"""
_SOURCES = """\
# The documents that this folder cites.
sources:
"""
_SOURCE = """\
  - id: {id}-manual
    title: "Manual för {id}"
    publisher: "Utgivaren"
    kind: manual
    checked: {today}
"""


def new_instrument(id_: str, folder: Path) -> tuple[Path, ...]:
    """Write a definition, worked examples and a register of sources; return the files.

    Raises :class:`InputError` for an id of the wrong form and for a file that exists already.
    """
    if not _ID.fullmatch(id_):
        raise InputError(
            Fault(
                message(
                    "found {found!r}, expected 3 to 40 lower-case letters, digits and -", found=id_
                ),
                "ID",
            )
        )
    home = folder / "instruments"
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    definition, cases, sources = (
        home / id_ / "instrument.yaml",
        home / id_ / "cases.yaml",
        home / "sources.yaml",
    )
    taken = [path for path in (definition, cases) if path.exists()]
    if taken:
        raise InputError(
            Fault(message("the file exists already, expected none; nothing was written"), str(path))
            for path in taken
        )
    texts = {
        definition: _INSTRUMENT.format(id=id_, today=today),
        cases: _CASES.format(id=id_),
        sources: _with_source(sources, id_, today),
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(texts)


def _with_source(path: Path, id_: str, today: dt.date) -> str:
    """Return the register of a folder with the new instrument's manual at its end."""
    before = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else _SOURCES
    text = before + _SOURCE.format(id=id_, today=today)
    values = yamlfile.parse_text(text, str(path), error=InputError)
    yamlfile.validate(values, SourceFile, path=str(path), error=InputError)
    return text


def new_key() -> str:
    """Return a new case key: drawn at random, without vowels, so that it says nothing of who."""
    groups = ("".join(secrets.choice(_KEY_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(("RB", *groups))


def new_case(library: Library, assessment: Assessment, *, fictional: bool) -> str:
    """Return the text of a case file with every place that the assessment asks for."""
    return "\n".join(_case_lines(library, assessment, fictional=fictional)) + "\n"


def _case_lines(library: Library, assessment: Assessment, *, fictional: bool) -> Iterator[str]:
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    yield f"# {assessment.name}"
    yield f"case: {new_key()}"
    yield f"fictional: {'true' if fictional else 'false'}"
    yield f"date: {today}"
    yield f"assessment: {assessment.id}"
    yield "person:"
    yield f"  age: {assessment.ages.from_}"
    yield "  sex: unknown"
    if assessment.instruments:
        yield "instruments:"
        for id_ in assessment.instruments:
            yield from _instrument_lines(library.scored(id_))
    told = [f for f in library.facts.values() if not f.is_derived and not f.is_impersonal]
    yield "facts:"
    for fact in told:
        if fact.matter is None:
            yield f"  # {fact.question}"
            yield f"  {fact.id}: null"
    yield from _exchange_lines([fact for fact in told if fact.matter is not None], today)
    if assessment.needs and library.inventory is not None:
        yield from _inventory_lines(library.inventory, today)


def _exchange_lines(facts: Sequence[Fact], today: dt.date) -> Iterator[str]:
    """Yield consents, and what only another authority can tell, ready to be taken in."""
    parties = dict.fromkeys(map(_party, facts))
    matters = dict.fromkeys(str(fact.matter) for fact in facts)
    yield f"# {_('Consents to exchange information; null is not known, [] is none')}"
    yield "consents: null"
    yield "#  - id: s1"
    yield f"#    to: [{', '.join(parties)}]"
    yield f"#    about: [{', '.join(matters)}]"
    yield f"#    situations: {_('when information is exchanged')}"
    yield "#    form: written"
    yield f"#    given: {today}"
    yield f"# {_('What other authorities have told, each with a consent or a law of that day')}"
    yield "obtained: []"
    for fact in facts:
        yield f"#  # {fact.question}"
        told = f"from: {_party(fact)}, date: {today}, consent: s1, facts: {{{fact.id}: null}}"
        yield f"#  - {{{told}}}"


def _party(fact: Fact) -> str:
    return fact.stated_by if fact.stated_by in get_args(Party) else "other"


def _inventory_lines(form: InventoryForm, today: dt.date) -> Iterator[str]:
    """Yield the domains that the person rates, each with its question."""
    yield f"# {form.name}"
    yield f"#   situation: {_anchors(form.situation)}"
    yield f"#   motivation: {_anchors(form.motivation)}"
    yield "inventory:"
    yield f"  date: {today}"
    yield "  domains:"
    for domain in form.domains:
        yield f"    # {domain.question}"
        yield f"    {domain.id}: {{situation: null, motivation: null, priority: null}}"


def _anchors(scale: Iterable[Anchor]) -> str:
    return ", ".join(f"{anchor.code} {anchor}" for anchor in scale)


def _instrument_lines(instrument: ScoredInstrument) -> Iterator[str]:
    yield f"  {instrument.id}:"
    yield f"    form: {instrument.forms[0].id}"
    yield "    answers:"
    for item in instrument.items:
        codes = ", ".join(map(str, instrument.legal(item)))
        yield f'      "{item.id}": null  # {item.label} ({codes})'
