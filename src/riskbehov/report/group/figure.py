"""A figure of a release: how many have each need, as bars that all eyes can tell apart."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from riskbehov.errors import Fault, InputError
from riskbehov.i18n import N_, _, message
from riskbehov.models.extract import Release
from riskbehov.report.group.released import HELD, Counted
from riskbehov.report.words import capital, many

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMS = (".png", ".svg")
"""The kinds of file that a figure is written as, by their endings."""
_BAR = (
    "#0072B2"  # blue and grey of the palette by Okabe and Ito, which colour-blind people tell apart
)
_HELD = "#767676"  # dark enough on white to be read
_TITLE = 13
_KINDS = {"needs": N_("Need areas"), "support": N_("Support needs")}
_BESIDE = 0.015
"""How far from the end of a bar its number stands, of the width of the figure."""


class Bar(NamedTuple):
    """One need: what it is called, how many have it, of how many; nothing where held back."""

    label: str
    persons: int | None
    of: int | None

    @property
    def text(self) -> str:
        """Return the number with its share, or the sign for what is held back."""
        if self.persons is None:
            return _("{held} held back", held=HELD)
        if not self.of:
            return str(self.persons)
        return _(
            "{count} ({share} %)", count=self.persons, share=round(100 * self.persons / self.of)
        )


class Panel(NamedTuple):
    """The bars of one assessment: its need areas, or the support needs."""

    title: str
    bars: tuple[Bar, ...]


def panels(release: Release) -> tuple[Panel, ...]:
    """Return the bars: identified needs at the first assessment, the most common first."""
    made = (
        _panel(Counted(population), kind, _(title))
        for population in release.populations
        for kind, title in _KINDS.items()
    )
    return tuple(panel for panel in made if panel.bars)


def _panel(counted: Counted, kind: str, title: str) -> Panel:
    bars = [
        Bar(
            capital(table.label),
            counted.cell(table, "identified", "total"),
            counted.base(table, "total"),
        )
        for table in counted.of_kind(kind)
    ]
    bars.sort(key=lambda bar: (-(bar.persons or 0), bar.label))
    return Panel(_("{title} ({group})", title=title, group=counted.population.label), tuple(bars))


def alternative(found: Iterable[Panel]) -> str:
    """Return what the figure shows, for those who do not see it."""
    told = [
        _(
            "{title}: {bars}.",
            title=panel.title,
            bars=many(f"{bar.label} {bar.text}" for bar in panel.bars),
        )
        for panel in found
    ]
    return " ".join(
        (_("Bars: how many persons have each need identified at the first assessment."), *told)
    )


def draw(found: Sequence[Panel], form: str) -> bytes:
    """Return the figure as a file of a form, ``png`` or ``svg``: the same for the same numbers.

    Raises :class:`InputError` where the package that draws is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        raise InputError(
            Fault(
                message(
                    "found no matplotlib, expected it: install what follow-up of groups needs with"
                    " pip install 'riskbehov[group]'"
                ),
                "--figure",
            )
        ) from None
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "riskbehov", "font.size": 10}):
        heights = [1.2 + 0.3 * max(1, len(panel.bars)) for panel in found] or [1.5]
        figure = Figure(figsize=(9, 0.6 + sum(heights)), dpi=150, layout="constrained")
        figure.suptitle(_("Identified needs at the first assessment"), fontsize=_TITLE)
        axes = figure.subplots(len(heights), squeeze=False, height_ratios=heights)[:, 0]
        for axis, panel in zip(axes, found, strict=False):
            _draw_panel(axis, panel)
        if not found:
            axes[0].set_axis_off()
            axes[0].text(0.5, 0.5, _("Nothing can be told."), ha="center")
        written = io.BytesIO()
        figure.savefig(written, format=form, metadata=_metadata(found, form))
    return written.getvalue()


def _metadata(found: Sequence[Panel], form: str) -> dict[str, str | None]:
    """Return what is said in the file, without what would make it another file each time."""
    title = _("Identified needs at the first assessment")
    if form == "svg":
        return {"Title": title, "Description": alternative(found), "Date": None}
    return {"Title": title, "Software": None}


def _draw_panel(axis: "Axes", panel: Panel) -> None:
    from matplotlib.ticker import MaxNLocator

    bars = panel.bars[::-1]  # the first of them stands at the top
    places = range(len(bars))
    axis.barh(places, [bar.persons or 0 for bar in bars], color=_BAR, height=0.7)
    axis.set_yticks(list(places), [bar.label for bar in bars])
    most = max([1, *(bar.persons or 0 for bar in bars)])
    axis.set_xlim(0, most * 1.25)
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.set_ylim(-0.6, len(bars) - 0.4)
    axis.set_xlabel(_("Persons"))
    axis.set_title(panel.title, loc="left", fontsize=11)
    axis.spines[["top", "right"]].set_visible(False)
    for place, bar in zip(places, bars, strict=True):
        axis.text(
            (bar.persons or 0) + most * _BESIDE,
            place,
            bar.text,
            va="center",
            color="black" if bar.persons is not None else _HELD,
            style="normal" if bar.persons is not None else "italic",
        )
