"""The toolkit's own checks: of its data files, and of its worked examples."""

from riskbehov.checking.report import Report, check

__all__ = ["Report", "check"]
