import pytest

from riskbehov.checking import cutoffs

SCREEN = "instruments/screen/instrument.yaml"
ADULT = "cutoff_sets.1"

CASES = [
    (cutoffs.unknown_scales, f"{ADULT}.scale", "totla", "scale: found 'totla', expected a scale"),
    (
        cutoffs.unknown_bands,
        *(f"{ADULT}.limits.male", {"low": [0, 3], "hihg": [4, 6]}),
        "limits.male.hihg: found 'hihg', expected a band: high, low - did you mean 'high'?",
    ),
    (
        cutoffs.unknown_bands,
        *(f"{ADULT}.problem_from", "middle"),
        "problem_from: found 'middle', expected a band: high, low",
    ),
    (
        cutoffs.missing_sexes,
        *(f"{ADULT}.limits.female", ...),
        "limits: found limits for male, expected either all, or both male and female",
    ),
    (
        cutoffs.missing_sexes,
        *(f"{ADULT}.limits.all", {"low": [0, 3], "high": [4, 6]}),
        "found limits for all, female, male, expected either all",
    ),
    (
        cutoffs.uneven_bands,
        *(f"{ADULT}.limits.male", {"low": [0, 2], "high": [4, 6]}),
        "limits.male: the band 'high' begins at 4, expected 3, so that every score has one band",
    ),
    (
        cutoffs.uneven_bands,
        *(f"{ADULT}.limits.female", {"low": [0, 3], "high": [3, 6]}),
        "limits.female: the band 'high' begins at 3, expected 4",
    ),
    (
        cutoffs.uneven_bands,
        *(f"{ADULT}.limits.male", {"low": [1, 3], "high": [4, 6]}),
        "the band 'low' begins at 1, expected 0",
    ),
    (
        cutoffs.uneven_bands,
        *(f"{ADULT}.limits.male", {"low": [0, 3], "high": [4, 7]}),
        "the last band ends at 7, expected 6, the highest score of the scale 'total'",
    ),
    (
        cutoffs.uneven_bands,
        *(f"{ADULT}.limits.male", {"high": [0, 3], "low": [4, 6]}),
        "the band 'low' begins at 4, expected 0",
    ),
    (
        cutoffs.uneven_bands,
        *(f"{ADULT}.limits.male", {"low": [0, 6]}),
        "the band 'high' has no limits, expected [lowest, highest]",
    ),
    (
        cutoffs.uneven_bands,
        *("codes.ever.1.code", 3),
        "the last band ends at 6, expected 7",
    ),
    (
        cutoffs.unknown_forms,
        *(f"{ADULT}.forms.0", "fax"),
        "forms[0]: found 'fax', expected a form: interview, paper",
    ),
    (cutoffs.unknown_forms, f"{ADULT}.forms", [], "forms: found no forms, expected some"),
    (
        cutoffs.faulty_defaults,
        *(f"{ADULT}.problem_from", ...),
        "default_sets[1].set: the default set 'adult' names no band under problem_from",
    ),
    (
        cutoffs.faulty_defaults,
        *("default_sets.1.set", "adlut"),
        "default_sets[1].set: found 'adlut', expected a cut-off set: adult, young - did you mean",
    ),
    (
        cutoffs.faulty_defaults,
        *("default_sets.0.ages", {"from": 15, "to": 17}),
        "default_sets[0].ages: found the ages 15–17, expected ages within 16–17, which the set",
    ),
    (
        cutoffs.overlapping_defaults,
        *("default_sets.1.ages", {"from": 17}),
        "default_sets[1].ages: the sets 'young' and 'adult' are both the default at some age",
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_of_a_cutoff_set_is_found(small, case):
    check, place, value, words = case
    small.put(SCREEN, place, value)
    assert any(words in str(fault) for fault in check(small.shelf()))


def test_sets_of_two_scales_may_be_the_default_at_one_age(small):
    def add(values):
        [scale] = values["scales"]
        values["scales"].append({**scale, "id": "other"})
        values["cutoff_sets"].append({**values["cutoff_sets"][1], "id": "third", "scale": "other"})
        values["default_sets"].append({"set": "third", "ages": {"from": 18}})

    small.edit(SCREEN, add)
    assert small.check().is_sound


def test_the_bands_of_a_scale_that_counts_cover_the_number_of_items(small):
    small.put(SCREEN, "scales.0.count_at_least", 1)
    found = [str(fault) for fault in cutoffs.uneven_bands(small.shelf())]
    assert "the last band ends at 6, expected 3, the highest score" in found[0]
