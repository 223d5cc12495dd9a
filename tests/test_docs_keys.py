"""Every key and every word of the files and the results is told on the pages about them."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from tests.markdown import (
    CHECKOUT,
    EXAMPLE,
    FIRST,
    OFFER,
    SECOND,
    codes,
    keys,
    prose,
    read,
    section,
    tables,
)

from riskbehov.assessing import assess, check_criteria, explain_rule, follow, load_case, load_offer
from riskbehov.assessing.steps import follow_case
from riskbehov.cli.app import run as command_line
from riskbehov.groups.capacity import Kind as AdditionKind
from riskbehov.groups.capacity import capacity
from riskbehov.groups.deidentify import CaseFile, extract, load_cases
from riskbehov.groups.release import release
from riskbehov.groups.tables import Kind as TableKind
from riskbehov.library import Library
from riskbehov.models import base, instrument, source
from riskbehov.models.assessment import Intensity, RiskLevel
from riskbehov.models.case import (
    Activity,
    Case,
    Consent,
    Obtained,
    Offer,
    OfferedInsats,
    Person,
    RecordedResult,
)
from riskbehov.models.condition import AllOf, AnyOf, CountOf, FactComparison, ItemComparison, Not
from riskbehov.models.criteria import CriteriaList, CriterionVerdict
from riskbehov.models.extract import EXTRACT, RELEASE, Change, Dimension, Extract, Reached
from riskbehov.models.instrument import Flag, Range, Sex
from riskbehov.models.recode import Unmapped
from riskbehov.models.result import Gap, Result, RiskSource, State, VerdictName
from riskbehov.models.rule import Rule
from riskbehov.process.actionplan import handlingsplan
from riskbehov.process.agreed import Objection, Open, Place
from riskbehov.process.agreedchange import GoalState, Status
from riskbehov.process.change import Direction
from riskbehov.process.change import State as NeedState
from riskbehov.process.reliable import Reliable
from riskbehov.process.steps import StepStatus
from riskbehov.report import (
    capacity_dict,
    profile_dict,
    recode_dict,
    recommend_dict,
    scored_file_dict,
)
from riskbehov.report.plain.actionplan import plan_dict
from riskbehov.report.plain.assessment import explanation_dict, result_dict, score_dict
from riskbehov.report.plain.criteria import checked_list_dict
from riskbehov.report.plain.followup import followup_dict
from riskbehov.report.plain.steps import process_dict
from riskbehov.schemas import json_schema, schema_names
from riskbehov.tables.files.opening import open_source
from riskbehov.tables.frames.naming import Ground, Role
from riskbehov.tables.jobs.recode import profile_source, recode_source
from riskbehov.tables.jobs.recommend import recommend_file
from riskbehov.tables.jobs.score import score_file
from riskbehov.tables.mapping.codings import Kind as CodingKind
from riskbehov.tables.mapping.profiling import Problem
from riskbehov.tables.mapping.recoded import Outcome
from riskbehov.tables.mapping.recoded import Source as RecodeSource
from riskbehov.tables.scores.asked import Missing, OnIllegal

# The keys of the files that people write

FRAGMENTS: dict[str, tuple[type[BaseModel], ...]] = {
    "Text på två språk": (base.Text,),
    "Ålder": (base.AgeRange,),
    "Giltighet": (base.Validity,),
    "Källhänvisning": (source.Citation,),
    "Anmärkning": (instrument.Note,),
    "Villkor": (AllOf, AnyOf, Not, CountOf, FactComparison, ItemComparison),
}
"""Parts of data files that have a table of their own."""
APART = {m.__name__ for models in FRAGMENTS.values() for m in models} | {
    m.__name__ for m in (Case, Offer, Range, Person, Consent, Obtained)
}
FILES = {
    "Källor": "sources",
    "Instrument": "instrument",
    "Räknade exempel": "instrument-cases",
    "Simulerade svar": "instrument-simulation",
    "Uppgifter": "facts",
    "Insatser": "insatser",
    "Regler": "rules",
    "Lagrum": "legal",
    "Process": "process",
    "Täckning": "coverage",
    "Inventering": "inventory",
    "Åldersgrupper": "age-groups",
    "Kriterier": "criteria",
    "Exempel på kriterier": "criteria-cases",
    "Enhetsblad": "sheet",
    "Omkodningskarta": "recode",
    "Bedömning": "assessment",
    "Tabeller": "matrix",
    "Påhittade klienter": "assessment-cases",
    "Simulerad bedömning": "assessment-simulation",
}
Schema = Mapping[str, Any]


def schema_keys(schema: Schema, apart: Iterable[str] = ()) -> dict[str, bool]:
    """Return every key of a file by its path, and whether it must be there."""
    found: dict[str, bool] = {}
    parts = schema.get("$defs", {})

    def walk(node: Schema, path: str) -> None:
        if "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[1]
            if name not in apart:
                walk(parts[name], path)
        for each in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            walk(each, path)
        for key, each in node.get("properties", {}).items():
            inner = f"{path}.{key}".lstrip(".")
            found[inner] = key in node.get("required", ())
            walk(each, inner)
        if isinstance(node.get("items"), Mapping):
            walk(node["items"], f"{path}[]")
        for each in (node.get("additionalProperties"), *node.get("patternProperties", {}).values()):
            if isinstance(each, Mapping):
                walk(each, f"{path}.<>")

    walk(schema, "")
    return found


def words(value: object) -> Iterator[str]:
    """Yield every word that a schema lets be chosen from."""
    if isinstance(value, Mapping):
        yield from (v for v in (*value.get("enum", ()), value.get("const")) if isinstance(v, str))
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from words(each)


@pytest.mark.parametrize(
    ("page", "case_heading", "offer_heading"),
    [
        ("docs/arendefil.md", "Nycklarna", "Utbudsfilen"),
        ("docs/case-file.md", "The keys", "The offer file"),
    ],
)
def test_every_key_of_a_case_and_an_offer_is_told(page, case_heading, offer_heading):
    for heading, name in ((case_heading, "case"), (offer_heading, "offer")):
        schema = json_schema(name)
        assert keys(page, heading) == sorted(schema_keys(schema), key=keys(page, heading).index)
        assert set(words(schema)) <= set(codes(section(page, heading)))


@pytest.mark.parametrize("page", ["docs/arendefil.md", "docs/case-file.md"])
def test_a_case_page_names_every_assessment_and_method(page):
    library = Library.open()
    named = codes(prose(page))
    assert {*library.assessment_ids, *library.method_ids} <= set(named)


def required(heading: str) -> dict[str, bool]:
    """Return the keys told under a heading of the page on data files, and if they are marked."""
    text = section("docs/datafiler.md", heading)
    cells = [row[0] for table in tables(text) for row in table]
    found = [f for cell in cells for f in re.findall(r"`([^`]+)`(\\\*)?", cell)]
    assert len({key for key, _ in found}) == len(found), f"told twice under {heading}"
    return {re.sub(r"<\w+>", "<>", key): bool(star) for key, star in found}


@pytest.mark.parametrize("heading", FILES)
def test_every_key_of_a_data_file_is_told(heading):
    schema = json_schema(FILES[heading])
    assert required(heading) == schema_keys(schema, APART)


def test_every_data_file_is_told():
    assert {*FILES.values(), "case", "offer"} == set(schema_names())
    listed = {codes(row[2])[0] for row in tables(prose("docs/datafiler.md"))[0]}
    assert listed == set(FILES.values())


@pytest.mark.parametrize("heading", FRAGMENTS)
def test_every_key_of_a_recurring_part_is_told(heading):
    expected: dict[str, bool] = {}
    for model in FRAGMENTS[heading]:
        parts = model.model_json_schema(by_alias=True)
        top = parts["$defs"][parts["$ref"].rsplit("/", 1)[1]] if "$ref" in parts else parts
        must = top.get("required", ()) if len(FRAGMENTS[heading]) == 1 else ()
        expected |= {key: key in must for key in top["properties"]}
    assert required(heading) == expected


def test_every_word_that_can_be_chosen_in_a_data_file_is_told():
    told = set(codes(prose("docs/datafiler.md")))
    for name in FILES.values():
        schema = json_schema(name)
        mentioned = set(words(schema))
        if name.endswith("-cases"):  # the parts of a case file are told on its own page
            mentioned -= set(words(json_schema("case")))
        assert mentioned <= told, name


# The keys of the results

SAME = {
    "acute[]": "recommendations[]",
    "risk.others[]": "risk.source",
    "risk.violence": "risk.source",
    "disagreements[]": "views[]",
    "condition.parts[]": "condition",
    "targets[].others[]": "targets[].insatser[].agreed[]",
    "targets[].beside[].activity": "targets[].insatser[].agreed[]",
    "former[].goal": "targets[].goals[]",
    "former[].insatser[]": "targets[].beside[]",
    "former[].others[]": "targets[].insatser[].agreed[]",
    "considerations[].also[]": "targets[].insatser[].also[]",
    "second": "first",
    "scales[].second": "scales[].first",
    "areas[].second": "areas[].first",
    "levels[].second": "levels[].first",
    "threat.second": "threat.first",
    "differs[].also[]": "criteria[].also[]",
    "notes[]": "faults[]",
    "records[].first.support_needs": "records[].first.needs",
    "records[].last.intensity": "records[].first.intensity",
}
"""Parts of a result that have the keys of another part."""
OPEN = {"scales", "bands", "records[].first.screening"}
"""Parts whose keys are ids, with keys that are told below them."""
CLOSED = {
    "answers",
    "scores",
    "obtained[].facts",
    "recorded_results[].sections[].ratings",
    "reasons",
    "plan.covers",
    "plan.alternatives[].covers",
    "provenance.hashes",
    "provenance.definitions",
    "processes[].steps[].needs",
    "records[].followed.areas",
    "records[].followed.scales",
    "populations[].tables[].cells",
    "intensities",
    "rivals",
    "items",
    "recoded",
    "columns[].missing",
    "columns[].personal",
}
"""Parts whose keys are ids or paths, with nothing below them that is told in the same table."""


def value_keys(value: object, path: str = "") -> Iterator[str]:
    """Yield every key of a result by its path."""
    path = SAME.get(path, path)
    if isinstance(value, list):
        for each in value:
            yield from value_keys(each, f"{path}[]")
    elif isinstance(value, dict) and path not in CLOSED:
        for key, each in value.items():
            inner = f"{path}.{'<>' if path in OPEN else key}".lstrip(".")
            if path not in OPEN:
                yield inner
            yield from value_keys(each, inner)


@cache
def results() -> tuple[Result, ...]:
    """Return the result of the example and of every fictional client."""
    library = Library.open()
    found = [assess(load_case(EXAMPLE), library, offer=load_offer(OFFER))]
    for id_ in library.assessment_ids:
        examples = library.assessment_examples(id_)
        clients = examples.cases if examples else ()
        found += [assess(client.case, library, offer=client.offer) for client in clients]
    return tuple(found)


def test_every_key_of_a_score_is_told():
    scores = [score for result in results() for score in result.scores.values()]
    found = {key for score in scores for key in value_keys(score_dict(score))}
    assert found == set(keys("docs/json.md", "`riskbehov score`"))


def test_every_key_of_an_assessed_case_is_told():
    found = {key for result in results() for key in value_keys(result_dict(result))}
    told = keys("docs/json.md", "`riskbehov assess`")
    causes = {cause for cause in told if cause in get_args(Gap.__annotations__["cause"])}
    assert found == set(told) - causes
    assert causes == set(get_args(Gap.__annotations__["cause"]))


def test_every_key_of_an_explanation_is_told():
    library = Library.open()
    _, verdict, explained = explain_rule(load_case(EXAMPLE), "alkohol-met", library)
    found = set(value_keys(explanation_dict(verdict, explained)))
    recommendation = {
        key.removeprefix("recommendations[].")
        for key in keys("docs/json.md", "`riskbehov assess`")
        if key.startswith("recommendations[].")
    }
    assert found == recommendation | set(keys("docs/json.md", "`riskbehov explain`"))


def test_every_key_of_a_process_is_told():
    library = Library.open()
    case = load_case(EXAMPLE)
    late = {"avhopp": {"ansokan": case.date, "utredning": case.date - dt.timedelta(days=1)}}
    out_of_order = case.model_copy(update={"process": late})
    found = {
        key
        for each in (case, out_of_order)
        for key in value_keys(process_dict(follow_case(each, library)))
    }
    told = set(keys("docs/json.md", "`riskbehov process`"))
    assert found == told - set(get_args(StepStatus))
    assert set(get_args(StepStatus)) <= told


def test_every_key_of_a_plan_is_told():
    library = Library.open()
    first = load_case(FIRST)
    agreed = first.action_plan
    assert agreed is not None
    others = [
        goal.model_copy(
            update={
                "id": f"{goal.id}-{target}",
                "target": target,
                "activities": (Activity(insats="tolvsteg"), Activity(what="annat")),
            }
        )
        for goal in agreed.goals[:1]
        for target in ("attitudes", "leisure")
    ]
    wider = first.model_copy(
        update={"action_plan": agreed.model_copy(update={"goals": (*agreed.goals, *others)})}
    )
    plans = [handlingsplan(result, library) for result in results()]
    plans += [handlingsplan(assess(case, library), library) for case in (first, wider)]
    advised = replace(plans[0].rows[0], advice=plans[0].result.verdicts[:1])  # no rule does so yet
    plans.append(replace(plans[0], rows=(advised,)))
    found = {key for plan in plans for key in value_keys(plan_dict(plan))}
    told = set(keys("docs/json.md", "`riskbehov plan`"))
    left = set(get_args(Open))
    assert found == told - left
    assert left <= told
    text = set(codes(section("docs/json.md", "`riskbehov plan`")))
    assert {*get_args(Place), *get_args(Objection), "need", "support"} <= text


def test_every_key_of_a_follow_up_is_told():
    library = Library.open()
    first, second = load_case(FIRST), load_case(SECOND)
    result = {"method": "rbm-b", "level": "low", "date": first.date, "law": "Ett lagrum."}
    found = RecordedResult.model_validate(result, strict=False)
    judged = second.model_copy(update={"recorded_results": (found,)})
    keys_ = {
        key
        for later in (second, judged)
        for key in value_keys(followup_dict(follow(first, later, library)))
    }
    words_ = {*get_args(Reliable), *get_args(NeedState)}
    told = set(keys("docs/json.md", "`riskbehov followup`"))
    assert keys_ == told - words_
    assert words_ <= told
    text = set(codes(section("docs/json.md", "`riskbehov followup`")))
    assert {*get_args(Direction), *get_args(GoalState), *get_args(Status)} <= text


@cache
def group_extract() -> Extract:
    """Return the extract of the group in the examples."""
    files = load_cases([EXAMPLE.parent / "grupp"])
    return extract(files, Library.open(), purpose="Prova").extract


def test_every_key_of_an_extract_is_told():
    with_forms = extract([CaseFile(EXAMPLE, load_case(EXAMPLE))], Library.open(), purpose="Prova")
    found = {
        key
        for each in (group_extract(), with_forms.extract)
        for key in value_keys(each.model_dump(mode="json"))
    }
    assert found == set(keys("docs/json.md", "`riskbehov extract`"))
    told = set(codes(section("docs/json.md", "`riskbehov extract`")))
    assert {*get_args(Change), *get_args(Reached), *get_args(Sex), EXTRACT} <= told


def test_every_key_of_a_release_is_told():
    found = release(group_extract(), Library.open()).release.model_dump(mode="json")
    assert set(value_keys(found)) == set(keys("docs/json.md", "`riskbehov group`"))
    told = set(codes(section("docs/json.md", "`riskbehov group`")))
    assert {*get_args(TableKind), *get_args(Dimension), RELEASE} <= told


def test_every_key_of_a_capacity_is_told():
    library = Library.open()
    scarce = Offer(insatser=(OfferedInsats(insats="kbt-kriminalitet", own=True, places=1),))
    found = capacity_dict(capacity(group_extract(), scarce, library), library)
    wide = capacity_dict(capacity(group_extract(), load_offer(OFFER), library), library)
    assert found["additions"]
    told = set(keys("docs/json.md", "`riskbehov capacity`"))
    assert {*value_keys(found), *value_keys(wide)} == told
    told = set(codes(section("docs/json.md", "`riskbehov capacity`")))
    assert {*get_args(AdditionKind), *found["intensities"]} - set(get_args(Intensity)) <= told


def test_every_key_of_a_checked_list_is_told():
    library = Library.open()
    case = load_case(EXAMPLE)
    lists = [id_ for id_ in library.criteria_ids if not library.criteria(id_).is_impersonal]
    checked = [check_criteria(case, id_, library) for id_ in lists]
    found = {key for each in checked for key in value_keys(checked_list_dict(each))}
    told = set(keys("docs/json.md", "`riskbehov criteria check`"))
    verdicts = set(get_args(CriterionVerdict))
    assert found == told - verdicts
    assert verdicts <= told
    about = get_args(CriteriaList.model_fields["about"].annotation)
    assert set(about) <= set(codes(section("docs/json.md", "`riskbehov criteria check`")))


ANSWERS = CHECKOUT / "docs" / "exempel" / "svar.csv"
RECODE_MAP = CHECKOUT / "docs" / "exempel" / "karta.yaml"


def test_every_key_of_a_profile_is_told():
    source = open_source(ANSWERS)
    plain = profile_dict(profile_source(source, "audit"))
    told = keys("docs/json.md", "`riskbehov profile`")
    assert set(value_keys(plain)) == set(told)
    kinds: list[Any] = [Role, Ground, CodingKind, Problem]
    text = set(codes(section("docs/json.md", "`riskbehov profile`")))
    assert {word for kind in kinds for word in get_args(kind)} <= text


def test_every_key_of_a_recoding_is_told(tmp_path):
    plain = recode_dict(recode_source(open_source(ANSWERS), RECODE_MAP, tmp_path / "ut.csv"))
    told = keys("docs/json.md", "`riskbehov recode`")
    assert set(value_keys(plain)) == set(told)
    kinds: list[Any] = [Outcome, RecodeSource, Unmapped]
    text = set(codes(section("docs/json.md", "`riskbehov recode`")))
    assert {word for kind in kinds for word in get_args(kind)} <= text


def test_every_key_of_a_scored_table_is_told(tmp_path):
    table, output = tmp_path / "in.csv", tmp_path / "ut.csv"
    names = ";".join(f"audit_{n}" for n in range(1, 11))
    table.write_text(f"{names}\n99;1;1;1;1;1;1;1;0;0\n", encoding="utf-8")
    flagged = score_file(table, "audit", output, on_illegal="flag")
    recoded = score_file(ANSWERS, "audit", output, mapping=RECODE_MAP)
    told = keys("docs/json.md", "`riskbehov score` with a table")
    found = [*value_keys(scored_file_dict(flagged)), *value_keys(scored_file_dict(recoded))]
    assert set(found) == set(told)
    text = set(codes(section("docs/json.md", "`riskbehov score` with a table")))
    assert {word for kind in (Missing, OnIllegal) for word in get_args(kind)} <= text


def test_every_key_of_recommendations_for_a_table_is_told(tmp_path):
    table = tmp_path / "register.csv"
    rows = "age;date;threat_levels\n30;2026-01-01;\n17;2026-01-01;\n"
    table.write_text(rows, encoding="utf-8")
    found = recommend_file(table, "adult", tmp_path / "ut.csv", purpose="Pröva")
    told = keys("docs/json.md", "`riskbehov recommend`")
    assert set(value_keys(recommend_dict(found))) == set(told)


def test_every_key_of_checks_and_examples_is_told(capsys):
    command_line(["check", "--format", "json"])
    checked = json.loads(capsys.readouterr().out)
    command_line(["test", "dudit", "--format", "json"])
    tested = json.loads(capsys.readouterr().out)
    told = [
        {key for row in table for key in codes(row[0])}
        for table in tables(section("docs/json.md", "`riskbehov check` and `riskbehov test`"))
    ]
    assert set(value_keys(checked)) <= told[0]
    assert {key.removeprefix("[].") for key in value_keys(tested)} == told[1]


def test_every_word_of_a_result_is_told():
    told = set(codes(prose("docs/json.md")))
    kinds: list[Any] = [State, VerdictName, base.Basis, RiskLevel, Intensity]
    fields = Rule.model_fields
    kinds += [fields["block"].annotation, fields["strength"].annotation]
    kinds += [Flag.model_fields["kind"].annotation, Gap.__annotations__["cause"]]
    kinds += [RiskSource.__annotations__["basis"]]
    assert {word for kind in kinds for word in get_args(kind)} <= told
    assert {"raised", "cannot-tell", "unknown"} <= told


def test_every_flag_of_a_case_is_told():
    code = read("src/riskbehov/assessing/flags.py")
    flags = set(re.findall(r'CaseFlag\(\s*f?"(?:\{\w+\}\.)?([\w-]+)"', code))
    assert "risk-sources-disagree" in flags
    told = codes(section("docs/json.md", "`riskbehov assess`"))
    assert flags <= {flag.removeprefix("<instrument>.") for flag in told}
