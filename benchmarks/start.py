"""How long the command line takes to start, as whole processes.

The peers are bare imports of the same packages: below them no start can come.
"""

import sys
from pathlib import Path

from _harness import Against, in_turns, python, show

CASE = Path(__file__).parents[1] / "docs" / "exempel" / "arende.yaml"


def main() -> None:
    """Measure the help text and one cold assessment."""
    bare = "import pydantic, yaml, numpy, typer"
    times = in_turns(
        {
            "import typer": python("-c", "import typer"),
            "riskbehov --help": python("-m", "riskbehov", "--help"),
            bare: python("-c", bare),
            "riskbehov assess CASE": python("-m", "riskbehov", "assess", str(CASE)),
        },
        turns=int(sys.argv[1]) if len(sys.argv) > 1 else 21,
    )
    show(
        "Start",
        times,
        {
            "riskbehov --help": Against("import typer", at_most=1.5),
            "riskbehov assess CASE": Against(bare, at_most=1.5),
        },
    )


if __name__ == "__main__":
    main()
