"""What a library keeps is made once, and is the same for whoever asks."""

from riskbehov.library import Library


def test_what_two_threads_make_at_the_same_time_is_one_thing_for_both():
    library = Library({}, {})

    def while_another_thread_makes_it() -> list[str]:
        seen.append(library.kept("thing", lambda: ["hers"]))
        return ["ours"]

    seen: list[list[str]] = []
    seen += [library.kept("thing", while_another_thread_makes_it) for _ in range(2)]
    assert all(each is seen[0] for each in seen)
