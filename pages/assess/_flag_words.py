"""Red flags in the reader's words; a severity has a sign, so that it is not told by colour."""

from crm_core.domain.flags import REGISTER, Limit
from crm_core.services import registers, settings
from crm_core.services.flags import RuleState
from crm_core.services.flags.words import figure
from pages._ui import kept, session

_SIGNS = {"high": "▲", "medium": "◆", "low": "▽"}


def severity(code: object) -> str:
    """A severity as sign and word."""
    return f"{_SIGNS[str(code)]} {option('severity', code)}" if code in _SIGNS else "–"


def option(field: str, code: object) -> str:
    """A choice of the register in words; a dash for none."""
    options = registers.known(REGISTER).field(field).options
    return session.texts().label(options[str(code)]) if code in options else "–"


def limits(state: RuleState) -> str:
    """The limits of a rule, each as its unit is written."""
    texts, currency = session.texts(), kept.read(settings.read)["home_currency"]

    def told(one: Limit) -> str:
        raises, clears = (
            figure(texts, one.unit, state.limits.get(name), currency)
            for name in (one.name, one.clears)
        )
        label = texts.label(one.label)
        if one.clears not in state.limits or clears == raises:
            return texts.text("{label}: {value}", label=label, value=raises)
        return texts.text(
            "{label}: {value}, clears at {clears}", label=label, value=raises, clears=clears
        )

    return texts.text("; ").join(map(told, state.rule.thresholds)) or "–"
