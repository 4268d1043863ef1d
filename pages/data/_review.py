"""A person's round through the pairs that wait: one after the other, by keyboard if wished."""

from dataclasses import dataclass, field, replace

import streamlit as st

from crm_core.domain.problems import Problem, Refused
from crm_core.services import matching, merging
from crm_core.services.matching import Asked, Standing, jobs
from crm_core.services.merging import Decision, Verdict
from pages._ui import import_words as words
from pages._ui import session, workspace
from pages._ui.cards import Card, cards
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages.data import _matching, _review_pair

Pair = tuple[int, int]
_ROUND = "_review_round"
_FETCHED = 60
"""Pairs whose numbers are fetched at once, so that the next one need not be looked for."""
_ENOUGH = 20
"""After so many answers the reader is reminded to use them."""


@dataclass
class Round:
    """Where a person is: kept while the page is left and come back to."""

    of: tuple[str, str]
    """Store and entity."""
    next: list[Pair] = field(default_factory=list)
    later: list[Pair] = field(default_factory=list)
    done: list[Pair] = field(default_factory=list)
    """What was decided, the last at the end."""
    chosen: dict[str, int] = field(default_factory=dict)
    """Of the pair on screen: field -> the row whose value is to hold."""
    said: list[str] = field(default_factory=list)
    """What the reader must know of the last step."""
    standing: tuple[int, Standing] | None = None
    """The figures, and the version of the store that they are of."""


@st.fragment
def show(entity: str) -> None:
    """The figures, the pair on screen and what can be said of it."""
    round_ = _round(entity)
    standing = _standing(round_, entity)
    _figures(standing)
    _answers_in_use(entity, standing)
    asked = _ask(round_, entity)
    for sentence in round_.said:
        st.info(plain(sentence), icon=":material/info:")
    round_.said.clear()
    if asked is None:
        _nothing(round_, entity, standing)
        return
    with st.container(border=True, key="review"):
        acts = st.container()  # drawn last: no button comes before the pair that it answers
        _review_pair.show(asked, entity, round_.chosen, lambda *held: _hold(round_, *held))
        with acts:
            _acts(round_, entity, asked)


def _round(entity: str) -> Round:
    of = (str(workspace.store().path), entity)
    held = st.session_state.get(_ROUND)
    if not isinstance(held, Round) or held.of != of:
        held = st.session_state[_ROUND] = Round(of)
    return held


def _standing(round_: Round, entity: str) -> Standing:
    """How far the review is; not counted anew where this person's answer alone changed it."""
    store, version = workspace.store(), workspace.store().version("crm")
    if round_.standing is None or round_.standing[0] != version:
        round_.standing = version, matching.standing(store, workspace.actor(), entity)
    return round_.standing[1]


def _count(round_: Round, before: int, verdict: Verdict) -> None:
    """Take an answer into the figures of version `before`, if nothing else has changed since."""
    version = workspace.store().version("crm")
    if round_.standing is None or round_.standing[0] != before or version != before + 1:
        return
    now = round_.standing[1]
    said = replace(now, same=now.same + 1)
    if verdict == "different":
        said = replace(now, different=now.different + 1)
    round_.standing = version, replace(said, waiting=now.waiting - 1)


def _figures(standing: Standing) -> None:
    texts, number = session.texts(), session.formats().number
    text = texts.text
    cards(
        [
            Card(text("Pairs waiting"), number(standing.waiting)),
            Card(text("Merged by rule"), number(standing.by_rule)),
            Card(
                text("Merged by people"),
                number(standing.by_people),
                change=texts.plural("{n} more said", "{n} more said", standing.same)
                if standing.same
                else "",
            ),
            Card(text("Said to be different"), number(standing.different)),
        ]
    )


def _answers_in_use(entity: str, standing: Standing) -> None:
    """The way to merge what was said; while that goes on, that it does."""
    job = jobs.current(workspace.store(), entity)
    if job is not None and job.busy:
        _matching.line(job)
        return
    if job is not None:
        _round(entity).next.clear()  # the pairs were judged anew
    _matching.show_done(job)
    if not standing.same and not _round(entity).done:
        return
    texts = session.texts()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            texts.text("Use my answers"),
            key="use-answers",
            icon=":material/school:",
            type="primary" if len(_round(entity).done) >= _ENOUGH else "secondary",
            shortcut="U",
            on_click=_use,
            args=(entity,),
        )
        said = texts.text(
            "Merges what was said to be one, and asks less: pairs that are alike are judged by "
            "your answers."
        )
        st.caption(plain(said))


def _use(entity: str) -> None:
    round_ = _round(entity)
    try:
        jobs.use_answers(workspace.store(), workspace.actor(), entity)
    except Refused as refusal:
        _tell(round_, refusal.problem)
        return
    round_.done.clear()


def _ask(round_: Round, entity: str) -> Asked | None:
    """The pair to show. Pairs that wait no longer are told of and left out."""
    store, actor = workspace.store(), workspace.actor()
    gone = 0
    while round_.next or _fetch(round_, entity):
        try:
            asked = matching.pair(store, actor, entity, *round_.next[0])
        except Refused:
            asked = None
        if asked is not None and asked.state == "waiting":
            break
        gone += 1
        round_.next.pop(0)
        round_.chosen.clear()
        asked = None
    else:
        asked = None
    if gone:
        said = session.texts().plural(
            "{n} pair waits no longer, because somebody else decided it or its load was taken "
            "back. It was left out.",
            "{n} pairs wait no longer, because somebody else decided them or their load was "
            "taken back. They were left out.",
            gone,
        )
        round_.said.append(said)
    return asked


def _fetch(round_: Round, entity: str) -> bool:
    """Look for the next pairs; whether there are any."""
    round_.next = matching.upcoming(
        workspace.store(), workspace.actor(), entity, most=_FETCHED, skipped=round_.later
    )
    put_off = set(round_.later)
    if round_.next and put_off.issuperset(round_.next):
        round_.later.clear()
        round_.said.append(session.texts().text("Now come the pairs that you put off."))
    else:
        round_.next = [pair for pair in round_.next if pair not in put_off]
    return bool(round_.next)


def _acts(round_: Round, entity: str, asked: Asked) -> None:
    """The answers. A button belongs to its pair: a second press in haste answers no other one."""
    text = session.texts().text
    pair = (asked.left.row_id, asked.right.row_id)
    number = f"{pair[0]}-{pair[1]}"
    with st.container(horizontal=True, key="review-acts", vertical_alignment="center"):
        st.button(
            text("The same"),
            key=f"same-{number}",
            type="primary",
            icon=":material/join:",
            shortcut="S",
            on_click=_say,
            args=(round_, entity, pair, "same"),
        )
        st.button(
            text("Not the same"),
            key=f"different-{number}",
            icon=":material/call_split:",
            shortcut="D",
            on_click=_say,
            args=(round_, entity, pair, "different"),
        )
        st.button(
            text("Not now"),
            key=f"later-{number}",
            icon=":material/schedule:",
            shortcut="L",
            on_click=_put_off,
            args=(round_, pair),
        )
        st.button(
            text("Take back"),
            key=f"back-{number}",
            icon=":material/undo:",
            shortcut="Z",
            disabled=not round_.done,
            help=text("Takes your last answer back and shows that pair again"),
            on_click=_take_back_seen,
            args=(round_, entity, pair),
        )
    said = text("A click on a value says that it holds; without one your rules decide.")
    st.caption(plain(said))


def _hold(round_: Round, name: str, row_id: int) -> None:
    """The value that is to hold; a second click leaves it to the rules again."""
    if round_.chosen.get(name) == row_id:
        del round_.chosen[name]
    else:
        round_.chosen[name] = row_id


def _say(round_: Round, entity: str, pair: Pair, verdict: Verdict) -> None:
    if not _is_seen(round_, pair):
        return
    chosen = dict(round_.chosen) if verdict == "same" else {}
    decision = Decision(*pair, verdict, chosen)
    store = workspace.store()
    before = store.version("crm")
    try:
        matching.answer(store, workspace.actor(), entity, decision)
        round_.done.append(pair)
        _count(round_, before, verdict)
    except Refused as refusal:
        _tell(round_, refusal.problem)
    _leave(round_, pair)


def _put_off(round_: Round, pair: Pair) -> None:
    if _is_seen(round_, pair):
        round_.later.append(pair)
        _leave(round_, pair)


def _is_seen(round_: Round, pair: Pair) -> bool:
    """Whether the next pair is the one that the reader had before their eyes when they pressed: a
    second key in haste still means the one before. It is used for neither, and said to be."""
    if round_.next[:1] == [pair]:
        return True
    text = session.texts().text
    said = text("A key was pressed before this pair was drawn. It was not used: press again.")
    round_.said.append(said)
    return False


def _take_back_seen(round_: Round, entity: str, pair: Pair) -> None:
    if _is_seen(round_, pair):
        _take_back(round_, entity)


def _take_back(round_: Round, entity: str) -> None:
    if not round_.done:
        return
    pair = round_.done.pop()
    try:
        merging.withdraw(workspace.store(), workspace.actor(), entity, *pair)
    except Refused as refusal:
        _tell(round_, refusal.problem)
        return
    round_.chosen.clear()
    round_.next.insert(0, pair)


def _leave(round_: Round, pair: Pair) -> None:
    round_.chosen.clear()
    if round_.next and round_.next[0] == pair:
        round_.next.pop(0)


def _tell(round_: Round, problem: Problem) -> None:
    round_.said.append(session.problem(problem))


def _nothing(round_: Round, entity: str, standing: Standing) -> None:
    text = session.texts().text
    empty_state(
        text("No pair waits"),
        text(
            "Every pair of {entities} that may be one is decided. New loads are matched as they "
            "come; what is not sure then waits here.",
            entities=words.entity(entity).lower(),
        ),
        icon=":material/task_alt:",
        actions=lambda: _find_again(round_, entity, standing),
    )


def _find_again(round_: Round, entity: str, standing: Standing) -> None:
    text = session.texts().text
    if round_.done:
        st.button(
            text("Take back"),
            key="back-last",
            icon=":material/undo:",
            shortcut="Z",
            on_click=_take_back,
            args=(round_, entity),
        )
    if not standing.same and st.button(
        text("Find duplicates again"), key="match-again", icon=":material/search:"
    ):
        start(entity)
        st.rerun()


def start(entity: str) -> None:
    """Begin to find the pairs of an entity; a work under way goes on."""
    try:
        jobs.find(workspace.store(), workspace.actor(), entity)
    except Refused as refusal:
        _tell(_round(entity), refusal.problem)
    _round(entity).next.clear()
