"""What the views of the vendor room share: the comparison, names, and who is speaking."""

import streamlit as st

from crm_core.services import vendors
from crm_core.services.vendors import YEARS, Comparison, Kind, Said
from crm_core.services.vendors import words as findings
from crm_core.services.vendors.words import criteria, names
from pages._ui import filters, kept, session, workspace
from pages._ui.plain import plain

__all__ = ["criteria", "names"]
_AREAS = ("programme", "settings", "vendor", "checklist")
WHO = "who"


def comparison(years: int = YEARS) -> Comparison:
    """The vendors held against each other, kept until something changes."""
    return kept.until(_AREAS, vendors.compare, years)


def score(value: float) -> str:
    """A score or value, 0 to 10, with one decimal."""
    return findings.score(session.texts(), value)


def share(value: float, digits: int = 0) -> str:
    """A weight in percent."""
    return session.formats().percent(value, digits)


def evaluator() -> str:
    """Who judges: one of those who did, or a new name; "" before it is said."""
    texts = session.texts()
    known = list(vendors.judgements(workspace.store(), workspace.actor()))
    wished = vendors.as_known(known, st.query_params.get(WHO, ""))
    options = known if wished in known or not wished else [*known, wished]
    said = st.selectbox(
        texts.text("Who is judging"),
        options,
        index=options.index(wished) if wished else None,
        format_func=plain,
        accept_new_options=True,
        placeholder=texts.text("Choose a name or type yours"),
        width=320,
        key=f"vendor-who-{texts.language}",
    )
    name = vendors.as_known(known, said or "")
    filters.put(WHO, name or None)
    return name


def seen(who: str, kind: Kind, vendor: str = "") -> Said:
    """What somebody said before, as it was when this session first saw it: what is saved must be
    a change of that."""
    key = _seen_key(who, kind, vendor)
    if key not in st.session_state:
        said = vendors.judgements(workspace.store(), workspace.actor()).get(who, {})
        of_kind = said.get(kind, {})
        st.session_state[key] = {
            pair: one for pair, one in of_kind.items() if kind != "score" or pair[1] == vendor
        }
    found: Said = st.session_state[key]
    return found


def look_again(who: str, kind: Kind, vendor: str = "") -> None:
    """Read anew what somebody said; the fields go on showing what was typed into them."""
    st.session_state.pop(_seen_key(who, kind, vendor), None)


def forget(who: str, kind: Kind, vendor: str = "") -> None:
    """See anew what somebody said; the fields then show it."""
    look_again(who, kind, vendor)
    key = f"{_seen_key(who, kind, vendor)}-turn"
    st.session_state[key] = turn(who, kind, vendor) + 1


def turn(who: str, kind: Kind, vendor: str = "") -> int:
    """Counts how often it was seen anew: fields of another turn are other fields."""
    return int(st.session_state.get(f"{_seen_key(who, kind, vendor)}-turn", 0))


def _seen_key(who: str, kind: Kind, vendor: str) -> str:
    return f"_vendor-seen-{workspace.store().path}-{who}-{kind}-{vendor}"
