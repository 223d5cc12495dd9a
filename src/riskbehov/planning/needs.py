"""The need principle: which areas are identified, and which of them to work on first."""

from collections.abc import Mapping

from riskbehov.models.assessment import Matrix
from riskbehov.models.case import Answer
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.result import AreaRating, Needs, Score


def need_areas(
    instrument: ScoredInstrument | None,
    answers: Mapping[str, Answer],
    score: Score | None,
    matrix: Matrix | None,
) -> Needs:
    """Return the areas of a rating instrument: identified, not identified, unanswered.

    An area that was not rated is unanswered, never 0; the count of identified dynamic areas is
    an interval. Strengths are shown and lower nothing.
    """
    if instrument is None or matrix is None:
        return Needs((), (), (), (), (), (), 0, 0)
    areas = tuple(
        AreaRating(
            item, given.code, given.driver, given.strength, given.evidence, given.information
        )
        for item in instrument.items
        for given in (answers.get(item.id, Answer()),)
    )
    rated = [(area.item.id, area.code) for area in areas if area.code is not None]
    count_low, count_high = _count(instrument, score, matrix)
    return Needs(
        areas=areas,
        identified=tuple(i for i, code in rated if code >= matrix.identified_from),
        not_identified=tuple(i for i, code in rated if code < matrix.identified_from),
        unanswered=tuple(area.item.id for area in areas if area.code is None),
        followed=tuple(i for i, code in rated if 0 < code < matrix.identified_from),
        strengths=tuple(area.item.id for area in areas if area.strength),
        count_low=count_low,
        count_high=count_high,
    )


def _count(instrument: ScoredInstrument, score: Score | None, matrix: Matrix) -> tuple[int, int]:
    if score is not None:
        counted = score.scales[matrix.identified_scale]
        return counted.low, counted.high
    scale = next(s for s in instrument.scales if s.id == matrix.identified_scale)
    return 0, len(scale.items)


def target_order(needs: Needs) -> tuple[str, ...]:
    """Return the identified dynamic areas: drivers first, then by rating, then in file order.

    History is static: it informs the risk and is never a target.
    """
    dynamic = [a for a in needs.areas if a.item.id in needs.identified and not a.item.static]
    dynamic.sort(key=lambda area: (not area.driver, -(area.code or 0)))
    return tuple(area.item.id for area in dynamic)
