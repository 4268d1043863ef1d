from pathlib import Path

import pytest
from own_store import DEALS, HEAD, Open, load, open_own, shown

from crm_core.domain.actor import LOCAL
from crm_core.services.migration import run, runs, template, totals

__all__ = ["open_own"]

PAGE = "pages/data/migrate_out.py"
TEMPLATE = b"""
name: Mine
tables:
  - name: Account
    entity: customer
    columns:
      - {name: Id, id: true}
      - {name: Name, from: name}
      - {name: Segment, from: segment, length: 8}
  - name: Deal
    entity: opportunity
    columns:
      - {name: Id, id: true}
      - {name: Account, from: customer_id, reference: Account}
      - {name: Amount, from: amount, type: decimal, scale: 2}
"""


def migrated(tmp_path: Path) -> None:
    """A run of TEMPLATE on the reader's own store."""
    store = load(tmp_path, DEALS)
    run.run(store, LOCAL, template.read(TEMPLATE, "mine.yaml"), tmp_path / "out")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_preview_tells_what_would_be_written(
    open_own: Open, tmp_path: Path, language: str
) -> None:
    load(tmp_path, DEALS)
    app = open_own(language, PAGE)
    tables = app.dataframe[0].value
    assert tables["accepted"].sum() > 0
    assert not app.error


def test_a_run_is_written_from_the_page_and_shown(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, DEALS)
    app = open_own("en", PAGE)
    app.button(key="migrate-write").click().run()
    [made] = runs.runs(store, LOCAL)
    assert (made.folder / "manifest.json").exists()
    assert "is done" in shown(app)


def test_a_wrong_template_is_told_with_its_lines(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    app = open_own("en", PAGE)
    wrong = TEMPLATE.replace(b"from: name", b"from: nome").replace(b"from: amount", b"from: sum")
    app.file_uploader(key="migrate-upload").set_value(("w.yaml", wrong, "text/yaml")).run()
    assert [error.value.replace("\\", "")[:17] for error in app.error] == [
        "w.yaml, line 8: n",
        "w.yaml, line 15: ",
    ]


@pytest.mark.parametrize("step", ["runs", "rejects", "totals"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_of_a_run_is_shown(
    open_own: Open, tmp_path: Path, language: str, step: str
) -> None:
    migrated(tmp_path)
    app = open_own(language, PAGE, step=step)
    assert not app.exception and app.dataframe[0].value.shape[0] > 0
    assert open_own(language, PAGE, step=step, run="99; DROP", other="x").dataframe


@pytest.mark.parametrize(
    ("language", "same", "other"),
    [
        ("en", "Run 1 and run 2 leave the target the same.",
         "From run 2 to run 3: 2 records added, 0 changed, 0 gone; totals that differ: 1."),
        ("zh", "批次 1 与批次 2 写出后，目标系统的内容相同。",
         "从批次 2 到批次 3：新增 2 条，变化 0 条，消失 0 条；不一致的合计 1 项。"),
    ],
)  # fmt: skip
def test_what_is_different_between_two_runs_is_said_in_one_sentence(
    open_own: Open, tmp_path: Path, language: str, same: str, other: str
) -> None:
    migrated(tmp_path)
    store = load(tmp_path, DEALS)
    run.run(store, LOCAL, template.read(TEMPLATE, "mine.yaml"), tmp_path / "again")
    assert same in shown(open_own(language, PAGE, step="runs"))
    load(tmp_path, HEAD + "007,Elm,Medical,Scanner,Ann Lee,Closed Won,10.00,2024-07-01\n")
    run.run(store, LOCAL, template.read(TEMPLATE, "mine.yaml"), tmp_path / "more")
    assert other in shown(open_own(language, PAGE, step="runs"))


def test_totals_that_differ_are_not_signed_without_a_reason(open_own: Open, tmp_path: Path) -> None:
    migrated(tmp_path)
    store = load(tmp_path, DEALS)
    app = open_own("en", PAGE, step="totals")
    app.text_input[0].set_value("Ada")
    next(one for one in app.button if one.label == "Sign").click().run()
    assert "Nothing was signed" in shown(app)
    app.text_input[0].set_value("Ada")
    app.text_input[1].set_value("Known")
    next(one for one in app.button if one.label == "Sign").click().run()
    assert "Signed by Ada" in shown(app)
    first = totals.totals(store, LOCAL)[0]
    totals.enter(store, LOCAL, 1, {first.key: first.source + 1})
    said = shown(open_own("en", PAGE, step="totals"))
    assert "It no longer fits: totals were changed afterwards. Reason: Known" in said


def test_the_standing_names_the_target_in_the_readers_language(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(tmp_path, DEALS)
    label = "name: Mine\nlabel: {en: My target, zh: 我的目标}"
    named = TEMPLATE.decode().replace("name: Mine", label)
    made = template.read(named.encode(), "mine.yaml")
    run.run(store, LOCAL, made, tmp_path / "out")
    assert "我的目标" in shown(open_own("zh", PAGE, step="runs"))
    assert "My target" in shown(open_own("en", PAGE, step="runs"))


def test_a_cut_over_is_not_called_a_rehearsal(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, DEALS)
    made = template.read(TEMPLATE, "mine.yaml")
    run.run(store, LOCAL, made, tmp_path / "out", kind="cut-over")
    assert "**Written, not signed**" in shown(open_own("en", PAGE, step="runs"))


def test_what_the_target_should_count_is_not_put_into_its_fields(
    open_own: Open, tmp_path: Path
) -> None:
    migrated(tmp_path)
    app = open_own("en", PAGE, step="totals")
    app.button(key="migrate-type").click().run()
    typed = [one for one in app.text_input if (one.key or "").startswith("migrate-total-")]
    assert typed and not any(one.value or one.placeholder for one in typed)


def test_counts_stay_whole_numbers_beside_sums_of_money(open_own: Open, tmp_path: Path) -> None:
    migrated(tmp_path)
    told = open_own("en", PAGE, step="totals").dataframe[0].value
    counts = told[told["measure"] == "Records"]["source"].tolist()
    assert counts and all(one.isdigit() for one in counts)


def test_equal_totals_are_signed_and_the_line_says_so(open_own: Open, tmp_path: Path) -> None:
    migrated(tmp_path)
    store = load(tmp_path, DEALS)
    every = totals.totals(store, LOCAL)
    totals.enter(store, LOCAL, 1, {one.key: one.source for one in every})
    app = open_own("en", PAGE, step="totals")
    assert "Both sides are equal" in shown(app)
    app.text_input[0].set_value("Ada")
    next(one for one in app.button if one.label == "Sign").click().run()
    assert "**Signed**" in shown(app)


def test_an_empty_store_has_nothing_to_show_yet(open_own: Open) -> None:
    assert "####" in shown(open_own("en", PAGE, step="runs"))
