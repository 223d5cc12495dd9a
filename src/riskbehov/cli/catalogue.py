"""``riskbehov instruments | assessments | rules | sources | insatser | facts``: list, show."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from riskbehov.cli.options import (
    DataOption,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    OutputOption,
)
from riskbehov.i18n import _


class Shown(NamedTuple):
    """What a command writes: blocks to read, and plain values for JSON."""

    blocks: Sequence[Any]
    plain: Any


class Catalogue(NamedTuple):
    """One register: how all of it is listed and one entry shown."""

    help: str
    all: Callable[[Any], Shown]
    one: Callable[[Any, str], Shown]


def groups() -> Mapping[str, typer.Typer]:
    """Return a group of commands, ``list`` and ``show``, for every register."""
    return {
        name: group(register)
        for name, register in {
            "instruments": Catalogue(_("Instruments."), _instruments, _instrument),
            "assessments": Catalogue(_("Assessments."), _assessments, _assessment),
            "rules": Catalogue(_("Rules with their sources."), _rules, _rule),
            "sources": Catalogue(_("Documents, and all that cites them."), _sources, _source),
            "insatser": Catalogue(_("The catalogue of insatser."), _insatser, _insats),
            "facts": Catalogue(_("The facts that a case file may state."), _facts, _fact),
        }.items()
    }


def group(register: Catalogue) -> typer.Typer:
    """Return the commands ``list`` and ``show`` of a register."""
    made = typer.Typer(help=register.help, no_args_is_help=True, rich_markup_mode=None)

    def list_command(
        *,
        format_: FormatOption = Format.text,
        output: OutputOption = None,
        data: DataOption = None,
        lang: LanguageOption = Language.sv,  # noqa: ARG001
    ) -> None:
        _write(register.all(_library(data)), format_, output)

    def show_command(
        id_: Annotated[str, typer.Argument(metavar="ID", help=_("The entry's id."))],
        *,
        format_: FormatOption = Format.text,
        output: OutputOption = None,
        data: DataOption = None,
        lang: LanguageOption = Language.sv,  # noqa: ARG001
    ) -> None:
        _write(register.one(_library(data), id_), format_, output)

    made.command("list", help=_("List all."))(list_command)
    made.command("show", help=_("Show one."))(show_command)
    return made


def _library(data: Any) -> Any:  # noqa: ANN401
    from riskbehov.library import Library

    return Library.open(*(data or ()))


def _write(shown: Shown, format_: Format, output: Any) -> None:  # noqa: ANN401
    from riskbehov.cli.output import write

    write(shown.blocks, shown.plain, format_, output)


def _plain(model: Any) -> Any:  # noqa: ANN401
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def _instruments(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report import instruments_blocks

    found = [library.instrument(id_) for id_ in library.instrument_ids]
    plain = [{"id": i.id, "kind": i.kind, "name": str(i.name)} for i in found]
    return Shown(instruments_blocks(library), plain)


def _instrument(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report import instrument_blocks

    found = library.instrument(id_)
    return Shown(instrument_blocks(found, library), _plain(found))


def _assessments(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report import assessments_blocks

    found = [library.assessment(id_) for id_ in library.assessment_ids]
    plain = [{"id": a.id, "name": str(a.name), "ages": str(a.ages)} for a in found]
    return Shown(assessments_blocks(library), plain)


def _assessment(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report import assessment_definition_blocks

    found = library.assessment(id_)
    matrix = library.matrix(id_)
    plain = {**_plain(found), "matrix": _plain(matrix) if matrix else None}
    return Shown(assessment_definition_blocks(found, library), plain)


def _rules(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report import rules_blocks

    plain = [
        {
            "id": rule.id,
            "theme": theme,
            "title": str(rule.title),
            "insats": rule.insats,
            "strength": rule.strength,
            "ages": str(rule.ages),
            "source": rule.sources[0].source,
            "locator": rule.sources[0].locator,
        }
        for theme, rule in library.all_rules
    ]
    return Shown(rules_blocks(library), plain)


def _rule(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report import rule_blocks

    found = library.rule(id_)
    theme = next(theme for theme, rule in library.all_rules if rule.id == id_)
    return Shown(rule_blocks(found, theme, library), {"theme": theme, **_plain(found)})


def _sources(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report import sources_blocks

    return Shown(sources_blocks(library), [_plain(s) for s in library.sources.values()])


def _source(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report import source_blocks
    from riskbehov.report.plain.coverage import coverage_dict

    found = library.source(id_)
    cited_by = [
        {"kind": c.kind, "id": c.id, "locator": c.citation.locator, "basis": c.citation.basis}
        for c in library.citing(id_)
    ]
    coverage = library.coverage(id_)
    told = coverage_dict(coverage) if coverage else None
    plain = {**_plain(found), "cited_by": cited_by, "coverage": told}
    return Shown(source_blocks(found, library), plain)


def _insatser(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report import insatser_blocks

    return Shown(insatser_blocks(library), [_plain(i) for i in library.insatser.values()])


def _insats(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report import insats_blocks

    found = library.insats(id_)
    recommended_by = [rule.id for _theme, rule in library.all_rules if rule.insats == id_]
    return Shown(insats_blocks(found, library), {**_plain(found), "rules": recommended_by})


def _facts(library: Any) -> Shown:  # noqa: ANN401
    from riskbehov.report.register.facts import facts_blocks

    return Shown(facts_blocks(library), [_plain(f) for f in library.facts.values()])


def _fact(library: Any, id_: str) -> Shown:  # noqa: ANN401
    from riskbehov.report.register.facts import fact_blocks

    found = library.fact(id_)
    return Shown(fact_blocks(found, library), _plain(found))
