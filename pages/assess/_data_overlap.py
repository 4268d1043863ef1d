"""What two applications hold in common, as the files that they exported show."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from crm_core.services import applications
from crm_core.services.applications import ENTITY, Extract, Overlap
from pages._ui import filters, import_words, kept, links, session
from pages._ui.head import section
from pages._ui.tables import Column, table

_PAIR = "pair"
"""The parameter of the address that says which two are compared."""


def show() -> None:
    """The measured overlap; without the exports of two applications, what is needed for it."""
    given = kept.read(applications.extracts)
    if len({one.application for one in given}) < 2:
        _how_to()
        return
    with st.spinner(session.texts().text("Comparing the exports of applications")):
        found = kept.until(("crm",), applications.overlaps, given)
    titles = {one.application: one.title for one in given}
    with st.container(gap="small"):
        if not found:
            section(session.texts().text("The exported files have no customer in common"))
            return
        one = _chosen(found, titles)
        section(_finding(one, titles), _basis(given, one))
        _table(one, titles)


def _how_to() -> None:
    text = session.texts().text
    with st.container(gap="small"):
        section(
            text("What is held twice can be measured"),
            text(
                "Load the customer lists that two applications export, and say in each "
                "application's entry what its exports are called."
            ),
        )
        links.page_link(
            "pages/assess/applications.py", text("To the list of applications"), ":material/list:"
        )


def _chosen(found: Sequence[Overlap], titles: Mapping[str, str]) -> Overlap:
    """The two that are compared; those that share most customers, if nobody chose."""
    known = {" ".join(one.applications): one for one in found}
    if len(known) == 1:
        return found[0]
    text = session.texts().text
    names = {
        key: text(
            "{one} and {other}", one=titles[one.applications[0]], other=titles[one.applications[1]]
        )
        for key, one in known.items()
    }
    return known[filters.select(text("Compared"), names, name=_PAIR, width=320)]


def _finding(one: Overlap, titles: Mapping[str, str]) -> str:
    fewer = min((0, 1), key=lambda at: one.customers[at])
    names = [titles[key] for key in one.applications]
    share = one.both / one.customers[fewer]
    return session.texts().text(
        "{share} of the customers in {one} are in {other} too",
        share=session.formats().percent(share, 0),
        one=names[fewer],
        other=names[1 - fewer],
    )


def _basis(given: Sequence[Extract], one: Overlap) -> str:
    """How many customers stand behind it."""
    texts = session.texts()
    return texts.text(
        "{both} customers are in both: known by one number or name, or merged. Compared is what "
        "each said last, in {n} loaded files.",
        both=session.formats().number(one.both),
        n=sum(each.application in one.applications for each in given),
    )


def _table(one: Overlap, titles: Mapping[str, str]) -> None:
    text = session.texts().text
    names = [titles[key] for key in one.applications]
    heads = [
        Column("field", text("Field"), width="medium"),
        Column("apart", text("Customers told differently"), "number"),
        Column("both", text("Customers filled in both"), "number"),
        Column("here", text("Values in {name}", name=names[0]), "number"),
        Column("there", text("Values in {name}", name=names[1]), "number"),
        Column("common", text("In both"), "number"),
        Column(
            "share",
            text("Overlap"),
            "percent",
            help=text("Of the values of the one that holds fewer, those that the other holds too"),
        ),
    ]
    rows = [
        {
            "field": import_words.field(each.field, ENTITY),
            "here": each.values[0],
            "there": each.values[1],
            "common": each.common,
            "share": each.share,
            "both": each.both,
            "apart": each.both - each.same,
        }
        for each in one.fields
    ]
    table(pd.DataFrame(rows), heads, key="data-overlap", saved_as="overlap")
