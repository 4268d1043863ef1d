"""IT windows in the reader's words: what each does to work, or to who is there."""

from crm_core.domain.registers import RegisterField
from crm_core.services import registers
from crm_core.services.it_windows import Window
from pages._ui import session
from pages._ui.palette import ACCENT, COLOURS, GREY

_LOOKS = {
    "forbid": (COLOURS[11], ""),
    "delay": (COLOURS[1], "/"),
    "ease": (COLOURS[2], "."),
}
"""Colour and pattern by effect, so that neither is needed to tell them apart."""


def look(one: Window) -> tuple[str, str]:
    """Colour and pattern of a window's bar."""
    if one.is_about_people:
        return ACCENT, "x"
    return _LOOKS.get(one.effect or "", (GREY, ""))


def effect(one: Window) -> str:
    """What it does: to work, or to the people who do it."""
    if one.is_about_people:
        return people(one)
    return option("effect", one.effect) or session.texts().text("effect not said")


def people(one: Window) -> str:
    """Which skill and how many people come or go: "SQL +2 people"."""
    texts = session.texts()
    said = [one.skill or texts.label(_field("kind").options[str(one.kind)])]
    if one.change is not None:
        sign = "+" if one.change > 0 else ""
        said.append(texts.text("{n} full-time", n=f"{sign}{texts.formats.number(one.change)}"))
    return " ".join(said)


def option(field: str, code: str | None) -> str:
    """A choice of the register in words; "" for none."""
    options = _field(field).options
    return session.texts().label(options[code]) if code in options else ""


def _field(name: str) -> RegisterField:
    return registers.known("it_window").field(name)
