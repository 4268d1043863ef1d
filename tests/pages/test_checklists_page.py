"""The pages on which checklists are filled in, run without a browser."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.assessments import State
from crm_core.i18n import Texts
from crm_core.services import settings, stores
from crm_core.services.checklists import (
    answers,
    assessments,
    evidence,
    inviting,
    links,
    respondents,
    states,
)
from crm_core.services.checklists.answers import Given
from crm_core.store import Store
from pages._ui import session

__all__ = ["open_own"]
PAGE, BY_LINK = "pages/assess/checklists.py", "pages/answer/by_link.py"
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


def test_beginning_asks_what_it_is_about_and_opens_the_first_question(open_own: Open) -> None:
    app = open_own("en", PAGE)
    assert "Nothing has been assessed yet" in shown(app)
    press(app, "begin-readiness")
    [owner] = [one for one in app.text_input if one.label == r"Looks after it \*"]
    owner.set_value("Chen Jing")
    send(app, "begin-readiness", "assessment-")
    assert app.query_params["assessment"] in ("A-1", ["A-1"])
    [now] = assessments.listed(mine(), LOCAL)
    [who] = respondents.listed(mine(), LOCAL, now.id)
    assert (now.owner, who.name, who.voice) == ("Chen Jing", "Chen Jing", "lead")
    assert "Is there money for each phase of the plan?" in shown(app)


def test_without_somebody_who_looks_after_it_nothing_is_begun(open_own: Open) -> None:
    app = press(open_own("en", PAGE), "begin-readiness")
    send(app, "begin-readiness", "assessment-")
    assert "Say who looks after it" in shown(app)
    assert assessments.listed(mine(), LOCAL) == []


def test_an_answer_is_saved_as_it_is_chosen_and_the_page_says_so(open_own: Open) -> None:
    key, who = begun()
    app = open_own("en", PAGE, assessment=key)
    press(app, f"level-{FIRST}-next")
    kept = given(who)
    assert kept and kept.value == "next"
    assert "Saved at" in shown(app)
    press(app, f"level-{FIRST}-all")
    kept = given(who)
    assert kept and (kept.value, kept.version) == ("all", 2)
    press(app, f"next-{FIRST}")
    assert app.query_params["item"] in ("money-running-cost", ["money-running-cost"])


def test_a_comment_typed_is_kept_beside_the_answer_and_goes_with_it(open_own: Open) -> None:
    key, who = begun()
    app = press(open_own("en", PAGE, assessment=key), f"level-{FIRST}-next")
    app.text_area[0].set_value("since May").run()
    press(app, f"level-{FIRST}-all")
    kept = given(who)
    assert kept and (kept.value, kept.note) == ("all", "since May")
    press(app, f"clear-{FIRST}")
    assert given(who) is None


def test_what_does_not_apply_is_answered_once_its_reason_is_given(open_own: Open) -> None:
    key, who = begun()
    app = press(open_own("en", PAGE, assessment=key), f"without-{FIRST}")
    assert given(who) is None
    app.text_area[0].set_value("A pilot without money").run()
    kept = given(who)
    assert kept and (kept.value, kept.note) == (None, "A pilot without money")
    press(app, f"level-{FIRST}-all")
    kept = given(who)
    assert kept and (kept.value, kept.note) == ("all", "")


def test_a_number_is_kept_with_its_digits_and_taken_back(open_own: Open) -> None:
    key, who = begun()
    app = open_own("en", PAGE, assessment=key, item="money-reserve")
    app.number_input[0].set_value(7.5).run()
    kept = given(who, "money-reserve")
    assert kept and kept.value == Decimal("7.5")
    press(app, "clear-money-reserve")
    assert given(who, "money-reserve") is None


def test_a_question_that_depends_on_an_answer_comes_as_its_condition_holds(
    open_own: Open,
) -> None:
    key, who = begun("handoffs")
    filled = answers.filled(mine(), LOCAL, who)
    [later] = [one for one in filled.checklist.items if one.ask_if]
    when = later.ask_if[0]
    source = next(one for one in filled.checklist.items if one.id == when.item)
    code = next(
        option.code
        for option in source.options
        if option.code in when.one_of
        or (when.below is not None and source.worths[option.code] < when.below)
    )
    app = open_own("en", PAGE, assessment=key, item=source.id)
    before = len(filled.asked)
    press(app, f"level-{source.id}-{code}")
    now = answers.filled(mine(), LOCAL, who)
    assert later.id in now.asked and len(now.asked) == before + 1
    assert f"of {before + 1} questions answered" in app.get("progress")[0].proto.text


def test_of_two_who_answer_at_once_the_later_one_sees_both_and_chooses(open_own: Open) -> None:
    key, who = begun()
    app = open_own("en", PAGE, assessment=key)
    answers.save(mine(), Actor("2", "赵强"), who, FIRST, "total", note="one sum")
    press(app, f"level-{FIRST}-all")
    assert "赵强 answered this while you did" in shown(app)
    labels = [one.label.replace("\\", "") for one in app.button]
    assert any("One sum for the whole" in one and "one sum" in one for one in labels)
    kept = given(who)
    assert kept and kept.value == "total", "nothing was overwritten"
    press(app, f"mine-{FIRST}")
    kept = given(who)
    assert kept and kept.value == "all"


def test_who_leaves_the_others_answer_as_it_is_changes_nothing(open_own: Open) -> None:
    key, who = begun()
    app = open_own("en", PAGE, assessment=key)
    answers.save(mine(), Actor("2", "赵强"), who, FIRST, "total")
    press(app, f"level-{FIRST}-all")
    press(app, f"theirs-{FIRST}")
    kept = given(who)
    assert kept and (kept.value, kept.version) == ("total", 1)
    assert "answered this while you did" not in shown(app)


def add_evidence(app: AppTest) -> AppTest:
    next(one for one in app.button if one.label == "Add the evidence").click().run()
    assert not app.exception
    return app


def test_evidence_is_a_link_or_a_file_with_its_last_day_and_is_taken_away_again(
    open_own: Open,
) -> None:
    key, who = begun()
    answers.save(mine(), LOCAL, who, FIRST, "all")
    app = add_evidence(open_own("en", PAGE, assessment=key, item=FIRST))
    assert "Choose a file or write a link" in shown(app)
    link = next(one for one in app.text_input if one.label == "Link")
    link.set_value("javascript:alert(1)")
    assert "javascript:alert" in shown(add_evidence(app))
    assert evidence.of_answer(mine(), LOCAL, who, FIRST) == []
    next(one for one in app.text_input if one.label == "Link").set_value("https://example.com/b")
    next(one for one in app.date_input if one.label == "Valid until").set_value(date(2020, 1, 1))
    app = add_evidence(app)
    assert "expired on Jan 1, 2020" in shown(app)
    app.file_uploader[0].set_value(("批文.pdf", b"%PDF\x00", "application/pdf"))
    app = add_evidence(app)
    found = evidence.of_answer(mine(), LOCAL, who, FIRST)
    assert [one.title for one in found] == ["https://example.com/b", "批文.pdf"]
    assert found[1].sha256 in shown(app)
    press(app, f"evidence-off-{found[0].id}")
    assert [one.id for one in evidence.of_answer(mine(), LOCAL, who, FIRST)] == [found[1].id]
    assert "was taken away." in shown(app)
    press(app, f"evidence-back-{found[0].id}")
    back = [one.title for one in evidence.of_answer(mine(), LOCAL, who, FIRST)]
    assert sorted(back) == sorted(one.title for one in found)
    assert "was taken away." not in shown(app)


def test_a_section_as_a_table_saves_each_answer_and_takes_it_back(open_own: Open) -> None:
    key, who = begun()
    app = open_own("en", PAGE, assessment=key, **{"as": "table"})
    assert "Next section" in [one.label for one in app.button], "not the next question"
    [pick] = [one for one in app.selectbox if one.key and one.key.endswith(f"{FIRST}-0")]
    pick.set_value("total").run()
    kept = given(who)
    assert kept and kept.value == "total"
    [pick] = [one for one in app.selectbox if one.key and one.key.endswith(f"{FIRST}-0")]
    assert pick.value == "total"
    press(app, f"clear-{FIRST}")
    assert given(who) is None


def test_a_sheet_handed_in_takes_no_more_answers_until_it_is_opened_again(open_own: Open) -> None:
    key, who = begun()
    app = press(open_own("en", PAGE, assessment=key, item="_end"), "checklist-hand-in")
    assert respondents.respondent(mine(), LOCAL, who).submitted_at
    assert "Handed in on" in shown(app)
    looked = open_own("en", PAGE, assessment=key, item=FIRST)
    assert looked.button(key=f"level-{FIRST}-all").disabled
    press(app, "checklist-hand-in")
    assert respondents.respondent(mine(), LOCAL, who).submitted_at is None


def test_an_assessment_is_handed_in_returned_with_a_reason_and_answered_again(
    open_own: Open,
) -> None:
    key, _ = begun()

    def act(app: AppTest, state: State, reason: str | None = None) -> AppTest:
        press(app, f"move-{state}")
        if reason is not None:
            [field] = [one for one in app.text_area if one.label == "Reason"]
            field.set_value(reason)
        return send(app, f"move-{state}", "move-")

    app = act(open_own("en", PAGE, assessment=key), State.SUBMITTED)
    assert app.button(key=f"level-{FIRST}-all").disabled
    act(app, State.RETURNED, "")
    assert assessments.assessment(mine(), LOCAL, key).state is State.SUBMITTED
    act(open_own("en", PAGE, assessment=key), State.RETURNED, "Section money is empty")
    app = open_own("en", PAGE, assessment=key)
    assert "Section money is empty" in shown(app)
    assert not app.button(key=f"level-{FIRST}-all").disabled


def test_people_are_added_a_line_each_and_again_without_effect(open_own: Open) -> None:
    key, _ = begun()
    app = press(open_own("en", PAGE, assessment=key, view="people"), "people-add")
    for _ in range(2):
        app.text_area[0].set_value("Zhao, zhao@example.com\n\nWang")
        send(app, "people-add", "respondent-add")
        app = press(open_own("en", PAGE, assessment=key, view="people"), "people-add")
    found = respondents.listed(mine(), LOCAL, key)
    assert {(one.name, one.email) for one in found} == {
        ("陈静", ""),
        ("Zhao", "zhao@example.com"),
        ("Wang", ""),
    }


@pytest.mark.parametrize(
    "line",
    [
        "王芳 <wang@example.com>",
        "王芳，wang@example.com",
        "wang@example.com; 王芳",
        "王芳\twang@example.com",
        "王芳 wang@example.com",
        "王芳（wang@example.com）",
    ],
)
def test_an_address_is_known_however_it_was_pasted(open_own: Open, line: str) -> None:
    key, _ = begun()
    app = press(open_own("en", PAGE, assessment=key, view="people"), "people-add")
    app.text_area[0].set_value(line)
    send(app, "people-add", "respondent-add")
    found = respondents.listed(mine(), LOCAL, key)
    assert ("王芳", "wang@example.com") in {(one.name, one.email) for one in found}


def test_where_names_are_hidden_a_sheet_with_a_link_is_not_shown_to_others(open_own: Open) -> None:
    key, who = begun(is_unnamed=True)
    other = respondents.add(mine(), LOCAL, key, "赵强", "front_line")
    links.make(mine(), LOCAL, other)
    app = open_own("en", PAGE, assessment=key, who=other)
    press(app, f"level-{FIRST}-all")
    assert given(other) is None and given(who) is not None
    links.make(mine(), LOCAL, who)
    app = open_own("en", PAGE, assessment=key)
    assert "seen by nobody" in shown(app)


def test_where_names_are_hidden_it_is_said_who_hides_nobody_else(open_own: Open) -> None:
    key, _ = begun(is_unnamed=True)
    behind = respondents.add(mine(), LOCAL, key, "Zhao", "it")
    links.make(mine(), LOCAL, behind)
    app = open_own("en", PAGE, assessment=key, view="people")
    [told] = [one.value for one in app.info]
    assert told.startswith("1 person has no link of their own")


def by_link(open_own: Open, token: str, **address: str) -> AppTest:
    return open_own("zh", BY_LINK, token=token, **address)


def test_behind_a_link_is_the_respondents_own_sheet_and_thanks_at_its_end(open_own: Open) -> None:
    key, who = begun()
    part = respondents.add(mine(), LOCAL, key, "赵强", "front_line", sections=["money"])
    token = links.make(mine(), LOCAL, part)
    app = by_link(open_own, token, who=who, assessment=key)
    assert "赵强，您好" in shown(app) and "4 题" in shown(app)
    press(app, f"level-{FIRST}-total")
    kept = given(part)
    assert kept and (kept.value, kept.by) == ("total", "赵强")
    assert given(who) is None
    app = press(by_link(open_own, token, item="_end"), "checklist-hand-in")
    assert "谢谢" in shown(app)
    assert not [one for one in app.button if str(one.key).startswith("level-")]


def test_behind_a_link_names_stay_hidden_where_that_was_promised(open_own: Open) -> None:
    _, who = begun(is_unnamed=True)
    app = by_link(open_own, links.make(mine(), LOCAL, who))
    press(app, f"level-{FIRST}-total")
    kept = given(who)
    assert kept and kept.by == LOCAL.name


def test_a_link_that_opens_nothing_says_why_and_shows_nothing_else(open_own: Open) -> None:
    _, who = begun()
    old = links.make(mine(), LOCAL, who)
    past = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=60)
    expired = links.make(mine(), LOCAL, who, clock=lambda: past)
    links.renew(mine(), LOCAL, who)
    for token, said in ((old, "取代"), (expired, "有效"), (old[:-2], "链接"), ("", "链接")):
        app = by_link(open_own, token)
        assert len(app.error) == 1 and said in shown(app)
        assert "陈静" not in shown(app) and not app.title


def test_an_assessment_that_takes_no_answers_says_so_behind_its_links(open_own: Open) -> None:
    key, who = begun()
    token = links.make(mine(), LOCAL, who)
    states.move(mine(), LOCAL, key, 1, State.SUBMITTED)
    assert "目前不接受作答" in shown(by_link(open_own, token))


def test_behind_a_link_stands_why_the_answers_came_back(open_own: Open) -> None:
    key, who = begun()
    token = links.make(mine(), LOCAL, who)
    states.move(mine(), LOCAL, key, 1, State.SUBMITTED)
    states.move(mine(), LOCAL, key, 2, State.RETURNED, "资金部分请补充依据")
    assert "退回原因：资金部分请补充依据" in shown(by_link(open_own, token))


def test_who_was_not_reached_by_mail_is_named_with_the_reason(open_own: Open) -> None:
    key, _ = begun()
    who = respondents.add(mine(), LOCAL, key, "赵强", "front_line", email="zhao@example.com")
    settings.write(mine(), LOCAL, "address", "https://crm.example.com")
    inviting.invite(mine(), LOCAL, [who])
    app = open_own("zh", PAGE, assessment=key, view="people")
    assert "1 人未收到邮件" in shown(app) and "赵强：尚未设置邮件服务器" in shown(app)


def test_an_answer_of_another_day_says_which(
    open_own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, who = begun()
    press(open_own("en", PAGE, assessment=key), f"level-{FIRST}-total")
    kept = given(who)
    monkeypatch.setattr(session, "today", lambda: date(2100, 1, 1))
    assert kept and f"Saved on {Texts('en').formats.day(kept.at)}" in shown(
        open_own("en", PAGE, assessment=key, item=FIRST)
    )


def test_what_people_type_is_shown_as_text_and_never_as_markup(open_own: Open) -> None:
    key, _ = begun("vendor-choice", "vendor", subject="*[A](b)* $x$", owner="<b>_o_</b>")
    app = open_own("en", PAGE, assessment=key)
    assert "*[A](b)* $x$" in shown(app) and "<b>_o_</b>" in shown(app)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    holding.release()
