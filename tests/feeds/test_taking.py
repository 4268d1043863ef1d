"""What is taken, what is left until it is whole, and what is nothing new."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from nights import HEAD, Night, deals

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import State
from crm_core.services import feeds, loads, matching
from crm_core.services.feeds import finding

BRIEF = timedelta(seconds=30)


def codes(look: feeds.Look) -> list[str]:
    return [problem.code for problem in look.problems]


def test_a_file_that_arrived_is_loaded_once(night: Night) -> None:
    night.set_up()
    night.deliver(deals(10))
    [delivery] = night.look().deliveries
    assert (delivery.state, delivery.loaded, delivery.lines) == (State.LOADED, 10, 10)
    assert night.look().deliveries == ()
    assert len(loads.batches(night.store, LOCAL)) == 1


def test_the_same_content_again_changes_nothing_and_is_shown_as_nothing_new(night: Night) -> None:
    night.set_up()
    night.deliver(deals(10))
    night.look()
    night.deliver(deals(10), "deals-2.csv")
    [again] = night.look().deliveries
    assert (again.state, again.loaded) == (State.KNOWN, 0)
    assert len(loads.batches(night.store, LOCAL)) == 1


def test_a_file_that_grows_while_it_settles_is_left_until_it_is_quiet(night: Night) -> None:
    night.set_up()
    path = night.deliver(deals(10))
    night.while_settling = lambda: path.write_text(deals(11))
    look = night.look()
    assert (look.deliveries, codes(look)) == ((), ["feed_still_growing"])
    night.while_settling = lambda: None
    [delivery] = night.look().deliveries
    assert delivery.loaded == 11


@pytest.mark.parametrize("ending", [".part", ".tmp", ".filepart"])
def test_a_file_beside_its_part_is_left(night: Night, ending: str) -> None:
    night.set_up()
    night.deliver(deals(10))
    part = night.deliver("", "deals.csv" + ending)
    assert codes(night.look(BRIEF)) == ["feed_part_beside"]
    part.unlink()
    assert len(night.look(BRIEF).deliveries) == 1


def test_a_text_without_a_last_line_end_is_taken_only_when_it_stays_as_it_is(night: Night) -> None:
    night.set_up(settle_seconds=10)
    night.deliver(deals(10).rstrip("\n")[:-4])
    assert codes(night.look(BRIEF)) == ["feed_no_line_end"]
    assert not loads.batches(night.store, LOCAL)
    assert len(night.look(timedelta(minutes=3)).deliveries) == 1


def test_a_text_that_was_cut_off_waits_where_the_ones_before_had_an_end(night: Night) -> None:
    night.set_up(settle_seconds=10)
    night.deliver(deals(10), "deals-01.csv")
    night.look()
    night.deliver(deals(10, first=11)[:-6], "deals-02.csv")
    [held] = night.look().deliveries
    assert (held.state, [problem.code for problem in held.problems]) == (
        State.WAITING,
        ["feed_cut_off"],
    )
    assert len(loads.batches(night.store, LOCAL)) == 1


def test_a_zip_of_texts_is_not_taken_for_one_that_was_cut_off(night: Night) -> None:
    night.set_up()
    for number, comment in ((1, b"end\n"), (2, b"")):  # the archive's last bytes, not a line's
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("deals.csv", deals(10, first=number * 10))
            archive.comment = comment
        night.deliver(packed.getvalue(), f"deals-{number}.zip")
        [delivery] = night.look().deliveries
        assert (delivery.problems, delivery.state) == ((), State.LOADED)


@pytest.mark.parametrize(
    ("content", "ended"),
    [
        ("id\n1\n".encode("utf-16"), True),
        ("id\n1".encode("utf-16"), False),
        (b"PK\x03\x04...\n", None),
        (b"PK\x05\x06" + bytes(18), None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...\n", None),
        (b"PAR1...PAR1", None),
        (b"\x00\x01\x00\x00Standard Jet DB\x00...", None),
    ],
)
def test_only_of_a_text_it_is_told_whether_it_has_its_end(
    tmp_path: Path, content: bytes, ended: bool | None
) -> None:
    path = tmp_path / "delivered"
    path.write_bytes(content)
    assert finding.has_end(path) is ended


def test_an_export_that_never_ends_its_last_line_is_loaded(night: Night) -> None:
    night.set_up(settle_seconds=10)
    for name in ("deals-01.csv", "deals-02.csv"):
        night.deliver(deals(10, first=int(name[6:8]) * 10).rstrip("\n"), name)
        night.look()
    assert len(loads.batches(night.store, LOCAL)) == 2


def test_half_a_workbook_is_left_and_refused_when_it_never_ends(night: Night) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("xl/workbook.xml", "x" * 5000)
    night.set_up()
    night.deliver(whole.getvalue()[:3000], "deals.xlsx")
    assert codes(night.look(BRIEF)) == ["feed_no_directory"]
    [refused] = night.look(timedelta(hours=2)).deliveries
    assert refused.state is State.REFUSED
    assert not loads.batches(night.store, LOCAL)


def test_a_pattern_takes_only_what_it_names(night: Night) -> None:
    night.set_up(path=str(night.folder / "deals-*.csv"))
    night.deliver(deals(5), "deals-2026-03.csv")
    night.deliver(deals(5, first=90), "other.csv")
    assert [Path(one.path).name for one in night.look().deliveries] == ["deals-2026-03.csv"]


def test_a_missing_folder_is_said_and_ends_nothing(night: Night) -> None:
    night.set_up(path=str(night.folder / "not-mounted"))
    assert codes(night.look()) == ["feed_folder_missing"]


def test_a_file_that_may_not_be_opened_is_said(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.set_up()
    path = night.deliver(deals(10))
    opened = Path.open

    def guarded(self: Path, *args: object, **kwargs: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    assert codes(night.look(timedelta(hours=3))) == ["feed_not_readable"]


def test_several_files_of_a_night_are_taken_the_oldest_first(night: Night) -> None:
    night.set_up()
    night.deliver(deals(3, amount="2"), "b-1.csv")
    night.now += timedelta(minutes=1)
    night.deliver(deals(3, amount="1"), "a-2.csv")
    taken = night.look().deliveries
    assert [Path(one.path).name for one in taken] == ["b-1.csv", "a-2.csv"]
    assert [(one.loaded, one.updated) for one in taken] == [(3, 0), (0, 3)]


def test_a_load_that_was_cut_off_before_it_was_noted_is_found_again(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.set_up()
    night.deliver(deals(10))
    with monkeypatch.context() as cut:
        cut.setattr("crm_core.services.feeds.taking.finish", _die)
        with pytest.raises(KeyboardInterrupt):
            night.look()
    night.look()
    [delivery] = feeds.history(night.store, LOCAL, night.feed_id)
    assert (delivery.state, delivery.loaded) == (State.LOADED, 10)
    assert [batch["batch_id"] for batch in loads.batches(night.store, LOCAL)] == [delivery.batch_id]


def test_a_load_that_was_cut_off_before_it_happened_is_begun_anew(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.set_up()
    night.deliver(deals(10))
    with monkeypatch.context() as cut:
        cut.setattr("crm_core.services.feeds.judging._spoiled", lambda *_: ())
        cut.setattr("crm_core.services.feeds.taking.imports.load", _die)
        with pytest.raises(KeyboardInterrupt):
            night.look()
    [delivery] = night.look().deliveries
    assert (delivery.state, delivery.loaded) == (State.LOADED, 10)


def test_files_outside_the_allowed_folders_are_not_read(
    night: Night, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    night.set_up()
    night.deliver(HEAD + "1,A,Medical,Closed Won,1,2026-01-01\n")
    monkeypatch.setenv("CRM_FEED_FOLDERS", str(tmp_path / "elsewhere"))
    look = night.look()
    assert (look.deliveries, codes(look)) == ((), ["feed_folder_not_allowed"])


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_matching_made_of_a_delivery_is_told_with_it(night: Night) -> None:
    head = "Customer ID,Customer Name,Street,City,Postcode,Phone,Email\n"
    firms = [
        f"Firm {name} {place},{n} Oak Street,Town,2000{n % 9},+1 202 555 {n:04d},info@firm{n}.com\n"
        for n, (name, place) in enumerate((a, b) for a in "ABCDEFGHIJ" for b in ("North", "South"))
    ]
    night.set_up()
    night.deliver(head + "".join(f"A{n},{line}" for n, line in enumerate(firms)), "customers.csv")
    [first] = night.look().deliveries
    assert (first.loaded, first.merged, first.review) == (20, None, None)
    matching.run(night.store, LOCAL)
    night.deliver(f"{head}B1,{firms[3]}B2,Grove Mill,9 Ash Road,Hill,70001,,\n", "customers-2.csv")
    [second] = night.look().deliveries
    assert (second.loaded, second.merged, second.review) == (2, 1, 0)
