"""The sample company's programme: rules and cross-checks find the planted faults, no others."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from crm_core.domain.actor import LOCAL
from crm_core.domain.flags import RULES
from crm_core.domain.goals import READER
from crm_core.i18n import LANGUAGES
from crm_core.i18n.catalogue import catalogue_file
from crm_core.reference.checklists import checklists
from crm_core.reference.checks import checks
from crm_core.reference.flags import flag_rules
from crm_core.reference.registers import registers
from crm_core.sample import UNTIL, programme
from crm_core.services import (
    applications,
    cross_check,
    flags,
    goals,
    loads,
    pain_points,
    phasing_out,
    planning,
    sample_programme,
    stores,
)
from crm_core.services.registers import exchange, listed
from crm_core.store import Store

TRUTH = programme.read("truth")
LATER = date(2036, 12, 30)
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def companies(
    tmp_path_factory: pytest.TempPathFactory, settle_sample: Callable[[Path], None]
) -> Iterator[dict[str, Store]]:
    """The sample company's stores by language."""
    home = tmp_path_factory.mktemp("company")
    settle_sample(home)
    found = {
        language: stores.open_store(home / stores.sample_path(language).name)
        for language in LANGUAGES
    }
    yield found
    for store in found.values():
        store.close()


@pytest.fixture
def company(companies: dict[str, Store]) -> Store:
    """The one in the firm's own language."""
    return companies["zh"]


def made(store: Store) -> date:
    """The day on which the store was made."""
    moment: datetime = loads.batches(store, LOCAL)[0]["loaded_at"]
    return moment.date()


def evaluated(store: Store, day: date) -> None:
    goals.keep_readings(store, READER, day)
    done = flags.evaluate(store, RULES, datetime.combine(day, time(12)))
    assert done.failed == {}


def faults(part: str, age: int, language: str = "zh") -> dict[str, set[str]]:
    """Rule or check -> what it finds in a store that is so many days old."""
    said = sample_programme.language(language).translate
    return {
        name: {_told(str(one), said) for one in told["found"]}
        for name, told in TRUTH[part].items()
        if "after" not in told or age >= told["after"]
    }


GROWING = "initiative_late"
"""The rule whose flags become more with the days: of a plan that nobody carries out."""


def _told(found: str, said: Callable[[str], str]) -> str:
    """What is found, in the language of the registers; before a flag's subject stands its rule."""
    rule, between, subject = found.partition(" ")
    return f"{rule}{between}{said(subject)}" if rule in TRUTH["flags"] else said(found)


def standing(store: Store) -> dict[str, set[str]]:
    """Rule -> the subjects of its flags that stand."""
    found: dict[str, set[str]] = {}
    for one in flags.listed(store, LOCAL):
        if one.rule:
            found.setdefault(one.rule.id, set()).add(str(one.values["subject"]))
    return found


def loose_ends(store: Store, day: date) -> dict[str, set[str]]:
    """Check -> the ids that it finds; of a flag that a rule raised its rule and subject."""
    rows, _ = listed(store, LOCAL, "red_flag")
    raised = {
        row.id: f"{row.values['rule']} {row.values['subject']}"
        for row in rows
        if "rule" in row.values
    }
    return {
        one.check.id: {
            raised.get(end.id, end.id) if end.register == "red_flag" else end.id for end in one.ends
        }
        for one in cross_check.cross_check(store, LOCAL, day)
    }


@pytest.mark.parametrize("after", [None, 0, 14, 15, 400], ids=lambda days: f"{days} days")
def test_rules_and_checks_find_the_planted_faults_and_nothing_else_on_any_day(
    company: Store, after: int | None
) -> None:
    """None: on the day after the company's last one, before the store was made."""
    day = UNTIL + timedelta(days=1) if after is None else made(company) + timedelta(days=after)
    _finds_exactly_the_truth(company, day)


def test_on_the_companys_last_day_nothing_is_late_against_the_plan_that_was_agreed(
    company: Store,
) -> None:
    evaluated(company, UNTIL + timedelta(days=1))
    assert GROWING not in standing(company)


def test_each_phase_of_the_agreed_plan_gives_each_group_something_and_clean_data_go_first(
    company: Store,
) -> None:
    plan = planning.standing(company, LOCAL)
    assert plan
    programme_, spans = plan.programme, plan.spans
    groups, _ = listed(company, LOCAL, "stakeholder_group")
    given = {
        (phase.id, group)
        for phase in programme_.phases
        for key, (_, end) in spans.items()
        if phase.start < end <= phase.end
        for group in programme_.initiative(key).serves
    }
    assert given == {(phase.id, row.id) for phase in programme_.phases for row in groups}
    overhaul = next(one for one in programme_.windows if one.id == "W-4")
    assert spans["IN-11"][0] >= overhaul.end, "the web shop waits for its network"
    assert spans["IN-2"][1] <= spans["IN-3"][0], "prices move into clean data"
    assert spans["IN-7"][0] < spans["IN-8"][0], "people are trained before they rely on it"


def test_the_truth_holds_for_ten_years(company: Store) -> None:
    _finds_exactly_the_truth(company, LATER)


def test_the_truth_holds_in_english(companies: dict[str, Store]) -> None:
    store = companies["en"]
    _finds_exactly_the_truth(store, made(store) + timedelta(days=15), "en")


def _finds_exactly_the_truth(store: Store, day: date, language: str = "zh") -> None:
    age = (day - made(store)).days
    evaluated(store, day)
    planted = faults("flags", age, language)
    found = standing(store)
    late = found.pop(GROWING, set())
    assert found == planted
    ends = faults("checks", age, language)
    new = {f"quarantine_old {subject}" for subject in planted.get("quarantine_old", ())}
    new |= {f"{GROWING} {subject}" for subject in late}
    # Nobody has taken up yet what the days bring with them.
    for name in ("flag_without_owner", "flag_without_plan"):
        ends[name] |= new
    assert loose_ends(store, day) == ends


def test_every_rule_and_check_has_a_planted_fault_or_a_reason_why_it_has_none() -> None:
    assert set(TRUTH["flags"]) | set(TRUTH["silent"]) == set(flag_rules())
    assert set(TRUTH["flags"]).isdisjoint(TRUTH["silent"])
    assert {*TRUTH["checks"], *TRUTH["unasked"]} == set(checks())
    assert set(TRUTH["checks"]).isdisjoint(TRUTH["unasked"])


def test_what_looks_like_a_fault_and_is_right_is_in_the_registers() -> None:
    known = {one.id for rows in programme.items(UNTIL).values() for one in rows}
    known |= {item.id for checklist in checklists().values() for item in checklist.items}
    named: list[Mapping[str, Any]] = [*TRUTH["flags"].values(), *TRUTH["checks"].values()]
    for told in named:
        right = set(map(str, told.get("right", {})))
        assert right.isdisjoint(told["found"])
        assert all([*told["found"].values(), *told.get("right", {}).values()])
        numbered = {part for one in right for part in one.split() if "-" in part}
        assert numbered <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_registers_files_bring_exactly_what_the_company_has(
    companies: dict[str, Store], language: str, tmp_path: Path
) -> None:
    paths = sample_programme.write(tmp_path / "new", language)
    assert [path.stem for path in paths] == list(registers())
    for path in paths:
        found = exchange.preview(companies[language], LOCAL, path.stem, path)
        assert not found.wrong and not found.added and not found.left_out
        if path.stem != "red_flag":
            assert not found.changed and found.same


def test_the_service_desks_own_list_overlaps_with_the_customers_and_adds_none(
    company: Store,
) -> None:
    [found] = applications.overlaps(company, LOCAL, applications.extracts(company, LOCAL))
    assert (found.applications, found.customers[1], found.both) == (("A-1", "A-6"), 160, 160)
    same = {one.field: one.same for one in found.fields}
    assert same["street"] == 160
    assert 100 <= same["phone"] < same["name"] < 160, "typed again, and not always alike"
    with company.read() as cursor:
        sources = cursor.execute("SELECT DISTINCT source_file FROM crm.customer").fetchall()
    assert ("保修客户.xlsx",) not in sources, "the customers are those of the CRM"


def test_what_hangs_on_texts_is_the_same_in_every_language(companies: dict[str, Store]) -> None:
    def told(store: Store) -> list[object]:
        with store.read() as cursor:
            fading = [
                sorted(phasing_out.only_phasing_out(cursor, name))
                for name in ("goal", "pain_point")
            ]
            links = cursor.execute(
                "SELECT register, id, field, to_id FROM programme.link ORDER BY ALL"
            ).fetchall()
        groups = [[row.id for row in group] for group in pain_points.repeated(store, LOCAL)]
        return [fading, links, sorted(groups)]

    assert told(companies["en"]) == told(companies["zh"])


def test_every_text_of_the_programme_has_its_english_and_no_english_outlives_its_text(
    company: Store,
) -> None:
    with company.read() as cursor:
        people = {name for (name,) in cursor.execute("SELECT name FROM crm.person").fetchall()}
    texts = set[str]()
    noted = programme.Language("en", lambda text: texts.add(text) or text)
    for name in (*registers(), "limits", "answers", "assessments", "gates", "agreed"):
        programme.read(name, noted)
    with catalogue_file("en", "sample").open("rb") as source:
        english = {str(one.id): str(one.string) for one in read_po(source) if one.id}
    assert {text for text in texts if CHINESE.search(text)} - people == set(english)
    unfinished = {zh: en for zh, en in english.items() if not en or CHINESE.search(en)}
    assert unfinished == {}
