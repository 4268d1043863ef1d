"""What a reader sees when the program fails: one sentence and a number to ask about."""

import logging
import secrets

import streamlit as st

from crm_core.domain.problems import Refused
from pages._ui import session
from pages._ui.notices import problem_box

log = logging.getLogger(__name__)


def show(error: Exception) -> bool:
    """Say it in the reader's language and keep the traceback in the log; True: nothing more shown.

    A refusal that no page caught is an answer: it is shown as what it says.
    """
    if isinstance(error, Refused):
        problem_box(error.problem)
        return True
    reference = secrets.token_hex(3).upper()
    log.error("page failed, reference %s", reference, exc_info=error)
    texts = session.texts()
    st.error(
        texts.text(
            "This page could not be shown. What you had saved is safe. Reload the page; if it "
            "happens again, give your administrator the reference {reference}.",
            reference=reference,
        ),
        icon=":material/error:",
    )
    return True
