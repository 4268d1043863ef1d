"""Which value is shown of records that are one: the company's rules, and what they change."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from crm_core.i18n import mark
from crm_core.reference import entities
from crm_core.services.merging import shown, survivorship
from crm_core.services.merging.shown import Effect
from crm_core.services.merging.survivorship import Survivorship
from pages._ui import import_words as words
from pages._ui import kept, session, workspace
from pages._ui.plain import plain
from pages.data import _acting
from pages.data._review_words import written

_NONE = ""
RULES = {
    _NONE: mark("The first that is filled"),
    "newest": mark("What was loaded last"),
    "longest": mark("The longest"),
    "source": mark("By the order of sources"),
}


def show(entity: str) -> None:
    """The rules in force, a form to change them, and what a change would do."""
    text = session.texts().text
    label, icon = text("Which value is shown"), ":material/rule_settings:"
    with st.expander(label, icon=icon, key="rules-of-values", on_change="rerun"):
        st.caption(
            plain(
                text(
                    "Where records that are one say different things, a value chosen by hand "
                    "comes first, then the rule for the field. No rule changes what a file told."
                )
            )
        )
        now = survivorship.read(workspace.store(), workspace.actor())
        wanted = _wanted(entity, now)
        if wanted == now:
            st.caption(plain(text("These rules are in force.")))
            return
        effects = kept.read(_effect, entity, _plain(wanted), wanted.sources)
        _tell(effects, entity)
        st.button(
            text("Show it so"),
            key="rules-save",
            type="primary",
            icon=":material/check:",
            on_click=_acting.attempt,
            args=(survivorship.choose, workspace.store(), workspace.actor(), wanted),
        )


def _wanted(entity: str, now: Survivorship) -> Survivorship:
    """The rules as the widgets say them."""
    text = session.texts().text
    fields = [one.name for one in entities()[entity].fields]
    rules = dict(now.rules.get(entity, {}))
    grid = st.grid(4, min_column_width=200, gap="small")
    for name in fields:
        with grid:
            wished = st.selectbox(
                plain(words.field(name, entity)),
                list(RULES),
                index=list(RULES).index(rules.get(name, _NONE)),
                format_func=lambda code: text(RULES[code]),
                key=f"rule-{entity}-{name}-{session.texts().language}",
            )
        rules[name] = wished
    chosen = {name: rule for name, rule in rules.items() if rule}
    known = kept.read(survivorship.sources, entity)
    sources = st.multiselect(
        text("Sources, the best first"),
        [*now.sources, *(one for one in known if one not in now.sources)],
        default=list(now.sources),
        key=f"rule-sources-{entity}",
        select_all=False,  # the order counts
        placeholder=text("Choose in the order in which they are to be believed"),
        help=text("# stands for the numbers in a file's name"),
    )
    every = {one: dict(of) for one, of in now.rules.items()} | {entity: chosen}
    return replace(now, rules={one: of for one, of in every.items() if of}, sources=tuple(sources))


def _plain(wanted: Survivorship) -> dict[str, dict[str, str]]:
    return {entity: dict(rules) for entity, rules in wanted.rules.items()}


def _effect(
    store: object,
    actor: object,
    entity: str,
    rules: Mapping[str, Mapping[str, str]],
    sources: tuple[str, ...],
) -> list[Effect]:
    return shown.effect(store, actor, entity, Survivorship(rules, sources))  # type: ignore[arg-type]


def _tell(effects: list[Effect], entity: str) -> None:
    """What the rules would change, field by field, with some values before and after."""
    texts = session.texts()
    if not effects:
        said = texts.text("No value that is shown now would change.")
        st.info(plain(said), icon=":material/info:")
    for one in effects:
        head = texts.plural(
            "{field} of {n} record changes: ",
            "{field} of {n} records changes: ",
            one.records,
            field=words.field(one.field, entity),
        )
        examples = "; ".join(f"{written(was)} → {written(will)}" for was, will in one.examples)
        more = " …" if one.records > len(one.examples) else ""
        st.markdown(f":material/swap_horiz: {plain(head + examples + more)}")
