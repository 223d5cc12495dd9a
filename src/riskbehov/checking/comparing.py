"""What was expected against what was found, told so that whoever wrote the example understands."""

from collections.abc import Collection, Iterator, Mapping

from riskbehov.errors import did_you_mean
from riskbehov.i18n import N_, Message, message

Path = tuple[str, ...]
"""The keys to a value, outermost first."""

_WORDS = {
    "state": N_("how certain it is"),
    "scales": N_("scale"),
    "bands": N_("band by"),
    "scores": N_("instrument"),
    "low": N_("lowest possible"),
    "high": N_("highest possible"),
    "cutoffs": N_("limits that it is judged by"),
    "default_bands": N_("limits used when none are named"),
    "missing": N_("items without an answer"),
    "inferred": N_("items that a skip makes zero"),
    "decisive": N_("what the band hangs on"),
    "settling": N_("what could settle the band alone"),
    "flags": N_("flags"),
    "sex": N_("sex"),
    "age": N_("age"),
    "form": N_("form"),
    "instrument": N_("instrument"),
    "version": N_("version"),
    "assessment": N_("assessment"),
    "risk": N_("risk level"),
    "basis": N_("what the level rests on"),
    "intensity": N_("intensity"),
    "acute": N_("acute rules that apply"),
    "identified": N_("identified need areas"),
    "targets": N_("targets, in this order"),
    "plan": N_("insatser of the plan"),
    "gaps": N_("targets without an insats"),
    "differ": N_("what views differ on"),
    "asks_reason": N_("what asks for a reason"),
    "talk_about": N_("domains to talk about"),
    "criteria": N_("criterion"),
    "verdict": N_("verdict on the whole"),
    "settles": N_("what would decide"),
    "next": N_("the first gate that is not passed"),
}
_NAMED = ("scales", "bands", "scores", "criteria")
"""Keys after which a name stands: a scale, a cut-off set, an instrument, a criterion."""


def differences(
    expected: object, found: object, path: Path = (), *, is_ordered: bool = False
) -> Iterator[Message]:
    """Yield one sentence for each place where ``found`` is not as ``expected``.

    Of a mapping only the keys that are expected are looked at; lists are compared without regard
    to order unless ``is_ordered``.
    """
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, wanted in expected.items():
            name = str(key)
            if name in found:
                yield from differences(wanted, found[name], (*path, name))
            else:
                yield _unknown(name, found, path)
    elif isinstance(found, Mapping) and expected is not None:
        yield message(
            "{where}: expected {expected}, but this takes keys: {known}",
            where=told(path),
            expected=shown(expected),
            known=", ".join(found) or "-",
        )
    elif not _is_same(expected, found, is_ordered=is_ordered):
        yield message(
            "{where}: expected {expected}, found {found}",
            where=told(path),
            expected=shown(expected),
            found=shown(found),
        )


def _is_same(expected: object, found: object, *, is_ordered: bool) -> bool:
    if isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        if is_ordered:
            return list(expected) == list(found)
        return sorted(map(str, expected)) == sorted(map(str, found))
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    return expected == found


def _unknown(name: str, known: Mapping[str, object], path: Path) -> Message:
    sentence = message(
        "{name!r} is nothing that a result has, expected one of: {known}{hint}",
        name=name,
        known=", ".join(known) or "-",
        hint=did_you_mean(name, known),
    )
    return message("{where}: {told}", where=told(path), told=sentence) if path else sentence


def told(path: Path) -> Message:
    """Return a path in words: the scale total, lowest possible."""
    if not path:
        return message("the result")
    head, *rest = path
    if head in _NAMED and rest:
        first = message("{kind} {name}", kind=message(_WORDS[head]), name=rest.pop(0))
    else:
        first = message(_WORDS[head]) if head in _WORDS else message("{name}", name=head)
    if not rest:
        return first
    return message("{first}, {rest}", first=first, rest=told(tuple(rest)))


def shown(value: object) -> Message | str:
    """Return a value as the writer of an example would put it."""
    if value is None:
        return message("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {shown(held)}" for key, held in value.items()) or message("none")
    if isinstance(value, Collection) and not isinstance(value, str):
        return ", ".join(map(str, value)) or message("none")
    return str(value)
