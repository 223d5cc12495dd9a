"""How long the command line takes to start, as whole processes.

The peers are imports of the packages that it stands on: pydantic, yaml, numpy and typer. The bare
``import pydantic`` loads little of it and the rest comes with the first name that is used, so that
one more peer names some.
"""

from pathlib import Path

from _harness import Against, in_turns, python, show

CASE = Path(__file__).parents[1] / "docs" / "exempel" / "arende.yaml"
BARE = "import pydantic, yaml, numpy, typer"


def main() -> None:
    """Measure the help text and one cold assessment."""
    typer, bare, used = "import typer", "bare imports", "imports, with names from pydantic"
    times = in_turns(
        {
            typer: python("-c", "import typer"),
            "riskbehov --help": python("-m", "riskbehov", "--help"),
            bare: python("-c", BARE),
            used: python("-c", f"{BARE}; from pydantic import RootModel, TypeAdapter"),
            "riskbehov assess CASE": python("-m", "riskbehov", "assess", str(CASE)),
        },
        turns=21,
    )
    show(
        "Start",
        times,
        {
            "riskbehov --help": [Against(typer, at_most=1.5)],
            "riskbehov assess CASE": [Against(bare, at_most=1.5), Against(used)],
        },
    )


if __name__ == "__main__":
    main()
