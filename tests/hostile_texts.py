"""Texts that would act if they were taken for markup, a formula or SQL; and rows full of them."""

from datetime import date

from crm_core.domain.planning import entry
from crm_core.domain.registers import SEVERAL, FieldKind, Register, Value
from crm_core.services.registers.values import Values

HOSTILE = (
    "<script>window.hit=1</script>",
    '<img src="x" onerror="window.hit=1">',
    "[x](javascript:window.hit=1)",
    r"$\frac{1}{2}$",
    ":material/home: :red[x]",
    '=HYPERLINK("http://127.0.0.1/x","x")',
    "@SUM(1) **bold** `code`",
    "+cmd|' /C calc'!A0",
    "x'); DROP TABLE programme.item --",
    "{0} {n} %s %(x)s",
)
_TEXTS = (FieldKind.TEXT, FieldKind.LONG)


def row_of(register: Register, text: str) -> Values:
    """A row that says it wherever the register takes a text."""
    values: dict[str, Value] = {}
    for field in register.fields:
        if field.offers or field.by_rule == "always":
            continue
        if field.name in _parsed(register.name):  # takes no text that cannot be read
            values |= {field.name: "1"} if field.required else {}
            continue
        if field.kind in _TEXTS:
            values[field.name] = text
        elif field.kind in SEVERAL:
            said = text.replace(";", ",")
            values[field.name] = (said.replace(":", " ") if field.counted else said,)
        elif field.required:
            option = next(iter(field.options), None)
            values[field.name] = date(2026, 3, 1) if field.kind is FieldKind.DATE else option or 1
    return values


def _parsed(register: str) -> tuple[str, ...]:
    return (*entry.PERIODS.get(register, ()), *entry.READ.get(register, {}))
