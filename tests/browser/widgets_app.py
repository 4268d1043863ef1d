"""Every widget the product uses, in the product's own frame, to see which words it speaks."""

import datetime

import pandas as pd
import streamlit as st
from streamlit import runtime

from pages._ui.plain import plain
from pages._ui.shell import asgi, errors, frame


def start() -> None:
    """The widgets."""
    st.file_uploader("文件", accept_multiple_files=True, type=["csv"])
    st.file_uploader("文件夹", accept_multiple_files="directory")
    st.multiselect("多选", ["Open", "甲"], default=["Open"], key="many")
    st.multiselect("空多选", ["Light", "Upload"])
    st.selectbox("单选", ["甲"], index=None)
    st.date_input("日期", value=None)
    st.date_input("区间", value=(datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)))
    st.number_input("数字")
    with st.form("form"):
        st.text_input("文字", key="text")
        st.form_submit_button("好")
    st.dataframe(pd.DataFrame({"甲": [1, 2]}))


def failing() -> None:
    """A page that fails."""
    raise ValueError("a secret of the program")


def empty() -> None:
    """A page without widgets."""


def formulas() -> None:
    """Tables of texts that a spreadsheet would obey."""
    hostile = pd.DataFrame(
        {"甲": ["=1+1", '-"一"\n+2', "<b>乙</b>"], "乙": ["@SUM(A1)", "-5", "a-b"]}
    )
    st.dataframe(hostile, hide_index=True)
    st.data_editor(hostile, key="edited")


def told() -> None:
    """Labels with signs of Markdown, and data that looks like addresses."""
    st.text_input(plain("Cost (CNY) – e.g. 1.5 *"))
    st.date_input(plain("Day (if any)"), value=None, help="When")
    st.multiselect("多选", [r"C:\*"], default=[r"C:\*"])
    st.markdown(plain("https://a.example/x?b=1, www.b.example and c@d.example"))


def run() -> None:
    """One view of the app."""
    texts = frame.begin()
    pages = [
        st.Page(start, default=True),
        st.Page(failing),
        st.Page(empty),
        st.Page(formulas),
        st.Page(told),
    ]
    current = st.navigation(pages)
    frame.show(texts, current.title)
    current.run()


if runtime.exists():
    run()
else:
    app = st.App(__file__, middleware=asgi.middleware(), on_script_error=errors.show)
