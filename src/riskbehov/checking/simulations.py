"""Made-up answers: item parameters that fit the form, shares that can be given, sound relations."""

from riskbehov.checking.shelf import Found, Placed, Shelf
from riskbehov.checking.table import Check
from riskbehov.errors import Fault
from riskbehov.i18n import message
from riskbehov.models.instrument import ScoredInstrument
from riskbehov.models.simulation import InstrumentSimulation
from riskbehov.simulation.calibration import UNREACHABLE, calibrated
from riskbehov.simulation.correlation import mismatches
from riskbehov.simulation.response import misfits, response_of


def files_of_nothing(shelf: Shelf) -> Found:
    """Yield simulations beside no instrument that is scored here, or beside no assessment."""
    for name, file in shelf.simulations.items():
        if name in shelf.methods:
            yield file.fault(
                message("found made-up answers to a recorded method, whose items are not here")
            )
        elif name not in shelf.scored:
            yield file.fault(message("found no instrument.yaml in the same folder, expected one"))
    for name, cohort in shelf.assessment_simulations.items():
        if name not in shelf.assessments:
            yield cohort.fault(message("found no assessment.yaml in the same folder, expected one"))


def unfit_items(shelf: Shelf) -> Found:
    """Yield item parameters, gates and scales that do not go with the instrument."""
    for file, instrument in _pairs(shelf):
        for place, sentence in misfits(instrument, file.value):
            yield file.fault(sentence, *place)


def unreachable_shares(shelf: Shelf) -> Found:
    """Yield published shares that no severity gives with these items."""
    for file, instrument in _pairs(shelf):
        if not any(True for _ in misfits(instrument, file.value)):
            yield from _unreachable(file, instrument)


def _unreachable(file: Placed[InstrumentSimulation], instrument: ScoredInstrument) -> "list[Fault]":
    response = response_of(instrument, file.value)
    return [
        file.fault(UNREACHABLE, "populations", number, "severity", sex, "prevalence")
        for number, population in enumerate(file.value.populations)
        for sex, severity in population.severity.items()
        if calibrated(response, severity) is None
    ]


def unfit_cohorts(shelf: Shelf) -> Found:
    """Yield populations, correlations and outcomes that do not go with the assessment."""
    known = {name: file.value for name, file in shelf.simulations.items()}
    for name, cohort in shelf.assessment_simulations.items():
        if name in shelf.assessments:
            assessment = shelf.assessments[name].value
            for place, sentence in mismatches(assessment, cohort.value, known):
                yield cohort.fault(sentence, *place)


def _pairs(shelf: Shelf) -> list[tuple[Placed[InstrumentSimulation], ScoredInstrument]]:
    return [
        (file, shelf.scored[name].value)
        for name, file in shelf.simulations.items()
        if name in shelf.scored
    ]


CHECKS = (
    Check(files_of_nothing, needs=("instruments", "assessments")),
    Check(unfit_items),
    Check(unreachable_shares),
    Check(unfit_cohorts, needs=("simulations",)),
)
