"""What tables, categories and groups are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from riskbehov.groups.tables import Group, Table
from riskbehov.i18n import N_, _
from riskbehov.library import Library
from riskbehov.models.assessment import Assessment

SEXES: Mapping[str, str] = {
    "female": N_("women and girls"),
    "male": N_("men and boys"),
    "other": N_("another sex"),
    "unknown": N_("sex not known"),
}
_WHOLE: Mapping[str, str] = {
    "persons": N_("Persons"),
    "followed": N_("Followed up with a second assessment"),
    "risk": N_("Risk of reoffending, first assessment"),
    "intensity": N_("Intensity, first assessment"),
    "goals": N_("Goals of the action plan"),
}
CATEGORIES: Mapping[str, str] = {
    "persons": N_("persons"),
    "followed": N_("followed up"),
    "not-followed": N_("not yet"),
    "identified": N_("identified"),
    "not-identified": N_("not identified"),
    "unanswered": N_("unanswered"),
    "several-possible": N_("several possible"),
    "reached": N_("at or above the limit"),
    "not-reached": N_("below the limit"),
    "cannot-tell": N_("cannot tell"),
    "not-filled-in": N_("not filled in"),
    "recommended": N_("recommended"),
    "not-recommended": N_("not recommended"),
    "agreed": N_("agreed"),
    "given": N_("given"),
    "completed": N_("completed"),
    "improved": N_("improved"),
    "unchanged": N_("unchanged"),
    "worsened": N_("worsened"),
    "all": N_("all reached"),
    "some": N_("some reached, or partly"),
    "none": N_("none reached"),
    "no-goals": N_("no goals"),
}


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of an assessment's tables in the language of the moment."""

    library: Library
    assessment: Assessment

    def group(self, group: Group) -> str:
        """Return what a group is called."""
        if group.dimension == "total":
            return _("everyone")
        if group.dimension == "sex":
            return _(SEXES[group.member])
        return next(str(g) for g in self.library.age_groups if g.id == group.member)

    def table(self, table: Table) -> str:
        """Return what a table is about."""
        if table.kind in _WHOLE:
            return _(_WHOLE[table.kind])
        if table.kind in ("needs", "change"):
            items = self.library.scored(str(self.assessment.needs)).items
            return next(str(item.label) for item in items if item.id == table.subject)
        if table.kind == "support":
            return str(self.library.fact(table.subject).label)
        if table.kind in ("screening", "scale"):
            return self._scale(table.subject)
        return str(self.library.insats(table.subject).name)

    def _scale(self, subject: str) -> str:
        form, _dot, scale = subject.partition(".")
        found = self.library.scored(form)
        name = str(found.name).partition(" (")[0]
        label = next((str(s.label) for s in found.scales if s.id == scale), "")
        return f"{name}: {label}" if label else name

    def category(self, table: Table, id_: str) -> str:
        """Return what a category is called."""
        matrix = self.library.matrix(self.assessment.id)
        if matrix is not None and table.kind in ("risk", "intensity"):
            levels = matrix.risk_levels if table.kind == "risk" else matrix.intensities
            for level in levels:
                if level.id == id_:
                    return str(level)
        return _(CATEGORIES[id_])
