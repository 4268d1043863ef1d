"""Who answers a checklist, who is reached, and how it is handed in."""

import pytest
from own_assessment import FIRST, PAGE, begun, given, mine, press, send
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL
from crm_core.domain.assessments import State
from crm_core.services import settings
from crm_core.services.checklists import assessments, inviting, links, respondents

__all__ = ["open_own"]


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


def test_who_was_not_reached_by_mail_is_named_with_the_reason(open_own: Open) -> None:
    key, _ = begun()
    who = respondents.add(mine(), LOCAL, key, "赵强", "front_line", email="zhao@example.com")
    settings.write(mine(), LOCAL, "address", "https://crm.example.com")
    inviting.invite(mine(), LOCAL, [who])
    app = open_own("zh", PAGE, assessment=key, view="people")
    assert "1 人未收到邮件" in shown(app) and "赵强：尚未设置邮件服务器" in shown(app)
