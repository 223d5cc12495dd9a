"""A table scored by one instrument: what is asked, what comes out, what is refused."""
