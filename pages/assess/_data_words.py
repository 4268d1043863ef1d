"""Customer data in the reader's words: what an application keeps a field as, and what is wrong."""

from crm_core.domain.applications import Fault, KeptField, Role
from crm_core.services import registers
from pages._ui import import_words, session


def sign(code: Role) -> str:
    """A role as one letter."""
    text = session.texts().text
    signs = {Role.MASTER: text("M"), Role.COPY: text("C"), Role.TYPED: text("T")}
    return signs.get(code, "?")


def role(code: Role) -> str:
    """A role as a word."""
    options = registers.known("application_field").field("role").options
    texts = session.texts()
    return texts.label(options[code]) if code in options else texts.text("Not said as what")


def record(one: KeptField) -> str:
    """The record that a field belongs to; one that the product knows in the reader's words."""
    code = one.entity.casefold()
    said = import_words.entity(code, plural=False)
    return one.entity if said == code else said


def name(one: KeptField) -> str:
    """A field without its record, in the same way."""
    code = one.field.casefold().replace(" ", "_")
    said = import_words.field(code, one.entity.casefold())
    return one.field if said == code else said


def field(one: KeptField) -> str:
    """A field with the record that it belongs to."""
    return f"{record(one)} · {name(one)}"


def fault(code: Fault) -> str:
    """What is wrong."""
    text = session.texts().text
    return {
        Fault.TYPED_AGAIN: text("Typed again"),
        Fault.SEVERAL_MASTERS: text("Several masters"),
        Fault.COPIES_ONLY: text("Copies without a master"),
        Fault.NO_MASTER: text("No master"),
    }[code]


def advice(code: Fault) -> str:
    """Why that is bad, and what to do."""
    text = session.texts().text
    return {
        Fault.TYPED_AGAIN: text(
            "People type what stands elsewhere already. Let these applications take a copy."
        ),
        Fault.SEVERAL_MASTERS: text(
            "When the values differ nobody can say which one holds. Choose one master."
        ),
        Fault.COPIES_ONLY: text("Nobody knows what these are copies of. Name the master."),
        Fault.NO_MASTER: text("No application is responsible for it. Name the master."),
    }[code]
