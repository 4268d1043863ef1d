from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from own_store import DEALS, HEAD, Open, open_own, shown
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Feed
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.services import feeds, loads, outbox, recipes, stores
from crm_core.services.clock import utc_now
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/data/feeds.py"
CHANGED = DEALS.replace("Industry,", "").replace("Medical,", "").replace("*Retail* $x$,", "")


@pytest.fixture(autouse=True)
def at_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's browser runs where the app does; Streamlit then tells no address."""
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: None))


def feed(folder: Path, **said: object) -> tuple[Store, int]:
    """A feed on `folder` in the reader's own store, looked at never."""
    folder.mkdir(exist_ok=True)
    store = holding.hold(stores.own_path())
    usual = {"name": "*Deals* $x$", "path": str(folder), "every_minutes": 60, "settle_seconds": 0}
    began = utc_now() - timedelta(days=3)
    return store, feeds.add(store, LOCAL, Feed.model_validate(usual | said), began).feed_id


def deliver(folder: Path, store: Store, feed_id: int, text: str) -> None:
    (folder / "deals.csv").write_text(text)
    feeds.run(store, LOCAL, feed_id)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_feed_the_page_teaches_what_one_is(open_own: Open, language: str) -> None:
    app = open_own(language, PAGE)
    assert not app.exception
    assert "####" in shown(app)
    assert not app.button(key="feed-add").disabled


def test_a_kept_mapping_is_offered_by_its_file_and_what_it_holds(open_own: Open) -> None:
    column = ColumnPlan(index=0, header="Amount", field="amount", confidence=1.0)
    plan = TablePlan(file="deals_2026-*.csv", entity="opportunity", columns=[column])
    recipes.keep(holding.hold(stores.own_path()), LOCAL, plan)
    app = open_own("en", PAGE)
    app.button(key="feed-add").click().run()
    [holds] = [one for one in app.selectbox if one.label == "What the files hold"]
    assert holds.options[-1] == "Mapping of deals_2026-*.csv: Opportunities, 1 column"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_night_brought_is_seen_at_a_glance(
    open_own: Open, tmp_path: Path, language: str
) -> None:
    store, number = feed(tmp_path / "in")
    deliver(tmp_path / "in", store, number, DEALS)
    app = open_own(language, PAGE)
    assert not app.exception
    [row] = app.dataframe[0].value.to_dict("records")
    assert (row["feed"], row["loaded"], row["updated"]) == ("*Deals* $x$", 6, 0)
    assert str(row["state"]).startswith("✓")
    assert row["next"] > datetime(2020, 1, 1)


def test_a_feed_is_set_up_in_the_dialog(open_own: Open, tmp_path: Path) -> None:
    app = open_own("en", PAGE)
    app.button(key="feed-add").click().run()
    app.text_input(key="feed-name-new").set_value("Nightly deals")
    app.text_input(key="feed-path-new").set_value(str(tmp_path))
    app.text_input(key="feed-emails-new").set_value("a@example.com；b@example.com")
    app.button(key="feed-save").click().run()
    assert not app.exception
    [made] = feeds.read(holding.hold(stores.own_path()), LOCAL)
    assert (made.feed.name, made.feed.every_minutes) == ("Nightly deals", 15)
    assert (made.feed.least_share, made.feed.most_quarantined) == (0.5, 0.2)
    assert made.feed.emails == ("a@example.com", "b@example.com")


def test_a_feed_that_makes_no_sense_is_refused_and_said(open_own: Open) -> None:
    app = open_own("en", PAGE)
    app.button(key="feed-add").click().run()
    app.text_input(key="feed-name-new").set_value("Deals")
    app.text_input(key="feed-path-new").set_value("exports")
    app.button(key="feed-save").click().run()
    assert "no full path" in shown(app)
    assert feeds.read(holding.hold(stores.own_path()), LOCAL) == []


def test_a_feed_is_changed_and_stopped(open_own: Open, tmp_path: Path) -> None:
    store, number = feed(tmp_path / "in")
    [before] = feeds.read(store, LOCAL)
    app = open_own("en", PAGE)
    app.button(key="feed-change").click().run()
    app.number_input(key=f"feed-minutes-{number}-{before.version}").set_value(5)
    app.button(key="feed-save").click().run()
    assert feeds.read(store, LOCAL)[0].feed.every_minutes == 5
    app.button(key="feed-active").click().run()
    assert not feeds.read(store, LOCAL)[0].active
    assert "Stopped" in app.dataframe[0].value["state"][0]


def test_feeds_are_set_up_by_nobody_who_sits_elsewhere(
    open_own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: "192.0.2.7"))
    assert open_own("en", PAGE).button(key="feed-add").disabled
    monkeypatch.setenv("CRM_FEED_FOLDERS", "/data")
    assert not open_own("en", PAGE).button(key="feed-add").disabled


def test_look_now_loads_what_arrived(open_own: Open, tmp_path: Path) -> None:
    store, _ = feed(tmp_path / "in")
    (tmp_path / "in" / "deals.csv").write_text(DEALS)
    app = open_own("en", PAGE)
    app.button(key="feed-run").click().run()
    assert not app.exception
    assert [batch["loaded"] for batch in loads.batches(store, LOCAL)] == [6]


def test_a_delivery_of_another_shape_is_decided_on_the_page(open_own: Open, tmp_path: Path) -> None:
    store, number = feed(tmp_path / "in")
    deliver(tmp_path / "in", store, number, DEALS)
    deliver(tmp_path / "in", store, number, CHANGED)
    app = open_own("en", PAGE)
    assert "The column Industry is missing." in shown(app)
    [held] = feeds.held_list(store, LOCAL)
    app.button(key=f"shape-{held.delivery_id}").click().run()
    assert not app.exception
    assert feeds.held_list(store, LOCAL) == []
    assert "Nothing waits for you." in shown(app)


def test_a_late_feed_says_so(open_own: Open, tmp_path: Path) -> None:
    store, number = feed(tmp_path / "in", expected_by=time(6, 0))
    feeds.run(store, LOCAL, number)
    app = open_own("en", PAGE)
    assert "is late" in shown(app)
    assert app.dataframe[0].value["state"].tolist() == ["! Late"]


def test_the_sample_company_has_no_feeds(
    open_own: Open, tmp_path: Path, settle_sample: Callable[[Path], None]
) -> None:
    settle_sample(tmp_path)
    app = open_own("en", PAGE, company="sample")
    assert "your own store" in shown(app)
    app.button(key="feeds-own").click().run()
    assert app.button(key="feed-add")


def test_a_group_chat_inside_the_network_is_refused_where_it_was_typed(open_own: Open) -> None:
    app = open_own("en", PAGE)
    next(one for one in app.text_input if one.label == "Name").set_value("ops")
    address = next(one for one in app.text_input if one.label == "Address")
    address.set_value("http://169.254.169.254/latest")
    next(one for one in app.button if one.label == "Add the group chat").click()
    app.run()
    assert "inside the network" in shown(app)
    assert outbox.channels(holding.hold(stores.own_path()), LOCAL).webhooks == {}


def fill_in(app: AppTest, **said: str) -> AppTest:
    """The form of a group chat, its fields named as their keys are, and sent off."""
    for name, value in said.items():
        next(o for o in app.text_input if (o.key or "").startswith(f"hook-{name}")).set_value(value)
    next(one for one in app.button if one.label == "Add the group chat").click()
    return app.run()


def test_the_form_of_a_group_chat_is_blank_again_once_it_was_saved(
    open_own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_WEBHOOK_ALLOW", "127.0.0.1")
    app = open_own("en", PAGE)
    fill_in(app, name="ops", address="ftp://127.0.0.1", sign="s3cret")
    typed = [one.value for one in app.text_input if (one.key or "").startswith("hook-")]
    assert typed == ["ops", "ftp://127.0.0.1", "s3cret"], "what was refused is there to be mended"
    fill_in(app, address="http://127.0.0.1/robot")
    assert [one.value.replace("\\", "") for one in app.toast] == ["Saved."]
    typed = [one.value for one in app.text_input if (one.key or "").startswith("hook-")]
    assert typed == ["", "", ""]
    assert "ops · WeCom · 127.0.0.1" in shown(app)


def test_that_a_mail_server_was_saved_is_said(open_own: Open) -> None:
    app = open_own("en", PAGE)
    for label, value in (("Server", "127.0.0.1"), ("Sender", "crm@example.com")):
        next(one for one in app.text_input if one.label == label).set_value(value)
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert [one.value.replace("\\", "") for one in app.toast] == ["Saved."]


def test_cells_of_a_delivery_are_shown_as_they_are(open_own: Open, tmp_path: Path) -> None:
    store, number = feed(tmp_path / "in")
    deliver(tmp_path / "in", store, number, DEALS)
    evil = HEAD.replace("Industry", "**Industry** <img src=x>")
    deliver(tmp_path / "in", store, number, DEALS.replace(HEAD, evil))
    app = open_own("en", PAGE)
    [held] = [str(one.value) for one in app.markdown if "is new" in str(one.value)]
    assert "\\*\\*Industry\\*\\* \\<img" in held
