"""``riskbehov demo``: the main job on three fictional clients."""

from pathlib import Path
from typing import Annotated

import typer

from riskbehov.cli.options import DataOption, Language, LanguageOption
from riskbehov.i18n import _

_SUFFIXES = (".txt", ".md", ".json")


def demo_command(
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=_("The folder for the reports."))
    ] = Path("demo"),
    data: DataOption = None,
    lang: LanguageOption = Language.sv,  # noqa: ARG001
) -> None:
    """Assess the fictional clients of the demo, write their reports, say what to look at."""
    from riskbehov.assessing import assess
    from riskbehov.cli.output import as_json, emit, new_folder
    from riskbehov.library import Library
    from riskbehov.report import assessment_blocks, to_markdown, to_text
    from riskbehov.report.checks import demo_blocks
    from riskbehov.report.plain.assessment import result_dict

    library = Library.open(*(data or ()))
    new_folder(output)
    shown = []
    for id_ in library.assessment_ids:
        examples = library.assessment_examples(id_)
        for example in examples.cases if examples else ():
            if example.demo is None:
                continue
            result = assess(example.case, library, offer=example.offer)
            blocks = assessment_blocks(result, library)
            stem = output / example.case.case.lower()
            plain = as_json(result_dict(result))
            for suffix, text in zip(
                _SUFFIXES, (to_text(blocks), to_markdown(blocks), plain), strict=True
            ):
                emit(text, stem.with_suffix(suffix))
            files = [f"{stem}{suffix}" for suffix in _SUFFIXES]
            shown.append(to_text(demo_blocks(example, result, library, files)).strip("\n"))
    emit("\n\n".join(shown), None)
