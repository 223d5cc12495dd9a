"""The toolkit's own checks: of its data files, and of its worked examples."""

from riskbehov.checking.examples import Outcome, run_examples
from riskbehov.checking.report import Report, check

__all__ = ["Outcome", "Report", "check", "run_examples"]
