"""The rules of the adult assessment: one case at a time, and a whole register at once.

The peer for one case is zen-engine, a rule engine in Rust, with its trace: one decision table of
three rules, and one of all the rules, each with its condition as one expression. It knows nothing
of unknown facts, so all facts are known here. It is left out where it is not installed
(``pip install zen-engine``).
"""

import datetime as dt
import json
import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from _harness import Against, Times, in_turns, show

from riskbehov.assessing import assess
from riskbehov.library import Library
from riskbehov.logic.explain import explain
from riskbehov.logic.tree import Compare, Tree, facts_in
from riskbehov.rules import RuleBook, rule_book
from riskbehov.rules.arrays import VERDICTS, judge_many

DAY = dt.date(2026, 1, 1)
ROWS = 100_000
ALONE = 100  # of the rows are judged one by one: all of them would take minutes
RUNNING = 20  # times running for one case, so that no approach is always the one that wakes up


def main() -> None:
    """Measure one case, then a register."""
    library = Library.open().as_of(DAY)
    book = rule_book(library, library.assessment("adult"))
    one_case(library, book)
    register(library, book)


def one_case(library: Library, book: RuleBook) -> None:
    """Measure the verdicts on all rules with their explanations, and a whole assessment."""
    examples = library.assessment_examples("adult")
    assert examples is not None
    case = examples.cases[0].case
    draw = random.Random(1)
    facts = {name: draw.randint(*fact.unknown) for name, fact in book.vocabulary.items()}
    known = {name: (value, value) for name, value in facts.items()}
    rules = book.on(DAY)

    def judged() -> object:
        verdicts = book.judge(known, DAY, library)
        return verdicts, [explain(ready.tree, known) for ready, _ in rules]

    ours = f"verdicts on {len(rules)} rules, explained"
    whole = "a whole assessment: scores, risk, rules, plan"
    approaches: dict[str, Callable[[], object]] = {
        ours: judged,
        whole: lambda: assess(case, library),
    }
    trees = {ready.rule.id: ready.tree for ready, is_in_force in rules if is_in_force}
    three, same = "zen-engine, a table of three rules", "zen-engine, a table of the same rules"
    try:
        few, all_ = zen_table(dict([*trees.items()][:3]), facts), zen_table(trees, facts)
    except ModuleNotFoundError:
        print("zen-engine is not installed: left out")
        show("One case", several(approaches), {})
        return
    ours_apply = {v.rule.id for v in book.judge(known, DAY, library) if v.verdict == "applies"}
    assert {found["rule"] for found in all_()["result"]} == ours_apply
    against = {
        ours: [Against(same, at_most=1), Against(three)],
        whole: [Against(same), Against(three)],
    }
    show("One case", several({**approaches, three: few, same: all_}), against)


def several(approaches: Mapping[str, Callable[[], object]]) -> Times:
    """Measure each approach some times running."""

    def running(approach: Callable[[], object]) -> Callable[[], object]:
        return lambda: [approach() for _ in range(RUNNING)]

    made = {name: running(approach) for name, approach in approaches.items()}
    return in_turns(made, turns=21, each=RUNNING)


def zen_table(trees: Mapping[str, Tree], facts: Mapping[str, int]) -> Callable[[], Any]:
    """Return a decision table of rules, ready to be asked with the facts that they ask for."""
    import zen  # type: ignore[import-not-found]

    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [
            {"_id": rule, "when": written(tree), "rule": json.dumps(rule)}
            for rule, tree in trees.items()
        ],
    }
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode"},
        {"id": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "type": "outputNode"},
    ]
    place = {"position": {"x": 0, "y": 0}}
    graph = {
        "nodes": [{"name": node["id"], **place, **node} for node in nodes],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "table"},
            {"id": "second", "sourceId": "table", "targetId": "out"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    asked = {fact.name: fact for tree in trees.values() for fact in facts_in(tree)}
    values = {
        named(n): members(facts[n]) if f.kind == "set" else facts[n] for n, f in asked.items()
    }
    return lambda: decision.evaluate(values, {"trace": True})


def members(bits: int) -> list[int]:
    """Return the places of the bits that are set."""
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def written(tree: Tree) -> str:
    """Return a condition as an expression of zen-engine."""
    if not isinstance(tree, Compare):
        parts = [written(part) for part in tree.parts]
        if tree.join == "not":
            return f"not ({parts[0]})"
        return "(" + {"all": " and ", "any": " or "}[tree.join].join(parts) + ")"
    name, first = named(tree.fact.name), tree.numbers[0]
    if tree.fact.kind == "set":
        return f"some({name}, # in {members(first)})"
    return {
        "equals": f"{name} == {first}",
        "at_least": f"{name} >= {first}",
        "at_most": f"{name} <= {first}",
        "in": f"{name} in {list(tree.numbers)}",
    }[tree.operator]


def named(fact: str) -> str:
    """Return a name that zen-engine does not take for an expression."""
    return "fact_" + fact.replace(".", "_").replace("-", "_")


def register(library: Library, book: RuleBook) -> None:
    """Measure all rules over many rows with one fact in five unknown."""
    draw = np.random.default_rng(1)
    columns = {}
    for name, fact in book.vocabulary.items():
        low, high = fact.unknown
        values, is_unknown = draw.integers(low, high + 1, ROWS), draw.random(ROWS) < 1 / 5
        columns[name] = np.where(is_unknown, low, values), np.where(is_unknown, high, values)
    rows = [
        {name: (int(low[row]), int(high[row])) for name, (low, high) in columns.items()}
        for row in range(ALONE)
    ]
    many = judge_many(book, columns, ROWS, DAY)
    for row, facts in enumerate(rows):
        for verdict in book.judge(facts, DAY, library):
            assert VERDICTS[many[verdict.rule.id][row]] == verdict.verdict

    def one_by_one() -> None:
        for facts in rows:
            book.judge(facts, DAY, library)

    alone, at_once = "one by one", f"{ROWS:,} at once"
    times = in_turns(
        {alone: one_by_one, at_once: lambda: judge_many(book, columns, ROWS, DAY)},
        turns=11,
        each={alone: ALONE, at_once: ROWS},
    )
    show("A row of a register", times, {at_once: [Against(alone, faster=500)]})


if __name__ == "__main__":
    main()
