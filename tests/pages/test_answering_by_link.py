"""What is seen and answered behind a link of one's own."""

from datetime import UTC, datetime, timedelta

from own_assessment import FIRST, begun, given, mine, press
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL
from crm_core.domain.assessments import State
from crm_core.services.checklists import links, respondents, states

__all__ = ["open_own"]
PAGE = "pages/answer/by_link.py"


def by_link(open_own: Open, token: str, **address: str) -> AppTest:
    return open_own("zh", PAGE, token=token, **address)


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
