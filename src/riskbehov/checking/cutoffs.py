"""Cut-off sets: every score of the scale has one band, for each sex, at the ages named."""

from collections.abc import Iterator, Mapping

from riskbehov.checking.ages import is_within, years
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.i18n import Message, message
from riskbehov.models.instrument import (
    ALL,
    SEXES,
    CutoffSet,
    DefaultSet,
    Range,
    Scale,
    ScoredInstrument,
)


def unknown_scales(shelf: Shelf) -> Found:
    """Yield sets of a scale that the instrument does not have."""
    for instrument, cutoffs in _sets(shelf):
        known = [scale.id for scale in instrument.value.scales]
        if cutoffs.value.scale not in known:
            yield cutoffs.fault(not_among(cutoffs.value.scale, known, message("a scale")), "scale")


def unknown_bands(shelf: Shelf) -> Found:
    """Yield limits, and a problem limit, of bands that the set does not name."""
    for _, cutoffs in _sets(shelf):
        known = [band.id for band in cutoffs.value.bands]
        for stratum, limits in cutoffs.value.limits.items():
            for band in limits:
                if band not in known:
                    yield cutoffs.fault(
                        not_among(band, known, message("a band")), "limits", stratum, band
                    )
        problem = cutoffs.value.problem_from
        if problem is not None and problem not in known:
            yield cutoffs.fault(not_among(problem, known, message("a band")), "problem_from")


def missing_sexes(shelf: Shelf) -> Found:
    """Yield sets that are neither for all nor for both sexes."""
    for _, cutoffs in _sets(shelf):
        found = sorted(cutoffs.value.limits)
        if found not in ([ALL], sorted(SEXES)):
            yield cutoffs.fault(
                message(
                    "found limits for {found}, expected either all, or both male and female",
                    found=", ".join(found) or "-",
                ),
                "limits",
            )


def uneven_bands(shelf: Shelf) -> Found:
    """Yield gaps and overlaps between bands, and scores of the scale outside all bands."""
    for instrument, cutoffs in _sets(shelf):
        span = _span(instrument.value, cutoffs.value.scale)
        if span is not None:
            for stratum, limits in cutoffs.value.limits.items():
                for sentence in _uneven(cutoffs.value, limits, span):
                    yield cutoffs.fault(sentence, "limits", stratum)


def _span(instrument: ScoredInstrument, scale_id: str) -> tuple[int, int] | None:
    """Return the least and the greatest score of a scale, if its parts are sound."""
    scale = next((s for s in instrument.scales if s.id == scale_id), None)
    items = {item.id: item for item in instrument.items}
    if scale is None or any(
        i not in items or not instrument.codes.get(items[i].codes) for i in scale.items
    ):
        return None
    points = [_points(scale, instrument.legal(items[i])) for i in scale.items]
    return sum(map(min, points)), sum(map(max, points))


def _points(scale: Scale, legal: tuple[int, ...]) -> list[int]:
    least = scale.count_at_least
    return [code if least is None else int(code >= least) for code in legal]


def _uneven(
    cutoffs: CutoffSet, limits: Mapping[str, Range], span: tuple[int, int]
) -> Iterator[Message]:
    """Yield where the bands, in their order, do not follow upon each other over the span."""
    expected = span[0]
    for band in cutoffs.bands:
        if band.id not in limits:
            yield message(
                "the band {band!r} has no limits, expected [lowest, highest]", band=band.id
            )
            continue
        found = limits[band.id]
        if found.low != expected:
            yield message(
                "the band {band!r} begins at {found}, expected {expected}, so that every score has"
                " one band",
                band=band.id,
                found=found.low,
                expected=expected,
            )
        expected = found.high + 1
    if expected - 1 != span[1]:
        yield message(
            "the last band ends at {found}, expected {expected}, the highest score of the scale"
            " {scale!r}",
            found=expected - 1,
            expected=span[1],
            scale=cutoffs.scale,
        )


def unknown_forms(shelf: Shelf) -> Found:
    """Yield sets for a form that the instrument does not have."""
    for instrument, cutoffs in _sets(shelf):
        known = [form.id for form in instrument.value.forms]
        if cutoffs.value.forms == ():
            yield cutoffs.fault(
                message("found no forms, expected some, or no key forms: then every standard form"),
                "forms",
            )
        for number, form in enumerate(cutoffs.value.forms or ()):
            if form not in known:
                yield cutoffs.fault(not_among(form, known, message("a form")), "forms", number)


def faulty_defaults(shelf: Shelf) -> Found:
    """Yield default sets that do not exist, or are used at ages that the set is not for."""
    for instrument, default in _defaults(shelf):
        sets = {s.id: s for s in instrument.value.cutoff_sets}
        found = sets.get(default.value.set)
        if found is None:
            yield default.fault(not_among(default.value.set, sets, message("a cut-off set")), "set")
        elif not is_within(default.value.ages, found.ages):
            yield default.fault(
                message(
                    "found the ages {found}, expected ages within {expected}, which the set {set!r}"
                    " is for",
                    found=default.value.ages,
                    expected=found.ages,
                    set=found.id,
                ),
                "ages",
            )
        elif found.problem_from is None:
            yield default.fault(
                message(
                    "the default set {set!r} names no band under problem_from, expected the lowest"
                    " one that speaks for a closer inquiry",
                    set=found.id,
                ),
                "set",
            )


def overlapping_defaults(shelf: Shelf) -> Found:
    """Yield default sets of one scale that share an age."""
    for instrument in shelf.scored.values():
        scales = {s.id: s.scale for s in instrument.value.cutoff_sets}
        earlier: list[DefaultSet] = []
        for number, default in enumerate(instrument.value.default_sets):
            for other in earlier:
                same = scales.get(other.set) == scales.get(default.set)
                if same and years(other.ages, default.ages):
                    yield instrument.fault(
                        message(
                            "the sets {one!r} and {other!r} are both the default at some age,"
                            " expected one",
                            one=other.set,
                            other=default.set,
                        ),
                        "default_sets",
                        number,
                        "ages",
                    )
            earlier.append(default)


def _sets(shelf: Shelf) -> Iterator[tuple[Placed[ScoredInstrument], Placed[CutoffSet]]]:
    for instrument in shelf.scored.values():
        for number, cutoffs in enumerate(instrument.value.cutoff_sets):
            yield instrument, instrument.at(cutoffs, "cutoff_sets", number)


def _defaults(shelf: Shelf) -> Iterator[tuple[Placed[ScoredInstrument], Placed[DefaultSet]]]:
    for instrument in shelf.scored.values():
        for number, default in enumerate(instrument.value.default_sets):
            yield instrument, instrument.at(default, "default_sets", number)


CHECKS = (
    Check(unknown_scales),
    Check(unknown_bands),
    Check(missing_sexes),
    Check(uneven_bands),
    Check(unknown_forms),
    Check(faulty_defaults),
    Check(overlapping_defaults),
)
