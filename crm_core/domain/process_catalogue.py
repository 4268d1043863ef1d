"""A starter set of processes: a catalogue of two levels, in both languages."""

from pydantic import BaseModel, ConfigDict, Field

from crm_core.domain.entities import Label


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CatalogueProcess(_Frozen):
    """A process as the set describes it."""

    number: str = Field(pattern=r"^\d+\.\d+$")
    """Its place in the catalogue, the function first; never given to another process."""
    label: Label
    purpose: Label


class Function(_Frozen):
    """The upper level: what a company does for its customers."""

    label: Label
    processes: tuple[CatalogueProcess, ...] = Field(min_length=1)
