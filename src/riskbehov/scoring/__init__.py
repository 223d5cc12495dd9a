"""From answers to scores: one compiled plan for each instrument, walked for one case."""

from riskbehov.scoring.case import score
from riskbehov.scoring.trace import Step, trace

__all__ = ["Step", "score", "trace"]
