"""The person's own view beside the professional's: where they part, and that neither steers.

Worked by hand from docs/metod.md, Behovs- och resursinventering. 0 is the good end of the
situation and 3 the bad one; an area that is rated 2 or more is a need.
"""

from itertools import product
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskbehov.library import Library
from riskbehov.models.case import Answer, Inventory
from riskbehov.models.process import InventoryForm
from riskbehov.models.result import Needs
from riskbehov.planning import need_areas
from riskbehov.process.inventory import agreement, side_by_side

LIBRARY = Library.open()
FORM = cast("InventoryForm", LIBRARY.inventory)
NONE, SOME, CLEAR = range(3)

GOLDEN = [
    ("bad, and no need seen", 2, [NONE], "own-worse"),
    ("very bad, and no need seen anywhere", 3, [NONE, NONE], "own-worse"),
    ("mostly good, and no need seen", 1, [NONE], "agrees"),
    ("bad, and some need seen", 2, [NONE, SOME], "agrees"),
    ("bad, and a clear need seen", 2, [CLEAR], "agrees"),
    ("bad, and what is not known may hide a need", 2, [NONE, None], "cannot-tell"),
    ("bad, and one need seen is enough", 3, [SOME, None], "agrees"),
    ("good, and a clear need seen", 0, [CLEAR], "own-better"),
    ("good, and a clear need in one of several", 0, [NONE, CLEAR, None], "own-better"),
    ("good, and some need seen", 0, [SOME], "agrees"),
    ("good, and no need seen", 0, [NONE, NONE], "agrees"),
    ("good, and not all is known", 0, [NONE, None], "cannot-tell"),
    ("mostly good, and a clear need seen", 1, [CLEAR], "agrees"),
    ("not answered", None, [CLEAR], "cannot-tell"),
    ("nothing known beside it", 3, [None], "cannot-tell"),
    ("nothing to compare with", 3, [], "not-compared"),
]


@pytest.mark.parametrize(
    ("situation", "beside", "expected"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN]
)
def test_the_two_views_go_together_or_part(situation, beside, expected):
    assert agreement(situation, FORM.situation, beside) == expected


@pytest.mark.parametrize("situation", [0, 1, 2, 3])
def test_a_further_answer_of_the_professional_never_turns_what_was_settled(situation):
    for beside in product([None, NONE, SOME, CLEAR], repeat=3):
        before = agreement(situation, FORM.situation, beside)
        for filled in product(*([NONE, SOME, CLEAR] if b is None else [b] for b in beside)):
            after = agreement(situation, FORM.situation, filled)
            assert before in ("cannot-tell", after)


def needs(**rated) -> Needs:
    instrument = LIBRARY.scored("rbm8")
    answers = {id_: Answer(code=code) for id_, code in rated.items()}
    return need_areas(instrument, answers, None, LIBRARY.matrix("adult"))


def shown(domains, facts=None, **rated):
    made = Inventory.model_validate({"date": "2026-03-02", "domains": domains}, strict=False)
    supports = {f.id: f for f in LIBRARY.facts.values() if f.topic == "support"}
    found = side_by_side(made, FORM, needs(**rated), supports, facts or {})
    return {domain.domain.id: domain for domain in found.domains}, found


def test_every_domain_of_the_form_is_there_also_those_without_an_answer():
    domains, _ = shown({"boende": {"situation": 1}})
    assert list(domains) == [
        "boende",
        "halsa",
        "sysselsattning",
        "ekonomi",
        "natverk",
        "fritid",
        "kriminalitet",
        "missbruk",
    ]
    assert domains["fritid"].situation is None
    assert domains["fritid"].agreement == "cannot-tell"


def test_a_domain_stands_beside_the_areas_and_support_needs_that_it_informs():
    domains, _ = shown(
        {"natverk": {"situation": 2}}, {"need_network": (0, 0)}, associates=0, family_relations=0
    )
    network = domains["natverk"]
    assert [(a.item.id, a.code) for a in network.areas] == [
        ("associates", 0),
        ("family_relations", 0),
    ]
    assert [(f.id, state) for f, state in network.supports] == [("need_network", False)]
    assert network.agreement == "own-worse"


@pytest.mark.parametrize(
    ("situation", "rated", "expected"),
    [
        (3, 0, "own-worse"),
        (2, 0, "own-worse"),
        (1, 0, "agrees"),
        (2, 1, "agrees"),
        (0, 1, "agrees"),
        (0, 2, "own-better"),
        (0, 3, "own-better"),
        (1, 3, "agrees"),
    ],
)
def test_a_rating_is_compared_at_its_own_limit(situation, rated, expected):
    domains, _ = shown({"fritid": {"situation": situation}}, leisure=rated)
    assert domains["fritid"].agreement == expected


@pytest.mark.parametrize("rated", [0, 3])
@pytest.mark.parametrize("situation", [0, 3])
def test_history_is_shown_and_never_compared(situation, rated):
    domains, _ = shown({"kriminalitet": {"situation": situation}}, history=rated)
    assert [a.item.id for a in domains["kriminalitet"].areas] == ["history"]
    assert domains["kriminalitet"].agreement == "not-compared"


def test_a_support_need_counts_as_a_clear_need():
    known = {"need_housing": (1, 1)}
    assert shown({"boende": {"situation": 0}}, known)[0]["boende"].agreement == "own-better"
    assert shown({"boende": {"situation": 3}}, known)[0]["boende"].agreement == "agrees"
    assert shown({"boende": {"situation": 3}})[0]["boende"].agreement == "cannot-tell"


def test_the_order_is_the_persons_and_may_have_holes():
    _, found = shown(
        {"fritid": {"priority": 9}, "boende": {"priority": 2}, "missbruk": {"priority": 4}}
    )
    assert [d.domain.id for d in found.in_order] == ["boende", "missbruk", "fritid"]


def test_what_to_talk_about_is_where_the_views_part():
    domains = {
        "fritid": {"situation": 3},
        "missbruk": {"situation": 0},
        "natverk": {"situation": 1},
    }
    _, found = shown(domains, leisure=0, substance_use=2)
    assert [d.domain.id for d in found.to_talk_about] == ["fritid", "missbruk"]


@given(st.dictionaries(st.sampled_from([d.id for d in FORM.domains]), st.integers(0, 3)))
def test_the_persons_view_changes_no_rating(rated):
    before = needs(associates=2, leisure=0)
    _, found = shown(
        {id_: {"situation": code} for id_, code in rated.items()}, associates=2, leisure=0
    )
    codes = {a.item.id: a.code for d in found.domains for a in d.areas}
    assert codes["associates"] == 2
    assert codes["leisure"] == 0
    assert needs(associates=2, leisure=0) == before


def test_the_domains_are_those_of_the_guidance():
    """Stockholm's guidance, 2. Utreda, Utredning och förbedömning: eight domains, in its order."""
    assert [str(d.sv) for d in FORM.domains] == [
        "Boende",
        "Fysisk och psykisk hälsa",
        "Sysselsättning",
        "Ekonomi",
        "Nätverk",
        "Fritid",
        "Kriminalitet",
        "Missbruk",
    ]


def test_the_scales_are_the_toolkits_own_and_say_so():
    for citation in (*FORM.scale_sources, *FORM.informs_sources):
        assert citation.basis == "toolkit"
    assert [a.code for a in FORM.situation] == [a.code for a in FORM.motivation] == [0, 1, 2, 3]
