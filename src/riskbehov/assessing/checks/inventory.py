"""Whether the inventory of needs and resources in a case can be what its form asks for."""

from collections.abc import Iterator, Sequence

from riskbehov.errors import not_among
from riskbehov.i18n import Message, message
from riskbehov.library import Library
from riskbehov.models.case import Case, DomainView
from riskbehov.models.instrument import Anchor
from riskbehov.models.process import InventoryForm
from riskbehov.yamlfile import Place

Told = Iterator[tuple[Place, Message]]
_HERE: Place = ("inventory",)
_DOMAINS: Place = (*_HERE, "domains")


def check_inventory(case: Case, library: Library) -> Told:
    """Yield every fault of the inventory; an order of priority may have holes."""
    inventory, form = case.inventory, library.inventory
    if inventory is None:
        return
    if form is None:
        yield _HERE, message("found an inventory, expected none: these data files have no form")
        return
    if inventory.date > case.date:
        yield (
            (*_HERE, "date"),
            message(
                "found {found}, expected no later day than the assessment's, {day}",
                found=inventory.date,
                day=case.date,
            ),
        )
    if not any(_says_something(view) for view in inventory.domains.values()):
        yield (
            _DOMAINS,
            message(
                "found no answer in any domain, expected at least one; leave the inventory out if"
                " it is not made"
            ),
        )
    yield from _views(case, form)


def _says_something(view: DomainView) -> bool:
    rated = (view.situation, view.motivation, view.priority)
    return bool(view.text) or any(each is not None for each in rated)


def _views(case: Case, form: InventoryForm) -> Told:
    first: dict[int, str] = {}
    known = [domain.id for domain in form.domains]
    for id_, view in case.inventory.domains.items() if case.inventory else ():
        place: Place = (*_DOMAINS, id_)
        if id_ not in known:
            yield place, not_among(id_, known, message("a domain of the inventory"))
            continue
        yield from _code(view.situation, form.situation, (*place, "situation"))
        yield from _code(view.motivation, form.motivation, (*place, "motivation"))
        if view.priority is not None and first.setdefault(view.priority, id_) != id_:
            yield (
                (*place, "priority"),
                message(
                    "found the priority {found} once more, expected each once: {other} has it"
                    " already",
                    found=view.priority,
                    other=first[view.priority],
                ),
            )


def _code(code: int | None, scale: Sequence[Anchor], place: Place) -> Told:
    legal = [anchor.code for anchor in scale]
    if code is not None and code not in legal:
        yield (
            place,
            message(
                "found {found}, expected one of the codes {legal}",
                found=code,
                legal=", ".join(map(str, legal)),
            ),
        )
