"""Reading the project's own Markdown pages, for tests that hold them to the program."""

import re
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = sorted(p.relative_to(CHECKOUT).as_posix() for p in CHECKOUT.glob("*.md")) + sorted(
    p.relative_to(CHECKOUT).as_posix() for p in CHECKOUT.glob("docs/**/*.md")
)
EXAMPLE = CHECKOUT / "docs" / "exempel" / "arende.yaml"
OFFER = CHECKOUT / "docs" / "exempel" / "utbud.yaml"
FIRST = CHECKOUT / "docs" / "exempel" / "forsta.yaml"
SECOND = CHECKOUT / "docs" / "exempel" / "andra.yaml"


@cache
def read(page: str) -> str:
    return (CHECKOUT / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    """Return the fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(page), flags=re.MULTILINE | re.DOTALL)


def prose(page: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", read(page), flags=re.MULTILINE | re.DOTALL)


def headings(page: str) -> list[str]:
    return re.findall(r"^#{1,6} (.+)$", prose(page), flags=re.MULTILINE)


def section(page: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one."""
    _, found, rest = (prose(page) + "\n## ").partition(f"# {heading}\n")
    assert found, f"{page} has no heading {heading!r}"
    return re.split(r"^#{1,6} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables as rows of cells, their headings left out."""
    found: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [table[2:] for table in found if table]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def keys(page: str, heading: str) -> list[str]:
    """Return the keys in the first column of the tables under a heading; names in <> left out."""
    text = section(page, heading)
    cells = [row[0] for table in tables(text) for row in table]
    return [re.sub(r"<\w+>", "<>", key) for cell in cells for key in codes(cell)]


def anchor(heading: str) -> str:
    """Return the anchor that a heading is linked by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
