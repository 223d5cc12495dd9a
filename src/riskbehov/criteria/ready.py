"""A list of criteria made ready for a vocabulary: its conditions, and the lists it rests on."""

from dataclasses import dataclass

from riskbehov import yamlfile
from riskbehov.errors import DataError, Fault, did_you_mean
from riskbehov.i18n import Message, message
from riskbehov.library import CRITERIA, Library
from riskbehov.logic.tree import Complain, Group, Tree, compile_condition
from riskbehov.logic.vocabulary import Vocabulary
from riskbehov.models.criteria import CriteriaList, Criterion
from riskbehov.yamlfile import Place


@dataclass(frozen=True, slots=True)
class ReadyCriterion:
    """One criterion with its condition."""

    criterion: Criterion
    tree: Tree
    within: "ReadyList | None" = None
    """The other list, of a criterion that is met where that one is."""


@dataclass(frozen=True, slots=True)
class ReadyList:
    """A list of criteria with its conditions."""

    list: CriteriaList
    criteria: tuple[ReadyCriterion, ...]
    tree: Tree | None
    """The condition of the whole; nothing where the source makes no whole of the criteria."""


def ready_list(library: Library, id: str, words: Vocabulary) -> ReadyList:  # noqa: A002
    """Return a list of criteria ready to be checked.

    Raises :class:`UnknownIdError` for a list that there is not, and :class:`DataError` with every
    fault of the list and of those that it rests on: an unknown fact, a value that it cannot have, a
    list that there is not or that makes no whole, lists that go round.
    """
    library.criteria(id)
    faults: list[Fault] = []
    ready = _ready(library, id, words, faults, ())
    if ready is None or faults:
        raise DataError({str(fault): fault for fault in faults}.values())
    return ready


def overall(found: CriteriaList, trees: tuple[Tree, ...]) -> Tree | None:
    """Return the condition of a whole list, of those of its criteria; nothing where it has none."""
    if found.overall == "none":
        return None
    if found.overall != "count":
        return Group(found.overall, trees)
    held = list(zip(found.criteria, trees, strict=True))
    must = [tree for criterion, tree in held if criterion.mandatory]
    rest = tuple(tree for criterion, tree in held if not criterion.mandatory)
    least = (found.at_least or 0) - len(must)  # the mandatory ones count too, and are met by then
    return Group("all", (*must, *([Group("count", rest, least)] if least > 0 else [])))


def _ready(
    library: Library, id_: str, words: Vocabulary, faults: list[Fault], way: tuple[str, ...]
) -> ReadyList | None:
    """Return a list made ready; nothing if something in it is faulty."""
    found, way = library.criteria(id_), (*way, id_)
    criteria = [
        _criterion(library, criterion, words, faults, way=way, number=number)
        for number, criterion in enumerate(found.criteria)
    ]
    sound = tuple(criterion for criterion in criteria if criterion is not None)
    if len(sound) < len(criteria):
        return None
    return ReadyList(found, sound, overall(found, tuple(each.tree for each in sound)))


def _criterion(
    library: Library,
    criterion: Criterion,
    words: Vocabulary,
    faults: list[Fault],
    *,
    way: tuple[str, ...],
    number: int,
) -> ReadyCriterion | None:
    complain = _complaint(library, way[-1], number, faults)
    if criterion.when is not None:
        tree = compile_condition(criterion.when, words, complain, ("when",))
        return None if tree is None else ReadyCriterion(criterion, tree)
    id_ = str(criterion.meets)
    wrong = unusable(library, id_, way)
    if wrong is not None:
        complain(("meets",), wrong)
        return None
    within = _ready(library, id_, words, faults, way)
    if within is None or within.tree is None:
        return None
    return ReadyCriterion(criterion, within.tree, within)


def unusable(library: Library, id: str, way: tuple[str, ...]) -> Message | None:  # noqa: A002
    """Return why a list cannot be a criterion of the last list of ``way``; nothing if it can."""
    if id not in library.criteria_ids:
        return message(
            "found {found!r}, expected the id of a list of criteria{hint}",
            found=id,
            hint=did_you_mean(id, library.criteria_ids),
        )
    if id in way:
        return message(
            "found lists that go round, expected an end: {way}",
            way=" → ".join([*way[way.index(id) :], id]),
        )
    if library.criteria(id).overall == "none":
        return message("found {id!r}, expected a list with an overall verdict", id=id)
    return None


def _complaint(library: Library, id_: str, number: int, faults: list[Fault]) -> Complain:
    logical = CRITERIA.format(id=id_)
    files = library.files(logical)

    def complain(within: Place, sentence: Message) -> None:
        place = ("criteria", number, *within)
        where = yamlfile.locate(files[0] if files else logical, place)
        faults.append(Fault(sentence, where))

    return complain
