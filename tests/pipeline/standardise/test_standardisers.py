"""Every standardiser: the same again changes nothing, no cell is emptied, no text breaks it."""

from collections.abc import Callable, Mapping

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_core.pipeline.standardise import countries, emails, phones, places, texts
from crm_core.pipeline.standardise.companies import block, companies, company_key, usual_forms
from crm_core.pipeline.standardise.names import names
from crm_core.pipeline.standardise.words import words
from crm_core.reference.places import places as listed_places

PARTS = [
    *("Acme", "ACME", "acme", "Blue Sky", "Inc.", "INC", "Co., Ltd.", "LLC", "华为", "華為"),
    *("有限公司", "有限责任公司", "股份有限公司", "（上海）", "(上海)", "(上海）", "技术"),
    *("张", "伟", "張", "偉", "王小明", "北京", "北京市", "Beijing", "廣東", "California", "CA"),
    *(" ", "  ", "\u3000", "\u200b", "\u00a0", "\u00ad", "Ａ", "１", "，", "＠", "ｶﾞ", "e\u0301"),
    *("\n", "\u200d", "China", "中国", "CN", "U.S.A.", "+86", "138", "0013", "8000", "转801"),
    *("&nbsp;", "&amp;", '"', "。", "有限 公司", "測", "测", "大区", "华东", "@@", ",com", "E+10"),
    *("010-", "62345678", "a@b.com", ";", "mailto:", "gmial.com"),
    *("Accounts::::", " (https://notes.example/a1)"),
]
CELLS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
)
COLUMNS = st.dictionaries(CELLS.filter(str.strip), st.integers(1, 5), min_size=1, max_size=6)

Standardiser = Callable[[Mapping[str, int]], dict[str, str]]
STANDARDISERS: dict[str, Standardiser] = {
    "texts": lambda column: {raw: texts.tidy(raw) for raw in column},
    "names of one line": lambda column: {raw: texts.one_line(raw) for raw in column},
    "words": words,
    "people": lambda column: names(column, together=1),
    "things": lambda column: names(column, people=False),
    "companies": companies,
    "regions": lambda column: places.same_style(column, "region"),
    "cities": lambda column: places.same_style(column, "city"),
    "countries": lambda column: countries.same_language(column, chinese=True),
    "phones": lambda column: {raw: phones.phone(raw, "CN").value for raw in column},
    "phones from nowhere": lambda column: {raw: phones.phone(raw, None).value for raw in column},
    "e-mail addresses": lambda column: {raw: emails.email(raw).value for raw in column},
}


@pytest.mark.parametrize("name", STANDARDISERS)
@given(COLUMNS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
def test_the_same_again_changes_nothing_and_no_cell_is_emptied(
    name: str, column: dict[str, int]
) -> None:
    once = STANDARDISERS[name](column)
    assert once.keys() == column.keys()
    assert all(clean.strip() for clean in once.values())
    lines: dict[str, int] = {}
    for raw, clean in once.items():
        lines[clean] = lines.get(clean, 0) + column[raw]
    assert STANDARDISERS[name](lines) == {clean: clean for clean in lines}


LONG = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(
    lambda parts: "".join(part * (20_000 // len(parts)) for part in parts)
)


@pytest.mark.parametrize("name", STANDARDISERS)
@given(LONG.filter(str.strip))
@settings(deadline=None, max_examples=5)
def test_a_cell_as_long_as_a_book_is_soon_done(name: str, raw: str) -> None:
    assert STANDARDISERS[name]({raw: 1})[raw].strip()


@given(CELLS)
@settings(deadline=None)
def test_sql_finds_every_text_that_is_not_tidy(raw: str) -> None:
    [row] = duckdb.execute("SELECT regexp_matches($1, $2)", [raw.strip(), texts.ODD]).fetchall()
    assert row == (True,) or texts.tidy(raw.strip()) == raw.strip()


NUMBERS = st.from_regex(
    r"(\+|00)?(86|1|49)?[ -]?(1[3-9][0-9]|\(?0?[2-9][0-9]{1,2}\)?)[ -]?[0-9]{3,4}[ -]?[0-9]{4}"
    r"(\.0)?",
    fullmatch=True,
)


@given(NUMBERS, st.sampled_from(["CN", "US", None]))
@settings(deadline=None)
def test_quick_sql_and_the_library_agree_on_numbers(raw: str, country: str | None) -> None:
    quick = phones.Quick("cell", str(country == "CN"), str(country == "US"))
    [(found,)] = duckdb.execute(
        f"SELECT {quick.sql} FROM (SELECT $1::VARCHAR AS cell)", [raw]
    ).fetchall()
    slow = phones.phone(raw, country)
    assert found is None or slow.code is not None or found == slow.value


@given(CELLS)
@settings(deadline=None)
def test_quick_sql_and_the_library_agree_on_addresses(raw: str) -> None:
    cell = f"SELECT {emails.usual('cell')} FROM (SELECT $1::VARCHAR AS cell)"
    [(usual,)] = duckdb.execute(cell, [raw]).fetchall()
    assert not usual or emails.email(raw).value == raw.lower()


def test_writings_of_one_company_share_a_block() -> None:
    same = ["Acme Co., Ltd.", "ACME CO.,LTD", "acme (co) ltd", "Acme Company Limited"]
    assert len(set(map(company_key, same))) == 1
    blocks = duckdb.execute(
        f"SELECT count(DISTINCT {block('name')}) FROM (SELECT unnest($1) AS name)", [same]
    ).fetchall()
    assert blocks == [(1,)]


def test_a_figure_beside_chinese_characters_is_a_word_of_its_own() -> None:
    assert company_key("华为2有限责任公司") == company_key("华为 2 有限公司")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华为技术有限公司", "华为技术股份有限公司"),
        ("Acme Inc.", "Acme LLC"),
        ("Acme Inc.", "Acme"),
        ("A+B Ltd", "AB Ltd"),
        ("3.5 Inc", "35 Inc"),
        ("Line 1 2 Ltd", "Line 12 Ltd"),
        ("贝尔（上海）有限公司", "贝尔（北京）有限公司"),
        ("Lee Ann", "Leeann"),
    ],
)
def test_different_companies_stay_apart(one: str, other: str) -> None:
    assert companies({one: 5, other: 1}) == {one: one, other: other}


def test_a_variant_becomes_the_known_name_and_two_known_ones_stay_two() -> None:
    column = {"ACME INC": 5, "Acme, Inc.": 1}
    assert companies(column, ["Acme Inc."]) == dict.fromkeys(column, "Acme Inc.")
    assert companies(column, ["Acme Inc.", "Acme, Inc"]) == {raw: raw for raw in column}


def test_a_text_of_both_scripts_in_capitals_is_led_to_its_last_spelling() -> None:
    column = {"华东偉AND": 1, "华东偉And": 4, "华东": 9}
    once = words(column)
    assert set(once.values()) == {"华东伟And", "华东"}


def test_names_of_countries_with_accents_are_no_chinese_names() -> None:
    column = {"Türkiye": 2, "Côte d’Ivoire": 1}
    assert countries.same_language(column, chinese=False) == {raw: raw for raw in column}
    germans = {"Deutschland": 3, "Österreich": 3}
    assert countries.same_language(germans, chinese=False) == {
        "Deutschland": "Germany", "Österreich": "Austria",
    }  # fmt: skip


def test_case_changes_only_where_the_column_shows_the_usual_one() -> None:
    clean = names({"LI NA": 1, "Li Na": 2, "mcdonald": 1, "陳偉": 1, "陈伟": 2, "劉洋": 1})
    assert clean == {
        **{"LI NA": "Li Na", "Li Na": "Li Na", "mcdonald": "mcdonald"},
        **{"陳偉": "陈伟", "陈伟": "陈伟", "劉洋": "劉洋"},
    }


def test_spaces_in_chinese_names_are_padding_unless_the_column_parts_all_names() -> None:
    assert names({"张 伟": 2, "王小明": 1})["张 伟"] == "张伟"
    parted = {"张 伟": 2, "王 小明": 3, "欧阳修": 1}
    assert names(parted) == {raw: raw for raw in parted}


@pytest.mark.parametrize(
    ("raw", "country", "number", "code"),
    [
        ("138 0013 8000", "CN", "+8613800138000", None),
        ("(555) 555-0101", "CN", "(555) 555-0101", "phone_no_country"),
        ("400-800-1234", "CN", "+864008001234", None),
        ("(0555) 555-0101", "CN", "+865555550101", None),
        ("（010）６２３４５６７８", "CN", "+861062345678", None),
        ("021-62345678转801", "CN", "+862162345678 x801", None),
        ("(212) 555-0123 ext. 12", "US", "+12125550123 x12", None),
        ("13800138000.0", "CN", "+8613800138000", None),
        ("1.3800138123E+10", "CN", "+8613800138123", None),
        ("1.38001380000e10", "CN", "+8613800138000", None),
        ("1.38001E+10", "CN", "1.38001E+10", "phone_damaged"),
        ("1.38E+10", "CN", "1.38E+10", "phone_damaged"),
        ("13800138000/13900139000", "CN", "13800138000/13900139000", "phone_several"),
        ("13800138000", None, "13800138000", "phone_no_country"),
        ("12345", "CN", "12345", "phone_invalid"),
    ],
)
def test_numbers_are_told_in_full_or_left(
    raw: str, country: str | None, number: str, code: str | None
) -> None:
    found = phones.phone(raw, country)
    assert (found.value, found.code) == (number, code)


@pytest.mark.parametrize(
    ("raw", "address", "code", "suggestion"),
    [
        ("mailto:A.B@Foo.COM", "a.b@foo.com", None, None),
        ("a＠b.com", "a@b.com", None, None),
        ("Wei <w@x.cn>", "w@x.cn", None, None),
        ("a@gmial.com", "a@gmial.com", "email_domain_slip", "a@gmail.com"),
        ("a@b.com; c@d.com", "a@b.com; c@d.com", "email_several", None),
        ("a@b", "a@b", "email_invalid", None),
        ("a@@b.com", "a@b.com", None, None),
        ("a@b.com.", "a@b.com", None, None),
        ("a@b.example,com", "a@b.example.com", None, None),
        ("a@b.com,cn", "a@b.com.cn", None, None),
        ("a@b.com,net", "a@b.com,net", "email_invalid", None),
        ("a@b.com,Wei", "a@b.com,Wei", "email_invalid", None),
    ],
)
def test_addresses_are_mended_or_left(
    raw: str, address: str, code: str | None, suggestion: str | None
) -> None:
    found = emails.email(raw)
    assert (found.value, found.code, found.suggestion) == (address, code, suggestion)


def test_a_column_of_places_keeps_its_own_style() -> None:
    column = {"北京市": 3, "上海": 1, "Guangdong": 1, "华东": 2}
    assert places.same_style(column, "region") == {
        **{"北京市": "北京市", "上海": "上海市", "Guangdong": "广东省", "华东": "华东"}
    }
    codes = {"CA": 1, "EMEA": 1, "New York": 1, "Nordics": 1, "APAC": 1}
    assert places.same_style(codes, "region") == {raw: raw for raw in codes}


def test_a_blank_behind_a_place_is_no_other_way_to_write_it() -> None:
    column = {"（上海）": 1, "北京 ": 1}
    assert places.same_style(column, "region") == {"（上海）": "上海", "北京 ": "北京"}


def test_two_cities_of_one_name_in_latin_letters_are_not_taken_for_each_other() -> None:
    assert "suzhou" not in listed_places("city")
    assert places.same_style({"苏州": 3, "Suzhou": 1}, "city")["Suzhou"] == "Suzhou"


def test_regions_differ_by_more_than_the_word_for_a_region() -> None:
    column = {"华东": 9, "华东区": 1, "华东大区": 2, "華東": 1, "东区": 1, "浦东新区": 1, "浦东": 2}
    clean = places.same_style(column, "region")
    assert {raw for raw, name in clean.items() if name == "华东"} == {
        "华东", "华东区", "华东大区", "華東",
    }  # fmt: skip
    assert {raw: clean[raw] for raw in ("东区", "浦东新区", "浦东")} == {
        "东区": "东区", "浦东新区": "浦东新区", "浦东": "浦东",
    }  # fmt: skip
    assert places.same_style({"华南区": 5, "华南": 1}, "region")["华南"] == "华南区"


def test_words_take_the_spelling_that_more_lines_have() -> None:
    column = {"Account Manager": 5, "ACCOUNT MANAGER": 1, "电话": 3, "電話": 1, "任務": 1, "VIP": 9}
    clean = words(column)
    assert {raw: name for raw, name in clean.items() if raw != name} == {
        "ACCOUNT MANAGER": "Account Manager", "電話": "电话",
    }  # fmt: skip


def test_a_text_in_both_scripts_becomes_simplified_where_the_column_is() -> None:
    mixed = "檢測儀器采购项目"
    assert words({mixed: 1, "软件改造项目": 2})[mixed] == "检测仪器采购项目"
    assert words({mixed: 1, "軟件改造": 2, "電話會議": 1})[mixed] == mixed
    assert words({"望湖街868號": 1, "软件改造项目": 2})["望湖街868號"] == "望湖街868號"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Blue&nbsp;Sky &amp; Co", "Blue Sky & Co"),
        ("R&D; more", "R&D; more"),
        ('"校正の依頼', "校正の依頼"),
        ('15" screen', '15" screen'),
        ("'发票信息更改", "发票信息更改"),
        ("'甲'和'乙'", "'甲'和'乙'"),
        ("'153 Harbour Road", "153 Harbour Road"),
        ("'Singapore", "Singapore"),
        *((kept, kept) for kept in ("'t Hooft", "'S-Hertogenbosch", "'90s Bar", "'Tis", "'A'")),
        ('"Alpha" and more', '"Alpha" and more'),
    ],
)
def test_what_a_web_page_or_a_broken_line_left_is_taken_away(raw: str, clean: str) -> None:
    assert texts.tidy(raw) == clean


def test_between_equals_a_company_is_never_put_into_traditional_characters() -> None:
    both = ["北京字节跳动科技有限公司", "北京字節跳動科技有限公司"]
    assert companies(dict.fromkeys(both, 1)) == dict.fromkeys(both, both[0])


def test_a_stop_or_a_gap_is_no_part_of_a_legal_form() -> None:
    column = {"东华储能技术有限公司。": 1, "新桥 仪器有限 公司": 1, "Alder Co., Ltd.": 1}
    assert companies(column) == {
        "东华储能技术有限公司。": "东华储能技术有限公司", "新桥 仪器有限 公司": "新桥 仪器有限公司",
        "Alder Co., Ltd.": "Alder Co., Ltd.",
    }  # fmt: skip


def test_a_legal_form_follows_the_writing_that_nearly_all_names_have() -> None:
    lines = {" Pte Ltd": 30, " PTE LTD": 1, " Pte. Ltd.": 1, " Inc.": 6, ", Inc.": 5, " GmbH": 3}
    assert usual_forms(lines) == {" PTE LTD": " Pte Ltd", " Pte. Ltd.": " Pte Ltd"}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Accounts::::Alder Ltd", "Alder Ltd"),
        ("Alder Ltd (https://notes.example/Alder-Ltd-0a1b?pvs=21)", "Alder Ltd"),
        ("金山公司 (https://notes.example/0a1b)", "金山公司"),
        ("Accounts::::", "Accounts::::"),
        ("A (https://notes.example/a), B (https://notes.example/b)",) * 2,
        ("Alder (north)", "Alder (north)"),
        ("https://alder.example",) * 2,
    ],
)
def test_a_name_is_without_the_address_of_its_record(raw: str, name: str) -> None:
    assert texts.one_line(raw) == name
    assert companies({raw: 1}) == {raw: name}
