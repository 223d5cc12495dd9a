"""The inventory of needs and resources: the person's own view, and the professional's beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from riskbehov.logic.vocabulary import Interval
from riskbehov.models.case import DomainView, Inventory
from riskbehov.models.fact import Fact
from riskbehov.models.instrument import Anchor
from riskbehov.models.process import InventoryDomain, InventoryForm
from riskbehov.models.result import Agreement, AreaRating, DomainResult, InventoryResult, Needs

_UNKNOWN: Interval = (0, 1)
_STATES: Mapping[Interval, bool] = {(0, 0): False, (1, 1): True}


def side_by_side(
    inventory: Inventory,
    form: InventoryForm,
    needs: Needs,
    supports: Mapping[str, Fact],
    facts: Mapping[str, Interval],
) -> InventoryResult:
    """Return every domain with the person's own view and what the professional says of it.

    ``supports`` are the support needs that there are, ``facts`` what is known of them. Neither
    view changes the other.
    """
    return InventoryResult(
        form=form,
        date=inventory.date,
        domains=tuple(
            _domain(
                domain,
                inventory.domains.get(domain.id, DomainView()),
                form.situation,
                areas=tuple(area for area in needs.areas if area.item.id in domain.informs),
                needed=tuple(_needed(domain, supports, facts)),
                identified=needs.identified,
            )
            for domain in form.domains
        ),
    )


def _needed(
    domain: InventoryDomain, supports: Mapping[str, Fact], facts: Mapping[str, Interval]
) -> Iterator[tuple[Fact, bool | None]]:
    """Yield the support needs that a domain informs, and whether each is there."""
    for id_ in domain.informs:
        if id_ in supports:
            yield supports[id_], _STATES.get(facts.get(id_, _UNKNOWN))


def _domain(
    domain: InventoryDomain,
    view: DomainView,
    scale: Sequence[Anchor],
    *,
    areas: tuple[AreaRating, ...],
    needed: tuple[tuple[Fact, bool | None], ...],
    identified: Iterable[str],
) -> DomainResult:
    beside = _beside(areas, (state for _fact, state in needed), identified)
    return DomainResult(
        domain=domain,
        situation=view.situation,
        motivation=view.motivation,
        priority=view.priority,
        text=view.text,
        areas=areas,
        supports=needed,
        agreement=agreement(view.situation, scale, beside),
    )


_NONE, _SOME, _CLEAR = range(3)


def _beside(
    areas: Iterable[AreaRating], states: Iterable[bool | None], identified: Iterable[str]
) -> list[int | None]:
    """Return how much need the professional sees in each part, nothing where that is not known.

    What is static, the history, is left out: it says how it was, not how it is.
    """
    rated = [_seen(area, identified) for area in areas if not area.item.static]
    stated = [None if state is None else _CLEAR if state else _NONE for state in states]
    return rated + stated


def _seen(area: AreaRating, identified: Iterable[str]) -> int | None:
    if area.code is None:
        return None
    if area.item.id in identified:
        return _CLEAR
    return _SOME if area.code else _NONE


def agreement(
    situation: int | None, scale: Sequence[Anchor], beside: Sequence[int | None]
) -> Agreement:
    """Return how the person's own view goes with the professional's of the same domain.

    They part where one sees nothing and the other much: the situation in the upper half of its
    scale with no need seen anywhere, or at its best end with a need that is clear. What is not
    known may hide a need, so that it leaves a troubled view without an answer.
    """
    codes = [anchor.code for anchor in scale]
    if not beside:
        return "not-compared"
    if situation is None or all(seen is None for seen in beside):
        return "cannot-tell"
    if 2 * situation > codes[0] + codes[-1]:
        return _troubled(beside)
    if situation > codes[0] or all(seen in (_NONE, _SOME) for seen in beside):
        return "agrees"
    return "own-better" if _CLEAR in beside else "cannot-tell"


def _troubled(beside: Sequence[int | None]) -> Agreement:
    if all(seen == _NONE for seen in beside):
        return "own-worse"
    return "agrees" if _SOME in beside or _CLEAR in beside else "cannot-tell"
