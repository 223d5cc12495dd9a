"""Extracts made at random for the tests: nobody in them exists."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from riskbehov.groups.needed import known
from riskbehov.groups.tables import (
    CHANGES,
    SEXES,
    age_groups_of,
    followed_scales,
    screening_forms,
)
from riskbehov.library import Library
from riskbehov.models.case import Offer
from riskbehov.models.extract import EXTRACT, VERSION, Extract, Record

PURPOSE = "Prova uppföljningen med påhittade personer"
INTENSITIES = ("basic", "moderate", "intensive", "very-intensive")


def extract(records: Sequence[Record], library: Library, /, **changed: Any) -> Extract:
    """Return an extract of some records."""
    return Extract.model_validate(
        {
            "format": EXTRACT,
            "version": VERSION,
            "purpose": PURPOSE,
            "fictional": True,
            "riskbehov": "0.1.0",
            "library": library.content_hash,
            "records": list(records),
            **changed,
        }
    )


class Maker:
    """Draws persons whose answers lean one way or another, as drawn at first."""

    def __init__(self, seed: int, library: Library, assessment: str = "adult") -> None:
        self.draw = random.Random(seed)
        self.library = library
        found = library.assessment(assessment)
        self.assessment = assessment
        self.areas = [i.id for i in library.scored(str(found.needs)).items]
        self.supports = [f.id for f in library.facts.values() if f.topic == "support"]
        self.forms = screening_forms(found, library)
        self.scales = [s for form in self.forms for s in followed_scales(form)]
        self.ages = age_groups_of(found, library)
        self.sex_weights = [self.draw.random() + 0.3, self.draw.random() + 0.3, 0.06, 0.04]
        self.age_weights = [self.draw.random() ** 2 + 0.02 for _ in self.ages]
        self.leanings: dict[str, list[float]] = {}
        self.known = known(Offer(insatser=()), library)
        self.followed = self.draw.choice([0.0, 0.3, 0.7])

    def one_of(self, about: str, values: Sequence[Any]) -> Any:
        """Draw a value; what is likely is the same for all persons."""
        weights = self.leanings.setdefault(about, [self.draw.random() ** 3 + 1e-3 for _ in values])
        return self.draw.choices(values, weights)[0]

    def answers(self, about: Sequence[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {"identified": [], "not_identified": [], "unanswered": []}
        for id_ in about:
            found[self.one_of(id_, [*found])].append(id_)
        return found

    def targets(self) -> list[dict[str, Any]]:
        """Draw some targets, each with some of the insatser that rules have for it."""
        found = []
        for aim in self.known.aims:
            if self.one_of(f"has {aim}", (True, False)):
                able = [i for i in self.known.for_aim(aim) if self.one_of(f"{i} {aim}", (1, 0))]
                found.append({"target": aim.target, "part": aim.part, "insatser": able})
        return found

    def record(self, **changed: Any) -> Record:
        """Return one more person."""
        low, high = sorted([self.one_of("risk", (0, 1, 2)), self.one_of("risk", (0, 1, 2))])
        levels = ("low", "medium", "high")
        steps = {i: self.one_of(f"step {i}", (0, 1, 2, 3)) for i in self.library.insatser}
        followed = self.draw.random() < self.followed
        intensity = self.one_of("intensity", INTENSITIES)
        span = {"low": intensity, "high": intensity}
        return Record.model_validate(
            {
                "sex": self.draw.choices(SEXES, self.sex_weights)[0],
                "age_group": self.draw.choices(self.ages, self.age_weights)[0],
                "assessment": self.assessment,
                "first": {
                    "needs": self.answers(self.areas),
                    "support_needs": self.answers(self.supports),
                    "risk": {"low": levels[low], "high": levels[high]},
                    "intensity": span,
                    "screening": {
                        form.id: {"problem": self.one_of(form.id, ("reached", "not-reached"))}
                        for form in self.forms
                    },
                },
                "last": {"intensity": span, "targets": self.targets()},
                "insatser": {
                    "recommended": [i for i in steps if self.one_of(f"r {i}", (True, False))],
                    "agreed": [i for i, step in steps.items() if step > 0],
                    "given": [i for i, step in steps.items() if step > 1],
                    "completed": [i for i, step in steps.items() if step > 2],
                },
                "followed": {
                    "areas": {i: self.one_of(f"change {i}", CHANGES) for i in self.areas},
                    "scales": {s: self.one_of(f"change {s}", CHANGES) for s in self.scales},
                    "goals": {
                        "yes": self.one_of("goals", (0, 1, 2)),
                        "no": self.draw.choice((0, 1)),
                    },
                }
                if followed
                else None,
                **changed,
            }
        )

    def records(self, size: int) -> list[Record]:
        return [self.record() for _ in range(size)]
