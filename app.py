"""The app's entry: served as `app:app` by an ASGI server, run as a script for every page view."""

import streamlit as st
from streamlit import runtime

from crm_core.i18n import Texts
from pages._ui.shell import asgi, errors, frame


def pages(texts: Texts) -> dict[str, list[st.Page]]:
    """The navigation: sections named by what people do, a line per page.

    The start page keeps to the address "/": Streamlit gives it no other. Pages have no icons here,
    because Streamlit fetches a page's icon from another host to show it in the browser's tab.
    """
    text = texts.text
    return {
        text("Steer"): [
            st.Page("pages/steer/overview.py", title=text("Overview"), default=True),
        ],
    }


def page() -> None:
    """One run of the script: the frame around the page, then the page."""
    texts = frame.begin()
    current = st.navigation(pages(texts))
    frame.show(texts, current.title)
    current.run()


if runtime.exists():
    page()
else:
    app = st.App(__file__, middleware=asgi.middleware(), on_script_error=errors.show)
