"""An assessment in the reader's own store, and what is pressed on its pages."""

from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import stores
from crm_core.services.checklists import answers, assessments, respondents
from crm_core.services.checklists.answers import Given
from crm_core.store import Store

PAGE = "pages/assess/checklists.py"
FIRST = "money-per-phase"


def mine() -> Store:
    return holding.hold(stores.own_path())


def begun(checklist: str = "readiness", scope: str = "programme", **more: Any) -> tuple[str, str]:
    """An assessment in the reader's own store, and its one respondent."""
    store = mine()
    key = assessments.begin(
        store,
        LOCAL,
        checklist,
        scope=scope,  # type: ignore[arg-type]
        day=date(2026, 3, 2),
        **more,
    )
    return key, respondents.add(store, LOCAL, key, "陈静", "lead")


def given(who: str, item: str = FIRST) -> Given | None:
    return answers.filled(mine(), LOCAL, who).answers.get(item)


def send(app: AppTest, opener: str, form: str) -> AppTest:
    """Send the form of a dialog, which stays open in a browser and has to be opened anew here."""
    app.button(key=opener).click()
    next(one for one in app.button if one.proto.form_id.startswith(form)).click()
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app
