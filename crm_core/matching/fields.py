"""What the columns of a record say of who it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """The columns of an entity that matching reads, by what they are."""

    names: tuple[str, ...]
    """Whole names, of companies or people."""
    strong: tuple[str, ...] = ()
    """Numbers of which a person or company has one: a disagreement forbids merging by rule."""
    plain: tuple[str, ...] = ()
    """Columns compared as they are."""
    people: bool = False
    """Whether they are people: two of different names are not merged by rule, whatever agrees."""


_ADDRESS = ("street", "postcode", "city", "region", "country")
ENTITIES = {
    "customer": Entity(
        names=("name",),
        strong=("national_id", "tax_id"),
        plain=("given_name", "surname", "birth_date", "phone", "email", "website", *_ADDRESS),
    ),
    "contact": Entity(names=("name",), plain=("email", "phone", "customer_id"), people=True),
    "lead": Entity(names=("name", "company"), plain=("email", "phone", *_ADDRESS[2:]), people=True),
}
"""A row's own id is no evidence of who it is. A contact's customer_id is another record's."""

STRONG = tuple(sorted({column for entity in ENTITIES.values() for column in entity.strong}))
