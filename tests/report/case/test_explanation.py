"""Why a rule applies to a case, does not, or cannot be told."""

from dataclasses import replace

import pytest
from tests.report.made import flat, section, text_of, youth

from riskbehov.assessing import explain_rule
from riskbehov.report import explanation_blocks
from riskbehov.report.document import FAILS, HOLDS, OPEN, Bullets, Table

TFCO = "normbrytande-unga-tfco"
FACTS = {"norm_breaking": True}
WORDS = {HOLDS: "holds", FAILS: "does not hold", OPEN: "cannot tell yet"}


def explained(library, rule=TFCO, **facts):
    return explanation_blocks(*explain_rule(youth(facts=FACTS | facts), rule, library), library)


@pytest.mark.parametrize(
    ("considered", "verdict"),
    [
        (True, "The rule applies"),
        (False, "The rule does not apply"),
        ("unknown", "Cannot tell yet"),
    ],
)
def test_the_verdict_is_said_in_a_sentence(library, considered, verdict):
    assert verdict in text_of(explained(library, placement_considered=considered))


def test_a_rule_not_in_force_says_that_its_condition_decides_nothing(library):
    result, verdict, tree = explain_rule(youth(), TFCO, library)
    found = explanation_blocks(result, replace(verdict, verdict="not-in-force"), tree, library)
    assert "not in force on that day" in text_of(found)


@pytest.mark.parametrize("considered", [True, False, "unknown"])
def test_every_sign_has_its_words_beside_it(library, considered):
    blocks = section(
        explained(library, placement_considered=considered), "The condition, part by part"
    )

    def all_items(found):
        for item in found.items:
            yield item
            for inner in item.inside:
                yield from all_items(inner)

    marked = [item for b in blocks if isinstance(b, Bullets) for item in all_items(b)]
    assert len(marked) == 8
    for item in marked:
        assert item.text.lower().rstrip(".").endswith(WORDS[item.mark])


def test_a_comparison_tells_what_was_asked_and_what_was_found(library):
    shown = text_of(explained(library, placement_considered=False))
    assert "✓ Risk of reoffending: at least High. Found: High. Holds." in shown
    assert "already considered: yes. Found: no. Does not hold." in shown


def test_every_fact_is_listed_once_with_what_was_found(library):
    blocks = section(explained(library), "What is known")
    (table,) = [b for b in blocks if isinstance(b, Table)]
    found = {key: said for _, said, key in table.rows}
    assert found["age"] == "16"
    assert found["placement_considered"] == "not known"
    assert len(found) == len(table.rows) == 4


def test_what_is_missing_is_asked_for_and_the_source_given_in_full(library):
    shown = text_of(explained(library))
    assert flat(str(library.facts["placement_considered"].question)) in shown
    rule = library.rule(TFCO)
    assert str(rule.reason) in shown
    for citation in rule.sources:
        assert citation.locator in shown


def test_a_rule_that_is_settled_asks_for_nothing(library):
    assert "What would settle it" not in text_of(explained(library, placement_considered=True))
