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
from _harness import Against, in_turns, show

from riskbehov.assessing import assess
from riskbehov.library import Library
from riskbehov.logic.explain import explain
from riskbehov.logic.tree import Compare, Tree
from riskbehov.rules import RuleBook, rule_book
from riskbehov.rules.arrays import VERDICTS, judge_many

DAY = dt.date(2026, 1, 1)
ROWS = 100_000
ALONE = 100  # of the rows are judged one by one: all of them would take minutes


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
    conditions = {ready.rule.id: written(ready.tree) for ready, is_in_force in rules if is_in_force}
    three, same = "zen-engine, a table of three rules", "zen-engine, a table of the same rules"
    values = zen_values(book, facts)
    try:
        few, all_ = zen_table(dict([*conditions.items()][:3])), zen_table(conditions)
    except ModuleNotFoundError:
        print("zen-engine is not installed: left out")
        show("One case", in_turns(approaches, turns=101), {})
        return
    ours_apply = {v.rule.id for v in book.judge(known, DAY, library) if v.verdict == "applies"}
    assert {found["rule"] for found in all_(values)["result"]} == ours_apply
    approaches |= {three: lambda: few(values), same: lambda: all_(values)}
    against = {
        ours: [Against(same, at_most=1), Against(three)],
        whole: [Against(same), Against(three)],
    }
    show("One case", in_turns(approaches, turns=101), against)


def zen_table(conditions: Mapping[str, str]) -> Callable[[dict[str, Any]], Any]:
    """Return a decision table of rules with the condition of each, ready to be asked."""
    import zen

    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [
            {"_id": rule, "when": condition, "rule": json.dumps(rule)}
            for rule, condition in conditions.items()
        ],
    }
    nodes = [
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
    return lambda values: decision.evaluate(values, {"trace": True})


def zen_values(book: RuleBook, facts: Mapping[str, int]) -> dict[str, Any]:
    """Return the facts as zen-engine takes them: a set as the list of its members."""
    return {
        named(name): [bit for bit in range(value.bit_length()) if value >> bit & 1]
        if book.vocabulary[name].kind == "set"
        else value
        for name, value in facts.items()
    }


def written(tree: Tree) -> str:
    """Return a condition as an expression of zen-engine."""
    if not isinstance(tree, Compare):
        parts = [written(part) for part in tree.parts]
        if tree.join == "not":
            return f"not ({parts[0]})"
        return "(" + {"all": " and ", "any": " or "}[tree.join].join(parts) + ")"
    name, first = named(tree.fact.name), tree.numbers[0]
    if tree.fact.kind == "set":
        members = [bit for bit in range(first.bit_length()) if first >> bit & 1]
        return f"some({name}, # in {members})"
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
