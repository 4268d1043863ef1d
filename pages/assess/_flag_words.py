"""Red flags in the reader's words; a severity has a sign, so that it is not told by colour."""

from crm_core.domain.flags import REGISTER
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
    told = [
        texts.text(
            "{label}: {value}",
            label=texts.label(one.label),
            value=figure(texts, one.unit, state.limits[one.name], currency),
        )
        for one in state.rule.thresholds
    ]
    return texts.text("; ").join(told) or "–"
