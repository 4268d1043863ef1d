"""The kinds of customer data the product knows, described so that they can be recognised."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """What a field holds; decides how it is recognised, cleaned and shown."""

    ID = "id"  # text that never changes a character, leading zeros included
    TEXT = "text"
    NAME = "name"
    REFERENCE = "reference"  # the id or the name of a row of another entity
    DATE = "date"  # a day, or a moment without time zone
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    EMAIL = "email"
    PHONE = "phone"
    COUNTRY = "country"
    CURRENCY = "currency"
    SEGMENT = "segment"
    STAGE = "stage"


class Label(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    zh: str


class FieldSpec(BaseModel):
    """A column of an entity."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Kind
    label: Label
    synonyms: tuple[str, ...] = ()
    """Headers that mean this field, in either language; compared without case, space or sign."""
    refers_to: str | None = None
    """For Kind.REFERENCE: the entity whose id or name stands here."""
    may_be_id_of: str | None = None
    """For Kind.TEXT: the entity whose id may stand here, as well as any other word."""
    essential: bool = True
    """Whether a line waits where the cell cannot be read as a date or a number.

    Otherwise the line is loaded without it and counted, and the cell stays among the extras.
    """
    weight: float = 1.0
    """How strongly the presence of this field speaks for its entity (0 weak … 3 telling)."""


class Derivation(BaseModel):
    """Columns of a flat sheet that describe a row of another entity (an order line's customer)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entity: str
    synonyms: dict[str, tuple[str, ...]]
    """Field of the derived entity -> headers that mean it on this entity's sheet."""


class EntitySpec(BaseModel):
    """An entity: its fields, what identifies a row, and what else its sheets tell about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: Label
    plural: Label
    synonyms: tuple[str, ...] = ()
    """Words in a file or sheet name that speak for this entity."""
    doubts: tuple[str, ...] = ()
    """Headers that only a sheet of another kind has: one that looks like this entity is asked."""
    doubts_unless: tuple[str, ...] = ()
    """Fields of which a filled one outweighs these headers: what a customer bought is sold."""
    doubted_names: tuple[str, ...] = ()
    """Words in a file or sheet name that only such a sheet has."""
    certain: tuple[tuple[str, ...], ...] = ()
    """Groups of fields of each of which one must be filled for a sheet to be this for sure."""
    key: str | None
    """The field that identifies a row; None or an unmapped key: by content and occurrence."""
    natural_key: str | None = None
    """The field that stands in for a missing key column (the name of a customer)."""
    fields: tuple[FieldSpec, ...] = Field(min_length=1)
    derives: tuple[Derivation, ...] = ()

    def field(self, name: str) -> FieldSpec:
        """The field of that name; KeyError if there is none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)
