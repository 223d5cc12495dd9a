"""Blocks of every kind, for property tests of whatever writes them out."""

from hypothesis import strategies as st

from riskbehov.report.document import (
    FAILS,
    HOLDS,
    OPEN,
    Bullets,
    Callout,
    Definitions,
    Heading,
    Item,
    Note,
    Paragraph,
    Picture,
    Table,
    Term,
)

WORDS = (
    *("a", "är", "och", "någon", "behovsområde", "återfallsförebyggande", "https://example.org/ab"),
    *("漢字", "e\u0301", "10\u00a0Oro", "1.", "-", "*", "**b**", "_c_", "|", "<b>", "#", "[a](b)"),
)
LINE = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
TEXT = st.lists(LINE, max_size=2).map("\n".join)

LEAF = st.one_of(
    st.builds(Heading, TEXT, st.sampled_from([1, 2, 3])),
    st.builds(Paragraph, TEXT, st.booleans()),
    st.builds(Note, TEXT),
    st.builds(Picture, LINE, LINE),
    st.integers(1, 4).flatmap(
        lambda n: st.builds(
            Table,
            st.tuples(*[LINE] * n),
            st.lists(st.tuples(*[TEXT] * n), max_size=3).map(tuple),
        )
    ),
)


def _within(inner):
    inside = st.lists(inner, max_size=3).map(tuple)
    item = st.builds(Item, TEXT, inside, st.sampled_from(["", HOLDS, FAILS, OPEN]), st.booleans())
    term = st.builds(Term, LINE, TEXT, inside)
    return st.one_of(
        st.builds(Bullets, st.lists(item, min_size=1, max_size=11).map(tuple), st.booleans()),
        st.builds(Definitions, st.lists(term, min_size=1, max_size=3).map(tuple)),
        st.builds(Callout, st.sampled_from(["acute", "warning"]), LINE, inside),
    )


BLOCKS = st.lists(st.recursive(LEAF, _within, max_leaves=5), max_size=4).map(tuple)
