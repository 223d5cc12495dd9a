from riskbehov.checking.wording import not_among
from riskbehov.i18n import message


def test_the_likeliest_known_name_is_suggested():
    told = str(not_among("koaching", ["course", "coaching"], message("an insats")))
    assert told == (
        "found 'koaching', expected an insats: coaching, course - did you mean 'coaching'?"
    )


def test_a_long_list_is_cut():
    told = str(not_among("x", [f"name-{n:02}" for n in range(50)], message("a name")))
    assert "name-19, …" in told
    assert "name-20" not in told


def test_where_nothing_is_known_a_hyphen_stands():
    assert str(not_among("x", [], message("a name"))) == "found 'x', expected a name: -"
