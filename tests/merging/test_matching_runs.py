"""A run of matching: the sure pairs are merged, the others asked, and what people say holds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from shown import everything, revenue

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports, matching, merging
from crm_core.services.matching import jobs
from crm_core.services.merging import Decision, Pair
from crm_core.store import Store

HEAD = "Customer ID,Customer Name,Street,City,Postcode,Phone,Email\n"
STREETS = ("Oak", "Elm", "Ash", "Pine", "Lime", "Beech", "Cedar")
NAMES = ("Bright", "Stone", "River", "Falcon", "Maple", "Harbor", "Summit", "Granite", "Lotus")
TRADES = ("Foods", "Tools", "Media", "Motors", "Paper", "Textiles", "Optics")


def line(number: int, key: str, *, name: str | None = None, phone: str | None = None) -> str:
    """A company of its own for each number; written again under another key it is the same."""
    called = f"{NAMES[number % 9]} {TRADES[number % 7]} {number // 63 or ''}".strip()
    street = f"{number % 97 + 1} {STREETS[number % 7]} Street"
    own_phone = f"+1 202 555 {number:04d}"
    return (
        f"{key},{name or called},{street},Town {number % 23},{20000 + number % 31},"
        f"{own_phone if phone is None else phone},info@firm{number}.com\n"
    )


@pytest.fixture
def firms(store_of: Callable[..., Store]) -> Store:
    """Two hundred firms, twenty of them twice, with a slip in the second one's name."""
    own = [line(number, f"A{number:03d}") for number in range(200)]
    again = [line(number, f"B{number:03d}").replace("Foods", "Fods") for number in range(20)]
    return store_of(customers=HEAD + "".join([*own, *again]))


def load(store: Store, path: Path, lines: list[str]) -> int:
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    with imports.prepare(store, LOCAL, [path]) as upload:
        batch = imports.load(store, LOCAL, upload).batch
    assert batch
    return batch


def test_a_run_merges_what_is_sure_and_a_second_one_nothing_more(firms) -> None:
    before = everything(firms)
    assert matching.run(firms, LOCAL).merged == 20
    assert sum(customers for customers, _ in revenue(firms).values()) == 200
    assert everything(firms) == before
    assert matching.run(firms, LOCAL).merged == 0


@pytest.mark.long
def test_a_load_whose_matching_was_cut_off_is_matched_with_the_next_one(
    firms, tmp_path, monkeypatch
) -> None:
    matching.run(firms, LOCAL)

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(matching, "after_load", cut_off)
        with pytest.raises(KeyboardInterrupt):
            load(firms, tmp_path / "one" / "customers.csv", [line(150, "C150")])
    load(firms, tmp_path / "two" / "customers.csv", [line(151, "C151")])
    with firms.read() as cursor:
        merged = cursor.execute(
            "SELECT customer_id FROM crm.merge JOIN crm.customer USING (row_key)"
            " WHERE customer_id IN ('C150', 'C151', 'A150', 'A151')"
        ).fetchall()
    assert len(merged) == 2


@pytest.mark.long
def test_a_rehearsal_says_the_same_and_changes_nothing(firms) -> None:
    version = firms.version("crm")
    rehearsed = matching.run(firms, LOCAL, dry_run=True)
    assert (rehearsed.merged, firms.version("crm")) == (20, version)
    assert not matching.standing(firms, LOCAL, "customer").matched
    done = matching.run(firms, LOCAL)
    assert (done.pairs, done.merged, done.review) == (
        rehearsed.pairs,
        rehearsed.merged,
        rehearsed.review,
    )


@pytest.mark.long
def test_of_two_said_to_be_different_none_is_merged_by_any_run(firms) -> None:
    left, right = ids(firms, "A003", "B003")
    merging.decide(firms, LOCAL, "customer", [Decision(left, right, "different")])
    assert matching.run(firms, LOCAL).merged == 19
    assert matching.standing(firms, LOCAL, "customer").different == 1


@pytest.mark.long
def test_what_a_file_says_is_kept_merged_and_not_asked_again(firms, tmp_path) -> None:
    left, right = ids(firms, "A150", "A160")
    path = tmp_path / "said.csv"
    path.write_text(f"left_row_id,right_row_id,verdict\n{left},{right},same\n", encoding="utf-8")
    said = matching.read_decisions(path)
    assert matching.run(firms, LOCAL, decisions=said).merged == 21
    assert (left, right) not in matching.upcoming(firms, LOCAL, "customer", most=1000)


@pytest.mark.parametrize(
    "answer",
    ["perhaps,4,1", "same,-4,1", "same,x,1", "same,1,1", "same,4", "same", f"same,{'9' * 5000},1"],
)
def test_an_answer_that_is_none_is_refused_with_its_line(tmp_path, answer) -> None:
    path = tmp_path / "said.csv"
    path.write_text(f"verdict,left_row_id,right_row_id\n,,\n{answer}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        matching.read_decisions(path)
    assert refused.value.problem.code == "match_decision_line"
    assert refused.value.problem.params["line"] == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "match_decision_columns"),
        (b"left_row_id,verdict\n1,same\n", "match_decision_columns"),
        (
            "left_row_id,right_row_id,verdict\n1,2,相同\n".encode("gb18030"),
            "match_decision_unreadable",
        ),
        (b'left_row_id,right_row_id,verdict\n1,"2,same\n', "match_decision_unreadable"),
        (b"left_row_id,right_row_id,verdict\n1,2,same\n2,1,different\n", "match_decision_two"),
    ],
)
def test_a_file_of_answers_that_cannot_be_taken_is_refused_as_a_whole(
    tmp_path, content, code
) -> None:
    path = tmp_path / "said.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        matching.read_decisions(path)
    assert refused.value.problem.code == code


def test_answers_are_read_in_both_languages_and_blank_ones_say_nothing(tmp_path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(
        "left_row_id,right_row_id,verdict\n1,2, 相同 \n2,1,Same\n3,4,\n3,5,否\n\n",
        encoding="utf-8-sig",
    )
    said = [(one.left, one.right, one.verdict) for one in matching.read_decisions(path)]
    assert said == [(1, 2, "same"), (3, 5, "different")]


def test_a_load_after_a_run_is_matched_as_it_comes(firms, tmp_path) -> None:
    matching.run(firms, LOCAL)
    late = [line(number, f"C{number:03d}") for number in range(100, 110)]
    load(firms, tmp_path / "late" / "customers.csv", [*late, line(500, "C500")])
    assert len(merging.merges(firms, LOCAL, "customer")) == 30
    assert sum(customers for customers, _ in revenue(firms).values()) == 201


@pytest.mark.long
def test_a_load_that_the_model_does_not_serve_is_matched_anew_with_the_threshold_of_the_run(
    firms, tmp_path
) -> None:
    matching.run(firms, LOCAL, threshold=1.0)
    path = tmp_path / "late" / "numbered.csv"
    path.parent.mkdir()
    late = [line(number, f"C{number:03d}").strip() + f",{number}T" for number in range(100, 110)]
    path.write_text(HEAD.strip() + ",Tax ID\n" + "\n".join(late) + "\n", encoding="utf-8")
    with imports.prepare(firms, LOCAL, [path]) as upload:
        batch = imports.load(firms, LOCAL, upload).batch
    assert batch
    done = matching.after_load(firms, LOCAL, batch)["customer"]
    assert done.merged == 0
    waiting = matching.upcoming(firms, LOCAL, "customer", most=1000)
    assert {pair for pair in waiting if pair == tuple(ids(firms, "A003", "B003"))}
    assert {pair for pair in waiting if pair == tuple(ids(firms, "A103", "C103"))}
    left, right = ids(firms, "A103", "C103")
    merging.decide(firms, LOCAL, "customer", [Decision(left, right, "same")])
    assert matching.finish(firms, LOCAL, "customer") == 1
    assert matching.run(firms, LOCAL, threshold=1.0).merged == 0


@pytest.mark.long
def test_a_pair_that_a_merged_third_record_forbids_waits_for_people(firms, tmp_path) -> None:
    matching.run(firms, LOCAL)
    left, right = ids(firms, "A003", "A004")
    merging.decide(firms, LOCAL, "customer", [Decision(left, right, "different")])
    other = ids(firms, "B004")[0]
    merging.decide(firms, LOCAL, "customer", [Decision(left, other, "different")])
    batch = load(firms, tmp_path / "late" / "customers.csv", [line(3, "C003"), line(4, "D004")])
    matching.after_load(firms, LOCAL, batch)
    third, fourth = ids(firms, "C003", "D004")
    assert merging.by_rule(firms, LOCAL, "customer", [Pair(third, fourth, 0.99)]) == 0


def test_what_a_person_took_apart_no_run_merges_again_but_people_are_asked(firms) -> None:
    matching.run(firms, LOCAL)
    pair = ids(firms, "A003", "B003")
    (merge,) = [
        one["merge_id"]
        for one in merging.merges(firms, LOCAL, "customer")
        if {one["row_id"], one["into_row_id"]} == set(pair)
    ]
    merging.unmerge(firms, LOCAL, [merge])
    assert tuple(pair) in matching.upcoming(firms, LOCAL, "customer", most=1000)
    assert matching.run(firms, LOCAL).merged == 0
    assert tuple(pair) in matching.upcoming(firms, LOCAL, "customer", most=1000)
    merging.decide(firms, LOCAL, "customer", [Decision(*pair, "same")])
    assert matching.finish(firms, LOCAL, "customer") == 1


def test_a_store_that_was_never_matched_is_not_matched_by_a_load(firms, tmp_path) -> None:
    batch = load(firms, tmp_path / "late" / "customers.csv", [line(100, "C100")])
    assert matching.after_load(firms, LOCAL, batch) == {}


@pytest.mark.long
def test_a_pair_shows_both_records_field_by_field_with_what_speaks_for_it(firms) -> None:
    matching.run(firms, LOCAL)
    left, right = ids(firms, "A003", "B003")
    asked = matching.pair(firms, LOCAL, "customer", right, left)
    told = {one.name: one for one in asked.fields}
    assert (asked.left.row_id, asked.right.row_id) == (left, right)
    assert told["email"].left == told["email"].right == "info@firm3.com"
    assert (told["email"].weight or 0) > 1
    assert asked.probability > 0.8


@pytest.mark.long
def test_what_was_said_is_taken_back_and_asked_again(firms) -> None:
    matching.run(firms, LOCAL, threshold=1.0)
    (pair, *_) = matching.upcoming(firms, LOCAL, "customer")
    waiting = matching.standing(firms, LOCAL, "customer").waiting
    merging.decide(firms, LOCAL, "customer", [Decision(*pair, "different")])
    assert matching.standing(firms, LOCAL, "customer").waiting == waiting - 1
    merging.withdraw(firms, LOCAL, "customer", *pair)
    assert matching.standing(firms, LOCAL, "customer").waiting == waiting


@pytest.mark.long
def test_finishing_merges_what_was_said_and_no_more_than_the_run_s_threshold_allows(firms) -> None:
    matching.run(firms, LOCAL, threshold=1.0)
    asked = matching.upcoming(firms, LOCAL, "customer", most=5)
    merging.decide(firms, LOCAL, "customer", [Decision(*pair, "same") for pair in asked])
    assert matching.standing(firms, LOCAL, "customer").same == 5
    assert matching.finish(firms, LOCAL, "customer") == 5
    done = matching.standing(firms, LOCAL, "customer")
    assert (done.by_people, done.by_rule, done.same) == (5, 0, 0)
    assert matching.finish(firms, LOCAL, "customer") == 0


@pytest.mark.long
def test_a_pair_that_somebody_else_decided_is_not_decided_again(firms) -> None:
    matching.run(firms, LOCAL, threshold=1.0)
    (pair, *_) = matching.upcoming(firms, LOCAL, "customer")
    matching.answer(firms, LOCAL, "customer", Decision(*pair, "different"))
    with pytest.raises(Refused) as refused:
        matching.answer(firms, LOCAL, "customer", Decision(*pair, "same"))
    assert refused.value.problem.code == "pair_settled"
    assert matching.pair(firms, LOCAL, "customer", *pair).state == "different"
    assert matching.standing(firms, LOCAL, "customer").different == 1


@pytest.mark.long
def test_pairs_of_a_load_that_was_taken_back_are_not_asked(firms, tmp_path) -> None:
    late = load(firms, tmp_path / "late" / "customers.csv", [line(100, "C100")])
    matching.run(firms, LOCAL, threshold=1.0)
    pair = tuple(sorted(ids(firms, "A100", "C100")))
    assert pair in matching.upcoming(firms, LOCAL, "customer", most=1000)
    waiting = matching.standing(firms, LOCAL, "customer").waiting
    imports.undo(firms, LOCAL, late)
    assert pair not in matching.upcoming(firms, LOCAL, "customer", most=1000)
    assert matching.standing(firms, LOCAL, "customer").waiting == waiting - 1
    with pytest.raises(Refused) as refused:
        matching.answer(firms, LOCAL, "customer", Decision(*pair, "same"))
    assert refused.value.problem.code == "pair_unknown"


def test_what_was_merged_of_a_load_that_was_taken_back_counts_no_more(firms, tmp_path) -> None:
    matching.run(firms, LOCAL)
    before = matching.standing(firms, LOCAL, "customer").by_rule
    late = load(firms, tmp_path / "late" / "customers.csv", [line(100, "C100")])
    assert matching.standing(firms, LOCAL, "customer").by_rule == before + 1
    imports.undo(firms, LOCAL, late)
    assert matching.standing(firms, LOCAL, "customer").by_rule == before


@pytest.mark.long
def test_what_is_one_by_way_of_a_third_record_is_not_asked(firms, tmp_path) -> None:
    load(firms, tmp_path / "late" / "customers.csv", [line(3, "C003")])
    matching.run(firms, LOCAL, threshold=1.0)
    first, second, third = ids(firms, "A003", "B003", "C003")
    said = [Decision(first, second, "same"), Decision(second, third, "same")]
    merging.decide(firms, LOCAL, "customer", said)
    merging.apply(firms, LOCAL, "customer")
    assert (first, third) not in matching.upcoming(firms, LOCAL, "customer", most=1000)
    assert matching.pair(firms, LOCAL, "customer", first, third).state == "one"


def test_a_load_is_matched_by_itself_and_its_result_says_what_came_of_it(firms, tmp_path) -> None:
    matching.run(firms, LOCAL)
    path = tmp_path / "late" / "customers.csv"
    path.parent.mkdir()
    path.write_text(HEAD + line(100, "C100") + line(500, "C500"), encoding="utf-8")
    with imports.prepare(firms, LOCAL, [path]) as upload:
        result = imports.load(firms, LOCAL, upload)
    assert result.arrivals and result.arrivals.merged["customer"] == 1
    assert sum(customers for customers, _ in revenue(firms).values()) == 201


def test_a_run_and_a_load_say_how_many_pairs_really_wait(firms, tmp_path) -> None:
    def waiting() -> int:
        return matching.standing(firms, LOCAL, "customer").waiting

    assert matching.run(firms, LOCAL, threshold=1.0).review == waiting() == 20
    path = tmp_path / "late" / "customers.csv"
    path.parent.mkdir()
    path.write_text(HEAD + line(3, "C003"), encoding="utf-8")
    with imports.prepare(firms, LOCAL, [path]) as upload:
        result = imports.load(firms, LOCAL, upload)
    assert result.arrivals and result.arrivals.review["customer"] == waiting() - 20 == 2
    first, second, third = ids(firms, "A003", "B003", "C003")
    said = [Decision(first, second, "same"), Decision(second, third, "same")]
    assert matching.run(firms, LOCAL, threshold=1.0, decisions=said).review == waiting() == 19


@pytest.mark.long
def test_a_matching_that_fails_does_not_fail_the_load(firms, tmp_path, monkeypatch) -> None:
    matching.run(firms, LOCAL)

    def fail(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(matching, "after_load", fail)
    path = tmp_path / "late" / "customers.csv"
    path.parent.mkdir()
    path.write_text(HEAD + line(500, "C500"), encoding="utf-8")
    with imports.prepare(firms, LOCAL, [path]) as upload:
        result = imports.load(firms, LOCAL, upload)
    assert result.batch and result.files[0].loaded == 1
    assert result.arrivals and result.arrivals.problem
    assert result.arrivals.problem.code == "load_not_matched"


@pytest.mark.long
def test_work_in_the_background_finds_pairs_and_is_not_begun_twice(firms) -> None:
    job = jobs.find(firms, LOCAL, "customer")
    with pytest.raises(Refused) as refused:
        jobs.find(firms, LOCAL, "customer")
    assert refused.value.problem.code == "match_running"
    job.wait(120)
    assert (job.busy, job.problem, job.merged) == (False, None, 20)
    jobs.forget(job)
    assert jobs.current(firms, "customer") is None


@pytest.mark.long
def test_work_that_is_stopped_changes_nothing(firms) -> None:
    version = firms.version("crm")
    job = jobs.find(firms, LOCAL, "customer")
    jobs.stop(job)
    job.wait(120)
    assert job.problem and job.problem.code == "match_stopped"
    assert firms.version("crm") == version


def ids(store: Store, *keys: str) -> list[int]:
    with store.read() as cursor:
        found = dict(cursor.execute("SELECT customer_id, row_id FROM crm.customer").fetchall())
    return [found[key] for key in keys]
