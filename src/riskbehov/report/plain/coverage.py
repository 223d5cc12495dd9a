"""What of a document is covered, as plain values for JSON."""

from typing import Any

from riskbehov.models.coverage import Coverage


def coverage_dict(coverage: Coverage) -> dict[str, Any]:
    """Return what of a document the toolkit covers and leaves out."""
    return {
        "about": str(coverage.about),
        "entries": [
            {
                "locator": entry.locator,
                "what": str(entry.what),
                "covered": [{"kind": place.kind, "id": place.id} for place in entry.covered],
                "left_out": str(entry.left_out) if entry.left_out else None,
            }
            for entry in coverage.entries
        ],
    }
