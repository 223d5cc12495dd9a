"""Conditions of rules: they speak the vocabulary of their assessments, and can come to apply."""

from collections.abc import Iterator, Mapping

from riskbehov.checking.ages import years
from riskbehov.checking.reach import Domains, always_holds, can_hold
from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.checking.wording import complaints, items_in
from riskbehov.errors import Fault
from riskbehov.i18n import message
from riskbehov.logic.tree import Tree, compile_condition
from riskbehov.models.assessment import Assessment
from riskbehov.models.rule import Rule
from riskbehov.yamlfile import Place


def items_in_rules(shelf: Shelf) -> Found:
    """Yield comparisons of items: a rule compares facts."""
    for rule in shelf.rules:
        for place, name in items_in(rule.value.when, "when"):
            yield rule.fault(
                message(
                    "found the key item ({name}), expected fact: rules are over facts such as"
                    " need.{name}",
                    name=name,
                ),
                *place,
            )


def faulty_conditions(shelf: Shelf) -> Found:
    """Yield what the assessments that use a rule do not know, or its facts cannot be."""
    for rule in shelf.rules:
        told: dict[tuple[Place, str], Fault] = {}
        for assessment in _using(shelf, rule):
            words = shelf.vocabularies[assessment.name]
            for place, sentence in complaints(rule.value.when, words):
                fault = rule.fault(
                    message(
                        "{sentence} (assessment {assessment})",
                        sentence=sentence,
                        assessment=assessment.name,
                    ),
                    "when",
                    *place,
                )
                told.setdefault((place, str(sentence)), fault)
        yield from told.values()


def beyond_all_ages(shelf: Shelf) -> Found:
    """Yield rules for ages that no assessment using them is for."""
    for rule in shelf.rules:
        using = shelf.using(rule.name)
        if using and not any(years(rule.value.ages, a.value.ages) for a in using):
            yield rule.fault(
                message(
                    "found the ages {found}, expected some age of an assessment that uses the rule:"
                    " {known}",
                    found=rule.value.ages,
                    known=", ".join(f"{a.name} {a.value.ages}" for a in using),
                ),
                "ages",
            )


def never_true(shelf: Shelf) -> Found:
    """Yield rules whose condition no facts can meet at the rule's ages, in any assessment."""
    for rule in shelf.rules:
        trees = list(_ready(shelf, rule))
        if trees and all(can_hold(tree, domains) is False for tree, domains in trees):
            yield rule.fault(
                message(
                    "this can never hold at the ages {ages}, expected that some facts meet it",
                    ages=rule.value.ages,
                ),
                "when",
            )


def always_true(shelf: Shelf) -> Found:
    """Yield rules whose condition every fact meets, so that it might as well be left out."""
    for rule in shelf.rules:
        trees = list(_ready(shelf, rule))
        if trees and all(always_holds(tree, domains) for tree, domains in trees):
            yield rule.fault(
                message(
                    "this holds whatever the facts are, at the ages {ages}", ages=rule.value.ages
                ),
                "when",
            )


def _ready(shelf: Shelf, rule: Placed[Rule]) -> Iterator[tuple[Tree, Domains]]:
    """Yield the condition for each assessment whose vocabulary it speaks, with the ages there."""
    if rule.value.when is None:
        return
    for assessment in _using(shelf, rule):
        words = shelf.vocabularies[assessment.name]
        tree = compile_condition(rule.value.when, words, lambda _place, _told: None)
        ages = years(rule.value.ages, assessment.value.ages)
        if tree is not None and ages:
            yield tree, _domains(shelf, assessment.value, ages)


def _domains(shelf: Shelf, assessment: Assessment, ages: range) -> Mapping[str, range]:
    """Return the ages, and how many areas can be identified."""
    domains = {"age": ages}
    needs = shelf.needs(assessment)
    if needs is not None:
        dynamic = sum(not item.static for item in needs.items)
        domains["identified_needs"] = range(dynamic + 1)
    return domains


def _using(shelf: Shelf, rule: Placed[Rule]) -> Iterator[Placed[Assessment]]:
    """Yield the assessments that use the rule and whose vocabulary is sound."""
    return (a for a in shelf.using(rule.name) if a.name in shelf.vocabularies)


CHECKS = (
    Check(items_in_rules),
    Check(faulty_conditions),
    Check(beyond_all_ages),
    Check(never_true),
    Check(always_true, is_note=True),
)
