"""Which standardiser brings a column's cells to one writing: a step of every recipe, of itself."""

from typing import Literal

from crm_core.domain.entities import EntitySpec, FieldSpec, Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.reference import entities
from crm_core.reference.places import Level

Standard = Literal[
    "text",
    "title",
    "name",
    "person",
    "company",
    "email",
    "phone",
    "country",
    "place",
    "segment",
    "stage",
    "reference",
    "id",
    "date",
    "number",
    "currency",
    "yes_no",
]
"""What is done to the cells of a column; each has a sentence in i18n.cleaning."""
PLACES: dict[str, Level] = {"region": "region", "city": "city"}
_OF_KIND: dict[Kind, Standard] = {
    Kind.EMAIL: "email",
    Kind.PHONE: "phone",
    Kind.COUNTRY: "country",
    Kind.SEGMENT: "segment",
    Kind.REFERENCE: "reference",
    Kind.DATE: "date",
    Kind.MONEY: "number",
    Kind.NUMBER: "number",
    Kind.INTEGER: "number",
    Kind.CURRENCY: "currency",
    Kind.BOOLEAN: "yes_no",
}
_COMPANIES = (("customer", "name"), ("lead", "company"))
PEOPLE = ("customer", "contact", "lead", "person")
_FREE = (("opportunity", "name"),)
"""Names that anybody makes up as he likes: nothing tells that two of them are one."""
_NEEDED = ("date", "number", "currency", "yes_no")
"""Without them there is no value: these cells are read, not only written otherwise."""


def field_of(plan: TablePlan, column: ColumnPlan) -> tuple[EntitySpec, FieldSpec]:
    """The field that a mapped column fills, and whose it is."""
    owner = entities()[column.entity or str(plan.entity)]
    return owner, owner.field(str(column.field))


def standard_of(plan: TablePlan, column: ColumnPlan) -> Standard | None:
    """What is done to the cells of a mapped column; None: nothing, whatever they are."""
    owner, spec = field_of(plan, column)
    if spec.kind is Kind.ID:
        return None if column.entity else "id"
    if spec.kind is Kind.STAGE:
        # How a deal ended follows from its stage as well: nothing is written for it alone.
        return "stage" if spec.name == "stage" else None
    if spec.kind not in (Kind.NAME, Kind.TEXT):
        return _OF_KIND.get(spec.kind)
    if spec.name in PLACES:
        return "place"
    if (owner.name, spec.name) in _COMPANIES:
        return "company"
    if spec.kind is Kind.TEXT:
        return "text"
    if (owner.name, spec.name) in _FREE:
        return "title"
    return "person" if owner.name in PEOPLE else "name"


def can_stay(standard: Standard) -> bool:
    """Whether a column may do without: its cells are then kept as the file has them."""
    return standard not in _NEEDED
