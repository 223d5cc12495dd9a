"""``list`` and ``show`` of every register, ``schema``, ``new``, ``check``, ``test``, ``demo``."""

import json
import re

import jsonschema
import pytest

REGISTERS = {
    "instruments": "audit",
    "assessments": "adult",
    "rules": "alkohol-met",
    "sources": "sos-avhoppare-2025",
    "insatser": "met",
    "facts": "suicidality",
    "criteria": "sig-grindar",
}


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_everything_can_be_listed_and_shown(run, register, form, lang):
    listed = run(register, "list", "--format", form, "--lang", lang)
    shown = run(register, "show", REGISTERS[register], "--format", form, "--lang", lang)
    assert listed.status == shown.status == 0
    assert REGISTERS[register] in listed.out
    if form == "json":
        assert listed.json
        assert shown.json["id"] == REGISTERS[register]
    if form == "text":
        assert max(len(line) for line in shown.out.splitlines() if "://" not in line) <= 80


@pytest.mark.parametrize("register", REGISTERS)
def test_an_unknown_id_is_refused_with_the_likeliest(run, register):
    wrong = REGISTERS[register][:-1]
    ran = run(register, "show", wrong)
    assert ran.status == 2
    assert REGISTERS[register] in ran.err


def test_a_source_lists_all_that_cites_it(run):
    found = run("sources", "show", "sos-avhoppare-2025", "--format", "json").json["cited_by"]
    assert {"rule", "instrument"} <= {c["kind"] for c in found}
    assert all(c["locator"] for c in found)


def test_the_schemas_are_written(run, tmp_path):
    assert "case" in run("schema").out.split()
    case = run("schema", "case").json
    jsonschema.Draft202012Validator.check_schema(case)
    assert run("schema", "-o", tmp_path / "schemas").status == 0
    assert (tmp_path / "schemas" / "rules.schema.json").is_file()
    assert run("schema", "cas").status == 2


def test_a_new_instrument_is_sound_and_scored_from_outside_the_package(run, tmp_path):
    data = tmp_path / "egna"
    assert run("new", "instrument", "trygghet", "--dir", data).status == 0
    assert run("new", "instrument", "oro", "--dir", data).status == 0
    assert run("new", "instrument", "oro", "--dir", data).status == 2
    checked = run("check", "--data", data)
    assert checked.status == 0, checked.out + checked.err
    assert run("test", "trygghet", "--data", data).status == 0
    ran = run(
        "score", "trygghet", "--answers", "2,-", "--age", 40, "--data", data, "--format", "json"
    )
    assert ran.json["scales"]["total"] | {"low": 2, "high": 4} == ran.json["scales"]["total"]
    assert ran.json["decisive"] == ["2"]
    assert run("instruments", "show", "trygghet", "--data", data).status == 0


@pytest.mark.parametrize("name", ["../x", "A", "a b", "å", "x" * 50])
def test_a_new_instrument_needs_a_plain_id(run, name, tmp_path):
    assert run("new", "instrument", name, "--dir", tmp_path / "egna").status == 2
    assert not (tmp_path / "egna").exists()


def test_a_new_case_has_a_generated_key_and_asks_for_everything(run, tmp_path):
    assert run("new", "case", "-o", tmp_path / "ny.yaml").status == 0
    text = (tmp_path / "ny.yaml").read_text(encoding="utf-8")
    assert "case: RB-" in text
    ran = run("assess", tmp_path / "ny.yaml")
    assert ran.status == 2  # forms without a single answer are refused by name
    assert "audit" in ran.err


def test_a_new_case_is_ready_for_consents_and_what_others_tell(run, tmp_path):
    path = tmp_path / "ny.yaml"
    assert run("new", "case", "--assessment", "child-0-5", "-o", path).status == 0
    text = path.read_text(encoding="utf-8")
    assert run("assess", path).status == 0
    assert "\n  threat_level:" not in text, "what the police tell is no fact of the case's own"
    ready = re.sub(r"^#(  .*)$", r"\1", text, flags=re.MULTILINE)
    ready = ready.replace("consents: null", "consents:").replace("obtained: []", "obtained:")
    path.write_text(ready.replace("threat_level: null", "threat_level: low"), encoding="utf-8")
    found = run("assess", path, "--format", "json").json
    assert found["threat"]["level"] == "low"
    assert [consent["state"] for consent in found["consents"]] == ["valid"]


def test_a_new_case_asks_for_the_inventory_where_needs_are_rated(run):
    adult = run("new", "case", "--assessment", "adult").out
    assert "    missbruk: {situation: null, motivation: null, priority: null}" in adult
    assert "inventory:" not in run("new", "case", "--assessment", "child-0-5").out


def test_the_data_files_pass_their_own_checks(run):
    checked = run("check", "--format", "json")
    assert checked.json["faults"] == []
    assert checked.status == 0


def test_what_was_checked_long_ago_is_listed(run):
    ran = run("check", "--stale", "0d", "--format", "json")
    assert ran.status in (0, 3)
    assert run("check", "--stale", "ett år").status == 2


def test_the_worked_examples_hold(run):
    ran = run("test", "--format", "json")
    assert ran.status == 0, [e for e in ran.json if e["faults"]]
    assert {"audit", "dudit", "rbm8", "youth7", "adult", "youth-12-17"} <= {
        e["id"] for e in ran.json
    }


def test_the_demo_shows_an_adult_a_15_year_old_and_an_incomplete_case(run, tmp_path):
    ran = run("demo", "-o", tmp_path / "demo")
    assert ran.status == 0
    written = sorted((tmp_path / "demo").glob("*.json"))
    found = [json.loads(path.read_text(encoding="utf-8")) for path in written]
    assert len(found) == 3
    assert sorted(f["assessment"] for f in found) == ["adult", "adult", "youth-12-17"]
    assert 15 in [f["person"]["age"] for f in found]
    assert any(f["risk"]["level"]["low"] != f["risk"]["level"]["high"] for f in found)
    for path in written:
        assert str(path) in ran.out.replace("\n", "") or path.name in ran.out
