"""The pages on the source documents, in Swedish, made from the data: ``make pages`` writes them."""

import sys
from pathlib import Path

from riskbehov.i18n import use_language
from riskbehov.library import Library
from riskbehov.report.markdown import to_markdown
from riskbehov.report.register.coverage import coverage_page


def pages(library: Library) -> dict[str, str]:
    """Return the page on every document whose coverage is told, by the name of its file."""
    with use_language("sv"):
        return {
            f"{id_}.md": to_markdown(coverage_page(library.source(id_), library))
            for id_ in library.coverage_ids
        }


def write_pages(folder: Path, library: Library) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(library).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), Library.open())
