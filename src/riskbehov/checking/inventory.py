"""The inventory of needs and resources: scales that rise, and domains that inform what there is."""

from riskbehov.checking.shelf import Found, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import not_among
from riskbehov.i18n import message

_SCALES = ("situation", "motivation")


def unordered_scales(shelf: Shelf) -> Found:
    """Yield scales that do not begin at 0 and rise by one, so that their halves can be told."""
    for form in shelf.inventories:
        for name in _SCALES:
            codes = [anchor.code for anchor in getattr(form.value, name)]
            if codes != list(range(len(codes))):
                yield form.fault(
                    message(
                        "found the codes {found}, expected them to begin at 0 and rise by one",
                        found=", ".join(map(str, codes)),
                    ),
                    name,
                )


def unknown_areas(shelf: Shelf) -> Found:
    """Yield what domains inform that is neither a need area nor a support need."""
    known = shelf.areas | shelf.supports
    for form in shelf.inventories:
        for number, domain in enumerate(form.value.domains):
            for position, id_ in enumerate(domain.informs):
                if id_ not in known:
                    kind = message("a need area or a support need")
                    yield form.fault(
                        not_among(id_, known, kind), "domains", number, "informs", position
                    )


CHECKS = (
    Check(unordered_scales),
    Check(unknown_areas, needs=("assessments", "instruments", "facts")),
)
