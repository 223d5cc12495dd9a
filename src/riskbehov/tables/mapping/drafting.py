"""A recode map that is drafted from a profile: what can be told, and questions for the rest."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from riskbehov import yamlfile
from riskbehov.errors import Fault, InputError, quoted, reason
from riskbehov.i18n import N_, Message, _, message
from riskbehov.models.recode import RecodeMap
from riskbehov.privacy import mask
from riskbehov.tables.frames.naming import Role
from riskbehov.tables.mapping.profiling import Problem, Profile, ProfiledColumn
from riskbehov.yamlfile.scalars import CONTROL

_WIDEST = 100
_MOST_ODD = 12
PEOPLE: Mapping[Role, str] = {
    "sex": N_("sex"),
    "age": N_("age"),
    "birth_date": N_("date of birth"),
    "date": N_("day of the assessment"),
}
"""What a table may tell of a person besides the answers, in words."""
_KEPT_OUT: Mapping[Problem, str] = {
    "name-twice": N_("several columns have this name: give each a name of its own"),
    "name-no-text": N_("the name of the column is a number: give it a name of letters"),
    "personal": N_("there is what looks like personal data: is this the right column?"),
    "empty": N_("the column is empty"),
}
_NO_NAME = N_("the name of the column has signs that cannot be written: give it another")


@dataclass(frozen=True, slots=True)
class Question:
    """What a person has to look at before a map is used."""

    column: str
    message: Message
    is_open: bool
    """Whether the map cannot be used before it is decided."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A recode map in YAML, with its questions as comments; it says that nobody confirmed it."""

    text: str
    questions: tuple[Question, ...]

    def __str__(self) -> str:
        """Return the file's text."""
        return self.text

    @property
    def mapping(self) -> RecodeMap:
        """Return the map; raises :class:`InputError` where something is still to be decided."""
        values = yamlfile.parse_text(self.text, "draft", error=InputError)
        return yamlfile.validate(values, RecodeMap, path="draft", error=InputError)

    def write(self, path: Path | str) -> None:
        """Write the draft to a new file.

        Raises :class:`InputError` for a file that exists already: somebody may have worked on it.
        """
        try:
            with Path(path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(self.text)
        except FileExistsError:
            wrong = message("the file exists already, expected none; nothing was written")
            raise InputError(Fault(wrong, str(path))) from None
        except OSError as fault:
            wrong = message("the file cannot be written ({reason})", reason=reason(fault))
            raise InputError(Fault(wrong, str(path))) from None


def draft_map(profile: Profile) -> Draft:
    """Return a recode map for a table that was profiled.

    What a column's values mean is written out where that can be told, and asked in a comment where
    it cannot: such a column has no values yet, so that the map is refused until it has. All of it
    is refused until ``confirmed`` is true.
    """
    return Draft("\n".join(_lines(profile)) + "\n", tuple(questions(profile)))


def questions(profile: Profile) -> Iterator[Question]:
    """Yield what must be decided or confirmed about the columns of a table, in their order."""
    for column in profile.columns:
        if column.role in ("item", *PEOPLE):
            yield from _about(column)
    for item, names in profile.rivals.items():
        yield Question(", ".join(names), _rivals(item), is_open=True)
    for role in PEOPLE:
        if len(held := _of_role(profile, role)) > 1:
            several = ", ".join(column.name for column in held)
            yield Question(several, _several(role), is_open=True)


def _rivals(item: str) -> Message:
    return message("equally likely to hold item {item}: choose one", item=item)


def _several(role: Role) -> Message:
    return message("equally likely to hold {role}: choose one", role=message(PEOPLE[role]))


def _about(column: ProfiledColumn) -> Iterator[Question]:
    """Yield what to ask about one column."""
    if (kept_out := _kept_out(column)) is not None:
        yield Question(column.name, kept_out, is_open=True)
        return
    if "empty" in column.problems:
        yield Question(column.name, message(_KEPT_OUT["empty"]), is_open=False)
    coding = column.coding
    if coding is not None:
        is_unclear = column.role != "age" and (coding.kind == "unclear" or not coding.values)
        for remark in coding.remarks:
            yield Question(column.name, remark, is_open=is_unclear)
        if is_unclear and not coding.remarks:
            yield Question(column.name, message("no value of it is known"), is_open=True)
        if coding.odd and coding.kind != "unclear":
            yield Question(column.name, _odd(column), is_open=True)
        if coding.missing:
            yield Question(column.name, _missing(coding.missing), is_open=False)
    for remark in column.remarks:
        yield Question(column.name, remark, is_open=False)


def _kept_out(column: ProfiledColumn) -> Message | None:
    """Return why a column cannot stand in a map, if it cannot."""
    if CONTROL.search(column.name):
        return message(_NO_NAME)
    is_told = column.coding is not None and bool(column.coding.values)  # by labels, if it is empty
    kept = (p for p in column.problems if p in _KEPT_OUT and not (p == "empty" and is_told))
    return next((message(_KEPT_OUT[p]) for p in kept), None)


def _odd(column: ProfiledColumn) -> Message:
    rows = {found.value: found.rows for found in column.values}
    odd = column.coding.odd if column.coding else ()
    shown = [_counted(value, rows.get(value)) for value in odd[:_MOST_ODD]]
    if column.role == "age":
        return message(
            "no ages in whole years: {values}{more}; put under missing what says that it is not"
            " known, and mend the others in the table",
            values=", ".join(shown),
            more=", …" if len(odd) > _MOST_ODD else "",
        )
    return message(
        "known neither as codes nor as missing: {values}{more}; put each under values or missing",
        values=", ".join(shown),
        more=", …" if len(odd) > _MOST_ODD else "",
    )


def _counted(value: str, rows: int | None) -> str:
    return quoted(value) if rows is None else f"{quoted(value)} ({rows})"


def _missing(values: Sequence[str]) -> Message:
    return message(
        "taken for missing: {values}; take away what is an answer",
        values=", ".join(map(quoted, values)),
    )


def _of_role(profile: Profile, role: Role) -> list[ProfiledColumn]:
    return [column for column in profile.columns if column.role == role]


def _lines(profile: Profile) -> Iterator[str]:
    yield from _comment(
        _("A recode map for {id}, drafted by riskbehov profile.", id=profile.instrument.id)
    )
    yield from _comment(
        _(
            "Look at each line that begins with a question mark, and hold the codes against the"
            " form that was used: a reversed coding is never recognised. Then set confirmed to"
            " true; until then the map is refused."
        )
    )
    yield f"instrument: {profile.instrument.id}"
    yield "confirmed: false"
    yield from _comment(
        _(
            "A value that the map does not name: refuse (an error), illegal (the row is invalid) or"
            " missing."
        )
    )
    yield "unmapped: refuse"
    yield from _item_lines(profile)
    for role in PEOPLE:
        yield from _person_lines(profile, role)


def _item_lines(profile: Profile) -> Iterator[str]:
    labels = {item.id: str(item.label) for item in profile.instrument.items}
    held = {id_: c for id_, c in profile.items.items() if _kept_out(c) is None}
    yield "columns:" if held else "columns: []"
    for id_, column in held.items():
        yield from _asked(column, "  ")
        yield f"  - column: {_text(column.name)}"
        yield f"    item: {_text(id_)}  # {_seen(labels[id_])}"
        yield from _values_lines(column, "    ")
    for remark in profile.remarks:
        yield from _comment(f"? {remark}", "  ")
    for id_, names in profile.rivals.items():
        yield from _comment(f"? {', '.join(map(_seen, names))}: {_rivals(id_)}", "  ")
    for column in profile.items.values():
        if _kept_out(column) is not None:
            yield from _asked(column, "  ")
    if profile.without_column:
        items = ", ".join(profile.without_column)
        yield from _comment(_("Items without a column: {items}", items=items), "  ")


def _person_lines(profile: Profile, role: Role) -> Iterator[str]:
    held = _of_role(profile, role)
    if len(held) > 1:
        names = ", ".join(_seen(column.name) for column in held)
        yield from _comment(f"? {names}: {_several(role)}")
        return
    for column in held:
        yield from _asked(column, "")
        if _kept_out(column) is None:
            yield f"{role}:"
            yield f"  column: {_text(column.name)}"
            yield from _values_lines(column, "  ")


def _asked(column: ProfiledColumn, indent: str) -> Iterator[str]:
    name = f"{_seen(column.name)}: " if _kept_out(column) is not None else ""
    for question in _about(column):
        yield from _comment(f"? {name}{question.message}", indent)


def _values_lines(column: ProfiledColumn, indent: str) -> Iterator[str]:
    """Yield what the values mean: chosen, or each way to read them as a comment."""
    coding = column.coding
    if coding is None:
        return
    if column.role != "age":
        for reading in coding.readings:
            yield from _keys(reading, f"{indent}# ")
        yield from _keys(coding.values, indent)
    if coding.missing:
        yield f"{indent}missing: [{', '.join(map(_text, coding.missing))}]"


def _keys(values: Mapping[str, int | str], indent: str) -> Iterator[str]:
    """Yield a mapping on one line, or a line for each value where one has no room."""
    pairs = [f"{_text(value)}: {meant}" for value, meant in values.items()]
    line = f"{indent}values: {{{', '.join(pairs)}}}"
    if len(line) <= _WIDEST:
        yield line
        return
    yield f"{indent}values:"
    yield from (f"{indent}  {pair}" for pair in pairs)


def _comment(text: str, indent: str = "") -> Iterable[str]:
    head = f"{indent}# "
    return textwrap.wrap(
        _seen(text),
        _WIDEST,
        initial_indent=head,
        subsequent_indent=head + ("  " if text.startswith("?") else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _seen(text: str) -> str:
    """Return a text for a comment: on one line, masked, without signs that cannot be seen."""
    return mask(" ".join(CONTROL.sub("", text).split()))


def _text(text: str) -> str:
    """Return a text in quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)
