"""The frame around every page: name, language and the switch to the other one."""

from html import escape

import streamlit as st

from crm_core.i18n import LANGUAGES, Texts
from pages._ui import session
from pages._ui.shell.logo import ICON, logo


def begin() -> Texts:
    """Start the run: who reads, in which language."""
    session.language()
    return session.texts()


def show(texts: Texts, title: str) -> None:
    """The page's name in the browser's tab, the product's name, the language switch."""
    name = texts.text("CRM Cockpit")
    about = texts.text("One instrument panel for your customers.")
    st.set_page_config(
        page_title=f"{title} · {name}",
        page_icon=ICON,
        layout="wide",
        menu_items={"About": f"**{name}**  \n{about}"},
    )
    st.logo(logo(name), size="large", icon_image=ICON)
    with st.container(key="crm-top", width="content"):
        _switch(texts)
        st.html(_marker(texts.language))


def _switch(texts: Texts) -> None:
    """A button for each language but the present one, named the way its readers do."""
    for language, name in LANGUAGES.items():
        if language != texts.language:
            st.button(
                name,
                key=f"language-{language}",
                type="tertiary",
                icon=":material/translate:",
                on_click=session.set_language,
                args=(language,),
            )


def _marker(language: str) -> str:
    """What page.js follows."""
    chosen = "yes" if session.language_was_chosen() else ""
    return (
        f'<span class="crm-language" data-language="{escape(language)}"'
        f' data-chosen="{chosen}" hidden></span>'
    )
