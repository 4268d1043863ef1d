"""Delimited files as they come: encodings, dialects, title rows, ragged lines, stray quotes."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Literal

import pytest
from read_tables import only_table, rows_of

from crm_core.sources import Dialect, ReadFile

Read = Callable[..., ReadFile]

CHINESE = "客户名称,城市,金额\n北京科技有限公司,北京,100\n上海贸易集团,上海,200\n"
TAIWANESE = "客戶名稱,城市,金額\n台灣電子公司,新竹,100\n王記貿易,台北,200\n"
FRENCH = "client;ville\nSociété Générale;Besançon\nHélène André;Nîmes\nPaul Martin;Paris\n"
JAPANESE = "顧客名,都市,金額\n株式会社トヨタ,豊田市,100\nソニー,東京,200\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "gb18030", "gb18030"),
        (TAIWANESE, "big5", "big5hkscs"),
        (FRENCH, "cp1252", "cp1252"),
        (JAPANESE, "shift_jis", "cp932"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(
    read_bytes: Read, text: str, encoding: str, found: str
) -> None:
    table = only_table(read_bytes(text.encode(encoding)))
    delimiter = table.dialect.delimiter if table.dialect else ""
    expected = [(at, line.split(delimiter)) for at, line in enumerate(text.splitlines(), 1)]
    assert table.encoding == found
    assert rows_of(table.data) == expected


@pytest.mark.parametrize(
    ("encoding", "bad"), [("utf-8", b"\xe5\xae"), ("utf-8-sig", b"\xff"), ("gb18030", b"\xff\xff")]
)
def test_a_damaged_byte_costs_itself_only_and_its_line_is_named(
    read_bytes: Read, encoding: str, bad: bytes
) -> None:
    whole = (
        CHINESE.encode(encoding)
        + CHINESE.encode("utf-8").decode().encode(encoding.removesuffix("-sig")) * 4000
    )
    table = only_table(read_bytes(whole + bad + b",x,1\nlast,y,2\n"))
    *_, damaged, last = rows_of(table.data)
    assert table.encoding == encoding
    assert (damaged[0], damaged[1][0].strip("\ufffd"), damaged[1][1:]) == (12004, "", ["x", "1"])
    assert last == (12005, ["last", "y", "2"])
    [note] = table.notes
    assert (note.code, note.count, note.lines) == ("bytes_damaged", 1, [12004])


RUSSIAN = "клиент,город\n" + "Иванов и сыновья,Москва\nПетров Пётр,Казань\n" * 9
POLISH = (
    "klient,miasto\nPrzedsiębiorstwo Usługowe Łukasz Żak,Łódź\nSpółka Akcyjna Wrocław,Wrocław\n"
    "Małgorzata Wiśniewska,Gdańsk\nStanisław Dąbrowski,Poznań\n"
)
HUNGARIAN = "vevő,város\nSzabó és Társa Kft.,Győr\nTűzoltó Szövetség,Budapest\nNagy Ernő,Szűcsi\n"
CROATIAN = "kupac,grad\nJosip Perić,Zagreb\nŽeljko Đurić,Čakovec\n"
TURKISH = "müşteri,şehir\nYıldız Ticaret A.Ş.,İstanbul\nIşık Dağıtım,Eskişehir\nGüneş Gıda,Muğla\n"
BRITISH = "client,owed\nSmith & Sons,£1200\nJones Ltd,£90\n"
ITALIAN = "cliente,dovuto\nSocietà Adda,1200 €\nCaffè Rossi,90 €\n"
SLOVAK = "id,firma,mesto\n1,Štefánik s.r.o.,Žilina\n"
FRENCH_LIST = "id,société,ville\n1,Société Générale,Orléans\n2,Hélène et Cie,Besançon\n"
GERMAN = "Nr,Firma,Ort\n1,Müller & Söhne,Köln\n2,Bäckerei Groß,Düsseldorf\n"
KOREAN = "고객,도시,금액\n주식회사 한국상사,서울,100\n김영수,부산,200\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (HUNGARIAN, "cp1250"),
        (HUNGARIAN, "iso8859-2"),
        (CROATIAN, "cp1250"),
        (TURKISH, "cp1254"),
        ("id,nazwa\n1,Stanisław Ciuła\n2,Wołomin,Deryło\n3,Szymańczak\n", "cp1250"),
        (FRENCH.replace(";", ","), "latin-1"),
        (BRITISH, "cp1252"),
        ("cliente,ciudad\nMauricio Venceslás,Zaragoza\nPorfirio Ibáñez,La Coruña\n", "cp1252"),
        (ITALIAN, "iso8859-15"),
        (SLOVAK, "iso8859-2"),
        (SLOVAK.upper(), "cp1250"),
        (POLISH.upper(), "iso8859-2"),
        (TURKISH.replace("i", "İ").upper(), "cp1254"),
        (HUNGARIAN, "cp852"),
        ("klients,pilsēta\nĀbols un dēli,Jūrmala\n", "cp1257"),
        (FRENCH_LIST, "mac-roman"),
        (FRENCH_LIST, "cp850"),
        (GERMAN, "mac-roman"),
        (GERMAN, "cp850"),
        ("id,société\n1,Le Bon Œuf\n2,Chœur de Nîmes\n", "iso8859-15"),
        (POLISH + GERMAN, "cp1250"),
        (FRENCH_LIST, "utf-32"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "cp949"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        ("id,name,amount\n1,一百货一分店,100\n2,天一阁,200\n3,abc,300\n", "utf-16-le"),
        ("id,name\n1,紧跟潮流风向标\n", "utf-16-le"),
        (TAIWANESE * 3, "big5"),
    ],
)
def test_a_text_without_a_mark_is_read_as_it_was_written(
    read_bytes: Read, text: str, encoding: str
) -> None:
    rows = rows_of(only_table(read_bytes(text.encode(encoding))).data)
    assert [",".join(cells) for _, cells in rows] == text.splitlines()


@pytest.mark.parametrize(
    ("sound", "wrong"),
    [("Société Générale", "cp1252"), ("客户名称很好", "cp1252"), ("北京科技客户名称", "gbk")],
)
def test_a_text_once_decoded_wrongly_is_set_right_and_noted(
    read_bytes: Read, sound: str, wrong: str
) -> None:
    spoilt = sound.encode().decode(wrong, "replace")
    if "\ufffd" in spoilt:
        spoilt = sound.encode().decode("latin-1")
    table = only_table(read_bytes(f"名称,id\n{spoilt},1\n正常客户,2\n".encode()))
    assert [cells[0] for _, cells in rows_of(table.data)] == ["名称", sound, "正常客户"]
    [note] = table.notes
    assert (note.code, note.lines, note.texts) == ("encoding_mended", [2], [f"{spoilt},1"])


@pytest.mark.parametrize("sound", ["2017 – 2018", "Château d’Angludet", "€ 5.98", "客户…"])
def test_a_sign_of_windows_that_became_a_control_character_is_set_right_and_noted(
    read_bytes: Read, sound: str
) -> None:
    signs = {ord(sign): sign.encode("cp1252").decode("latin-1") for sign in "–’€…"}
    spoilt = sound.translate(signs)
    table = only_table(read_bytes(f"name,id\n{spoilt},1\nAcme,2\n".encode()))
    assert [cells[0] for _, cells in rows_of(table.data)] == ["name", sound, "Acme"]
    [note] = table.notes
    assert (note.code, note.lines, note.texts) == ("encoding_mended", [2], [f"{spoilt},1"])


def test_half_an_emoji_is_shown_as_damaged_and_makes_no_other_encoding_of_the_file(
    read_bytes: Read,
) -> None:
    spoilt = "id,name\n1,Acme \ud83d\n2,Bolt\n".encode(errors="surrogatepass")
    table = only_table(read_bytes(spoilt))
    assert [cells[1] for _, cells in rows_of(table.data)] == [
        "name",
        "Acme " + "\ufffd" * 3,
        "Bolt",
    ]
    [note] = table.notes
    assert (note.code, note.lines) == ("bytes_damaged", [2])


@pytest.mark.parametrize("sound", ["通讯中断", "账号无法登录", "邮件"])
def test_a_wrong_decoding_into_signs_and_private_characters_is_set_right_whole(
    read_bytes: Read, sound: str
) -> None:
    spoilt = sound.encode().decode("gb18030")
    table = only_table(read_bytes(f"主题,id\n{spoilt},1\n正常，{spoilt}，正常,2\n".encode()))
    assert [cells[0] for _, cells in rows_of(table.data)][1:] == [sound, f"正常，{sound}，正常"]


@pytest.mark.parametrize("text", ["Ãlvarez,1", "洹水公司,1", "涓滴科技,2", "鍩,1"])
def test_a_text_that_only_looks_wrongly_decoded_is_left_alone(read_bytes: Read, text: str) -> None:
    table = only_table(read_bytes(f"name,id\n{text}\n".encode()))
    assert rows_of(table.data)[1][1] == text.split(",")
    assert table.notes == []


def test_bytes_of_no_known_language_are_not_guessed_at(read_bytes: Read) -> None:
    problem = read_bytes(b"id,name\n1,\x81\x8d\x8f\x90\n2,\x9d\x81\x8d\n").problem
    assert problem
    assert problem.code == "encoding_unknown"


def test_single_quotes_are_seen_where_only_a_header_with_a_line_break_has_them(
    read_bytes: Read,
) -> None:
    text = "编号;'电话\n（必填）';城市\n" + "".join(f"{n};021-555{n};上海\n" for n in range(40, 99))
    table = only_table(read_bytes(text.encode()))
    assert rows_of(table.data)[0] == (1, ["编号", "电话\n（必填）", "城市"])
    assert table.notes == []
    # Apostrophes at cells' edges are none.
    dutch = "id;naam;plaats\n1;'t Hof;'s-Hage\n2;Bos;Delft\n3;De Jong';Breda\n" * 9
    assert rows_of(only_table(read_bytes(dutch.encode())).data)[1] == (
        2,
        ["1", "'t Hof", "'s-Hage"],
    )


def test_title_rows_blank_lines_and_ragged_lines_keep_their_places(read_bytes: Read) -> None:
    text = "Sales report\n\nid,name,city\n1,Acme,Rome\n2,Bolt\n3,Core,Oslo,extra\n4,Dyna,Bern"
    table = only_table(read_bytes(text.encode()))
    assert rows_of(table.data) == [
        (1, ["Sales report"]),
        (2, []),
        (3, ["id", "name", "city"]),
        (4, ["1", "Acme", "Rome"]),
        (5, ["2", "Bolt"]),
        (6, ["3", "Core", "Oslo", "extra"]),
        (7, ["4", "Dyna", "Bern"]),
    ]
    assert (table.rows, table.columns) == (7, 4)


def test_one_bad_row_does_not_decide_the_delimiter(read_bytes: Read) -> None:
    lines = ["id;note;city", *(f"{n};a, b;Rome" for n in range(50)), "x,,,,,,,,,,,"]
    table = only_table(read_bytes("\n".join(lines).encode()))
    assert table.dialect == Dialect(";")
    assert rows_of(table.data)[1] == (2, ["0", "a, b", "Rome"])


def test_a_stray_quote_does_not_swallow_the_lines_after_it(read_bytes: Read) -> None:
    text = 'id,name,city\n1,"Acme,Rome\n2,Bolt,Oslo\n3,"Core, Ltd",Bern\n4,Dyna,Bonn\n'
    table = only_table(read_bytes(text.encode()))
    assert rows_of(table.data) == [
        (1, ["id", "name", "city"]),
        (2, ["1", '"Acme', "Rome"]),
        (3, ["2", "Bolt", "Oslo"]),
        (4, ["3", "Core, Ltd", "Bern"]),
        (5, ["4", "Dyna", "Bonn"]),
    ]


def test_a_quote_open_to_the_end_of_the_file_costs_one_line(read_bytes: Read) -> None:
    text = 'id,name\n1,Acme\n2,"Bolt\n3,Core\n4,Dyna\n'
    table = only_table(read_bytes(text.encode()))
    assert rows_of(table.data)[2:] == [(3, ["2", '"Bolt']), (4, ["3", "Core"]), (5, ["4", "Dyna"])]


def test_quoted_line_breaks_stay_in_their_cell(read_bytes: Read) -> None:
    text = 'id,note\r\n1,"two\r\nlines"\r\n2,one\r\n'
    table = only_table(read_bytes(text.encode()))
    assert rows_of(table.data) == [
        (1, ["id", "note"]),
        (2, ["1", "two\r\nlines"]),
        (4, ["2", "one"]),
    ]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_record_of_several_lines_with_a_cell_too_many_stays_one(
    read_bytes: Read, quoting: Literal[0, 1]
) -> None:
    rows = [["id", "name", "note"], *([f"{n}", f"Acme {n}", "new, and\nold"] for n in range(20))]
    rows[9].append("more")
    out = StringIO()
    csv.writer(out, lineterminator="\n", quoting=quoting).writerows(rows)
    assert [row for _, row in rows_of(only_table(read_bytes(out.getvalue().encode())).data)] == rows


def test_a_stated_delimiter_is_followed_and_its_line_kept(read_bytes: Read) -> None:
    table = only_table(read_bytes(b"sep=;\nid;name\n1;a,b\n2;c,d\n"))
    assert table.dialect == Dialect(";")
    assert rows_of(table.data)[:2] == [(1, ["sep=;"]), (2, ["id", "name"])]


def test_single_quotes_and_backslash_escapes_are_understood(read_bytes: Read) -> None:
    quoted = b"id,name,city\n" + b"".join(b"%d,'Acme, Inc',Rome\n" % n for n in range(20))
    escaped = b"id,name,city\n" + b"".join(b'%d,"the \\"A\\", x",Rome\n' % n for n in range(20))
    assert rows_of(only_table(read_bytes(quoted)).data)[1] == (2, ["0", "Acme, Inc", "Rome"])
    assert rows_of(only_table(read_bytes(escaped)).data)[1] == (2, ["0", 'the "A", x', "Rome"])


def test_quotes_and_escapes_are_understood_though_few_lines_need_them(read_bytes: Read) -> None:
    plain = "".join(f"{n},Acme,Rome\n" for n in range(80))
    broken = "".join(f'{n},Ac"me,Rome,\n' for n in range(9))
    cases = {"'Acme, Inc'": "Acme, Inc", r'"=\"007\", x"': '="007", x', r'"\"A\""': '"A"'}
    for written, meant in cases.items():
        text = f"id,name,city\n1,{written},Rome\n{plain}2,{written},Oslo\n{broken}"
        found = [cells for _, cells in rows_of(only_table(read_bytes(text.encode())).data)]
        assert (found[1][:3], found[82][:3]) == (["1", meant, "Rome"], ["2", meant, "Oslo"])


def test_an_escaped_quote_beyond_the_sample_is_one_all_the_same(read_bytes: Read) -> None:
    plain = "".join(f"{n},Acme {n} and its daughters,Rome\n" for n in range(3000))
    table = only_table(read_bytes(f'id,name,city\n{plain}1,"=\\"007\\"",Oslo\n'.encode()))
    assert rows_of(table.data)[-1] == (3002, ["1", '="007"', "Oslo"])


def test_an_apostrophe_or_a_path_makes_no_dialect(read_bytes: Read) -> None:
    lines = ["1,'t Hooft,Rome", "2,O'Neill,Oslo", '3,"C:\\data\\",Bonn', "4,Hans',Bern"]
    text = "id,name,city\n" + "\n".join(lines * 9) + "\n"
    names = [cells[1] for _, cells in rows_of(only_table(read_bytes(text.encode())).data)]
    assert names[1:5] == ["'t Hooft", "O'Neill", "C:\\data\\", "Hans'"]


def test_quotes_at_the_ends_of_lines_make_no_delimiter_of_a_blank(read_bytes: Read) -> None:
    lines = [f"'{n}';'Acme {n} Ltd';'+65 6555 {n}';'Park Lane'" for n in range(9)]
    wrong = ["Export", "2026-10-31 19:00", "", "Generated by: admin", "Total: 9 records"]
    text = "\n".join([*wrong[:3], "'id';'name';'phone';'street'", *lines, *wrong[3:]]) + "\n"
    table = only_table(read_bytes(text.encode()))
    assert table.dialect == Dialect(";", "'")
    assert (5, ["0", "Acme 0 Ltd", "+65 6555 0", "Park Lane"]) in rows_of(table.data)


def test_a_blank_before_a_quote_is_no_content(read_bytes: Read) -> None:
    table = only_table(read_bytes(b'id, name, city\n1, "Acme, Inc", Rome\n2, "Bolt", Oslo\n'))
    assert rows_of(table.data)[1:] == [(2, ["1", "Acme, Inc", "Rome"]), (3, ["2", "Bolt", "Oslo"])]


def test_a_text_named_xls_is_read_as_the_text_it_is(read_bytes: Read) -> None:
    table = only_table(read_bytes("客户\t城市\n甲公司\t北京\n".encode("gb18030"), "导出.xls"))
    assert rows_of(table.data) == [(1, ["客户", "城市"]), (2, ["甲公司", "北京"])]


@pytest.mark.parametrize("name", ["a[1].csv", "a*?.csv", "it's 名.csv", "x.csv.gz", "-rf.csv"])
def test_a_file_may_have_any_name(read_bytes: Read, name: str) -> None:
    table = only_table(read_bytes(b"id,name\n1,Acme\n", name))
    assert rows_of(table.data) == [(1, ["id", "name"]), (2, ["1", "Acme"])]


def test_a_zero_byte_does_not_keep_a_dialect_from_being_found(read_bytes: Read) -> None:
    lines = b"id;name,x\n1;Acme;2,y\n2,Bolt;3\n" * 30
    assert only_table(read_bytes(lines + b"3;a\x00,b\n")).rows == 91


def test_three_thousand_columns_are_read(read_bytes: Read) -> None:
    line = ",".join(f"x{at}" for at in range(3000))
    table = only_table(read_bytes("\n".join([line] * 3).encode()))
    assert (table.rows, table.columns) == (3, 3000)


def test_one_column_and_its_blank_lines_are_read(read_bytes: Read) -> None:
    table = only_table(read_bytes(b"name\nAcme\n\nBolt\n"))
    assert rows_of(table.data) == [(1, ["name"]), (2, ["Acme"]), (3, []), (4, ["Bolt"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("count", [1, 700, 70_000])
def test_blank_lines_are_rows_and_the_lines_after_them_keep_their_numbers(
    read_bytes: Read, end: str, count: int
) -> None:
    lines = ["a,b", "1,2", *[""] * count, '"3\n",4', "", "5,6"]
    rows = rows_of(only_table(read_bytes(end.join(lines).encode())).data)
    assert [row for row in rows if row[1]] == [
        (1, ["a", "b"]),
        (2, ["1", "2"]),
        (count + 3, ["3\n", "4"]),
        (count + 6, ["5", "6"]),
    ]
    assert [line for line, cells in rows if not cells] == [*range(3, count + 3), count + 5]


def test_one_zero_byte_makes_no_wide_characters_of_a_text(read_bytes: Read) -> None:
    table = only_table(read_bytes(b"id,name\n" + b"1,a\n" * 30 + b"2,b\0c\n"))
    assert rows_of(table.data)[-1][1] == ["2", "b\0c"]
    few = read_bytes(b"id,name\n1,a\0b\n", "few.csv")
    assert few.problem
    assert few.problem.code == "not_text"


def test_one_escaped_quote_among_many_bare_ones_is_no_rule(read_bytes) -> None:
    lines = [f"{n},'That's no. {n}, and it won't do','http://x/{n}'" for n in range(30)]
    lines[7] = "7,'That\\'s no. 7','http://x/7'"
    content = ("id,text,link\n" + "\n".join(lines) + "\n").encode()
    assert rows_of(only_table(read_bytes(content)).data)[1:3] == [
        (2, ["0", "That's no. 0, and it won't do", "http://x/0"]),
        (3, ["1", "That's no. 1, and it won't do", "http://x/1"]),
    ]
