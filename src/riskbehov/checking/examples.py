"""The worked examples beside the definitions: each is run, and its outcome held to what it says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from riskbehov.assessing import assess
from riskbehov.checking.assessments import NOT_FICTIONAL
from riskbehov.checking.comparing import differences
from riskbehov.checking.criteria_examples import criteria_faults
from riskbehov.checking.verdicts import verdict_differences
from riskbehov.errors import InputError, unknown_id
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.example import AssessmentExample, Expectation, InstrumentExample
from riskbehov.models.result import DomainResult, Result, Score
from riskbehov.report.plain.assessment import score_dict
from riskbehov.scoring import score

_Plain: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example that was run: whose it is, its name, and where it came out otherwise."""

    id: str
    """The instrument, the assessment or the list of criteria that it stands beside."""
    name: str
    faults: tuple[Message, ...]

    @property
    def is_met(self) -> bool:
        """Tell whether everything came out as expected."""
        return not self.faults


def run_examples(library: Library, ids: Iterable[str] | None = None) -> list[Outcome]:
    """Run the worked examples of some instruments, assessments and lists of criteria, or of all.

    Raises :class:`UnknownIdError` for an id of none of them, and :class:`DataError` if a data file
    is faulty; what an example itself does wrong is told in its outcome.
    """
    known = {*library.instrument_ids, *library.assessment_ids, *library.criteria_ids}
    wanted = known if ids is None else set(ids)
    for id_ in sorted(wanted - known):
        raise unknown_id(message("instrument, assessment or list of criteria"), id_, known)
    return [
        *_instruments(library, wanted),
        *_assessments(library, wanted),
        *_criteria(library, wanted),
    ]


def _instruments(library: Library, wanted: set[str]) -> Iterator[Outcome]:
    for id_ in library.instrument_ids:
        file = library.instrument_examples(id_) if id_ in wanted else None
        for example in file.cases if file else ():
            yield Outcome(id_, example.name, _told(_instrument_faults, library, id_, example))


def _assessments(library: Library, wanted: set[str]) -> Iterator[Outcome]:
    for id_ in library.assessment_ids:
        file = library.assessment_examples(id_) if id_ in wanted else None
        for client in file.cases if file else ():
            yield Outcome(id_, client.name, _told(_assessment_faults, library, id_, client))


def _criteria(library: Library, wanted: set[str]) -> Iterator[Outcome]:
    for id_ in library.criteria_ids:
        file = library.criteria_examples(id_) if id_ in wanted else None
        for example in file.cases if file else ():
            yield Outcome(id_, example.name, _told(criteria_faults, library, id_, example))


def _told(find: Callable[..., Iterator[Message]], *args: object) -> tuple[Message, ...]:
    """Return what ``find`` yields, or why the example could not be run at all."""
    try:
        return tuple(find(*args))
    except InputError as fault:
        return tuple(message("it could not be run: {fault}", fault=each) for each in fault.faults)


# Instruments


def _instrument_faults(library: Library, id_: str, example: InstrumentExample) -> Iterator[Message]:
    if (example.answers is None) == (example.all_answers is None):
        yield message("found answers and all_answers both or neither, expected one of them")
        return
    answers = example.answers if example.answers is not None else example.all_answers
    found = score(
        library.scored(id_),
        answers if answers is not None else (),
        sex=example.sex,
        age=example.age,
        form=example.form,
        cutoffs=example.cutoffs,
    )
    if not example.expect:
        yield message("nothing is expected, expected at least one key under expect")
    yield from score_differences(example.expect, found)


def score_differences(
    expected: object, found: Score, path: tuple[str, ...] = ()
) -> Iterator[Message]:
    """Yield where a score is not as expected; flags as a list are those raised for certain."""
    values = score_values(found)
    if isinstance(expected, Mapping) and not isinstance(expected.get("flags", {}), Mapping):
        raised = [name for name, state in values["flags"].items() if state == "raised"]
        values = {**values, "flags": raised}
    yield from differences(expected, values, path)


def score_values(found: Score) -> _Plain:
    """Return a score under the keys of its JSON, with the state of each flag by its id."""
    plain = score_dict(found)
    return {**plain, "flags": {flag["id"]: flag["state"] for flag in plain["flags"]}}


# Assessments


def _assessment_faults(library: Library, id_: str, client: AssessmentExample) -> Iterator[Message]:
    if not client.case.fictional:
        yield NOT_FICTIONAL
    result = assess(client.case, library, offer=client.offer)
    yield from _result_differences(client.expect, result, id_)
    yield from verdict_differences(client.expect, result)
    for name, expected in client.expect.scores.items():
        if name in result.scores:
            yield from score_differences(expected, result.scores[name], ("scores", name))
        else:
            yield message(
                "instrument {name}: expected a score, found none: the client has no answers to it",
                name=name,
            )


_EXACT = (
    "risk",
    "intensity",
    "identified",
    "plan",
    "gaps",
    "differ",
    "asks_reason",
    "talk_about",
)
"""Keys of an expectation whose whole content must come out, if it is named."""


def _result_differences(expect: Expectation, result: Result, id_: str) -> Iterator[Message]:
    found = _values(result)
    yield from differences({"assessment": expect.assessment or id_}, found)
    for key in _EXACT:
        wanted = getattr(expect, key)
        if wanted is not None:
            yield from differences({key: wanted}, found)
    if expect.acute is not None:
        yield from differences({"acute": expect.acute}, found)
    if expect.targets is not None:
        yield from differences(expect.targets, found["targets"], ("targets",), is_ordered=True)
    yield from _flag_differences(expect, result)


def _values(result: Result) -> _Plain:
    """Return what an expectation may name, as plain values."""
    chosen = result.risk.chosen
    low, high = result.intensity or (None, None)
    return {
        "assessment": result.assessment.id,
        "risk": {
            "low": result.risk.low,
            "high": result.risk.high,
            "basis": chosen.basis if chosen else "unknown",
        },
        "intensity": {"low": low, "high": high},
        "acute": [v.rule.id for v in result.block("acute") if v.verdict == "applies"],
        "identified": result.needs.identified,
        "targets": result.targets,
        "plan": [planned.insats.id for planned in result.plan.insatser],
        "gaps": [gap.target for gap in result.plan.gaps],
        "differ": [question.key for question in result.disagreements],
        "asks_reason": [question.key for question in result.disagreements if question.is_open],
        "talk_about": [found.domain.id for found in _to_talk_about(result)],
    }


def _to_talk_about(result: Result) -> tuple[DomainResult, ...]:
    return result.inventory.to_talk_about if result.inventory else ()


def _flag_differences(expect: Expectation, result: Result) -> Iterator[Message]:
    """Yield flags that are expected but not raised; an empty list expects none."""
    raised = [flag.id for flag in result.flags]
    if "flags" in expect.model_fields_set and not expect.flags:
        yield from differences((), raised, ("flags",))
    for id_ in expect.flags:
        if id_ not in raised:
            yield message(
                "expected the flag {id}, found: {raised}",
                id=id_,
                raised=", ".join(raised) or message("none"),
            )
