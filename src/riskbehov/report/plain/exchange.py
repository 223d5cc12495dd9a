"""Consents, what others have told, the threat and the inventory as plain values for JSON."""

from typing import Any

from riskbehov.models.result import Exchange, HeldConsent, InventoryResult, Threat

Plain = dict[str, Any]


def consent_dict(held: HeldConsent) -> Plain:
    """Return a consent and how it stands on the day of the case."""
    return {
        **held.consent.model_dump(mode="json"),
        "state": held.state,
        "replaced": held.replaced,
    }


def exchange_dict(each: Exchange) -> Plain:
    """Return one exchange: facts that were told, or the method whose result was got."""
    return {
        "from": each.from_,
        "date": each.date.isoformat(),
        "consent": each.consent,
        "law": each.law,
        "facts": dict(each.facts),
        "method": each.recorded.method if each.recorded else None,
    }


def threat_dict(threat: Threat) -> Plain:
    """Return the threat as the police have stated it over time."""
    last = threat.statements[-1]
    return {
        "level": last.level.id if last.level else None,
        "date": last.date.isoformat(),
        "changed": threat.changed,
        "statements": [
            {"date": s.date.isoformat(), "level": s.level.id if s.level else None}
            for s in threat.statements
        ],
    }


def inventory_dict(inventory: InventoryResult) -> Plain:
    """Return the person's own view of every domain, with the professional's beside it."""
    return {
        "date": inventory.date.isoformat(),
        "domains": [
            {
                "id": d.domain.id,
                "label": str(d.domain),
                "situation": d.situation,
                "motivation": d.motivation,
                "priority": d.priority,
                "text": d.text,
                "areas": [{"id": area.item.id, "code": area.code} for area in d.areas],
                "support_needs": [{"need": fact.id, "found": state} for fact, state in d.supports],
                "agreement": d.agreement,
            }
            for d in inventory.domains
        ],
    }
