"""The pages on which checklists are filled in, run without a browser."""

from datetime import date
from decimal import Decimal

import pytest
from own_assessment import FIRST, PAGE, begun, given, mine, press, send
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.i18n import Texts
from crm_core.services.checklists import answers, assessments, evidence, respondents
from pages._ui import session

__all__ = ["open_own"]


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
