"""From answers to scores: one compiled plan for each instrument, walked for one case."""

from riskbehov.scoring.answers import Answers
from riskbehov.scoring.case import score
from riskbehov.scoring.trace import BandStep, ItemStep, Step, trace

__all__ = ["Answers", "BandStep", "ItemStep", "Step", "score", "trace"]
