"""How long the command line takes to start, as whole processes.

The peers are imports of the packages that it stands on. ``import pydantic`` alone loads little of
it: the rest comes with the first name that is used, so that the last peer names some.
"""

from pathlib import Path

from _harness import Against, in_turns, python, show

CASE = Path(__file__).parents[1] / "docs" / "exempel" / "arende.yaml"
TYPER = "import typer"
BARE = "import pydantic, yaml, numpy, typer"
USED = f"{BARE}; from pydantic import RootModel, TypeAdapter"


def main() -> None:
    """Measure the help text and one cold assessment."""
    times = in_turns(
        {
            TYPER: python("-c", TYPER),
            "riskbehov --help": python("-m", "riskbehov", "--help"),
            BARE: python("-c", BARE),
            USED: python("-c", USED),
            "riskbehov assess CASE": python("-m", "riskbehov", "assess", str(CASE)),
        },
        turns=21,
    )
    show(
        "Start",
        times,
        {
            "riskbehov --help": [Against(TYPER, at_most=1.5)],
            "riskbehov assess CASE": [Against(BARE, at_most=1.5), Against(USED)],
        },
    )


if __name__ == "__main__":
    main()
