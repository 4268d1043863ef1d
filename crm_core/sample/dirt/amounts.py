"""Money, counts and shares: units, signs, separators, words."""

from decimal import Decimal

from crm_core.sample.cells import full_width
from crm_core.sample.dirt.fault import SELDOM, Cell, Dice, Fault, pick

MONEY, ANY = ("money", "signed"), ("money", "signed", "count", "whole")
DIGITS = "零一二三四五六七八九十"
TURNED = {"0": "O", "1": "l"}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _currency(cell: Cell, *, yuan: str, dollar: str) -> str:
    return dollar if cell.row.get("currency") == "USD" else yuan


def _grouped(cell: Cell) -> str:
    return f"{Decimal(cell.text):,.2f}"


def _thousands(dice: Dice, cell: Cell) -> str | None:
    if abs(Decimal(cell.text)) < 1000:
        return None
    return _grouped(cell).replace(",", pick(dice, ",", " ", "'", "，", "\u00a0"))


def _european(_dice: Dice, cell: Cell) -> str | None:
    """1.234,50: both marks stand there, so there is no doubt."""
    if abs(Decimal(cell.text)) < 1000:
        return None
    return _grouped(cell).translate(str.maketrans(",.", ".,"))


def _signed(dice: Dice, cell: Cell) -> str:
    yuan = pick(dice, "¥", "￥", "CNY ", "RMB", "人民币")
    sign = _currency(cell, yuan=yuan, dollar=pick(dice, "US$", "USD ", "$"))
    text = cell.text
    return f"-{sign}{text[1:]}" if text.startswith("-") else sign + text


def _worded(dice: Dice, cell: Cell) -> str:
    yuan = pick(dice, "元", " 元", "元整", "RMB", "块")
    return cell.text + _currency(cell, yuan=yuan, dollar=pick(dice, "美元", " USD", "美金"))


def _ten_thousands(dice: Dice, cell: Cell) -> str | None:
    value = Decimal(cell.text)
    if abs(value) < 10_000:
        return None
    return _plain(value / 10_000) + pick(dice, "万", " 万", "万元" if _is_yuan(cell) else "万")


def _hundred_millions(_dice: Dice, cell: Cell) -> str | None:
    value = Decimal(cell.text)
    return _plain(value / 100_000_000) + "亿" if abs(value) >= 1_000_000 else None


def _is_yuan(cell: Cell) -> bool:
    return cell.row.get("currency") != "USD"


def _thousand_letter(dice: Dice, cell: Cell) -> str | None:
    value = Decimal(cell.text)
    return _plain(value / 1000) + pick(dice, "k", "K") if abs(value) >= 1000 else None


def _negative(dice: Dice, cell: Cell) -> str | None:
    if not cell.text.startswith("-"):
        return None
    value = cell.text[1:]
    return pick(
        dice, f"({value})", f"（{value}）", f"{value}-", f"−{value}", f"－{value}", f"- {value}"
    )


def _wide(_dice: Dice, cell: Cell) -> str:
    return full_width(cell.text)


def _exponent(_dice: Dice, cell: Cell) -> str | None:
    value = Decimal(cell.text)
    digits = len(value.normalize().as_tuple().digits)
    return f"{value:.{digits - 1}E}" if value >= 100_000 else None


def _letter(dice: Dice, cell: Cell) -> str | None:
    digit = pick(dice, "0", "1")
    return cell.text.replace(digit, TURNED[digit], 1) if digit in cell.text[:-3] else None


def _no_number(dice: Dice, _cell: Cell) -> str:
    return pick(dice, "面议", "见合同", "#VALUE!", "#REF!", "约十几万")


def _with_unit(dice: Dice, cell: Cell) -> str:
    number = cell.text.removesuffix(".0")
    return number + pick(dice, "台", "个", " 件", "pcs", "套")


def _number_word(_dice: Dice, cell: Cell) -> str | None:
    number = int(Decimal(cell.text))
    return DIGITS[number] if 1 <= number <= 10 else None


def _head_count(dice: Dice, cell: Cell) -> str:
    return cell.text + pick(dice, "人", " 人", "名")


def _percent(dice: Dice, cell: Cell) -> str:
    value = _plain(Decimal(cell.text) * 100)
    return pick(dice, f"{value} %", f"{full_width(value)}％", f"百分之{value}", f"{value}.0%")


def _share(_dice: Dice, cell: Cell) -> str | None:
    return cell.text if Decimal(cell.text) not in (0, 1) else None


def _discount(dice: Dice, cell: Cell) -> str | None:
    """九五折: what is left to pay, in tenths."""
    off = Decimal(cell.text)
    if not off:
        return None
    left = _plain((1 - off) * 100).rstrip("0")
    spoken = "".join(DIGITS[int(digit)] for digit in left)
    return pick(dice, f"{_plain(off * 100)}%", f"{left}折", f"{spoken}折")


def _currency_word(dice: Dice, cell: Cell) -> str | None:
    words = {
        "CNY": ("人民币", "RMB", "元", "cny", "¥", "CNY "),
        "USD": ("美元", "US$", "usd", "美金"),
    }
    return pick(dice, *words[cell.text])


def _yes_no(dice: Dice, cell: Cell) -> str:
    yes, no = ("√", "true", "1", "YES", "yes"), ("×", "false", "0", "NO", "no")
    return pick(dice, *(yes if cell.text in ("Y", "是") else no))


FAULTS = (
    Fault("money_thousands", MONEY, _thousands),
    Fault("money_european", MONEY, _european),
    Fault("money_sign", MONEY, _signed, rate=0.006),
    Fault("money_word", MONEY, _worded),
    Fault("money_wan", MONEY, _ten_thousands),
    Fault("money_yi", MONEY, _hundred_millions, rate=SELDOM),
    Fault("money_thousand_letter", MONEY, _thousand_letter, rate=SELDOM),
    Fault("money_negative", ("signed",), _negative),
    Fault("money_exponent", MONEY, _exponent),
    Fault("number_full_width", ANY, _wide),
    Fault("number_letter_for_digit", MONEY, _letter, rate=SELDOM),
    Fault("number_missing", ("money", "count", "whole"), _no_number, "quarantined"),
    Fault("count_unit", ("count",), _with_unit),
    Fault("count_word", ("count",), _number_word),
    Fault("count_people", ("whole",), _head_count),
    Fault("percent_writing", ("percent",), _percent),
    Fault("percent_share", ("percent",), _share),
    Fault("share_writing", ("share",), _discount),
    Fault("currency_word", ("currency",), _currency_word),
    Fault("yes_no_word", ("yesno",), _yes_no),
)
