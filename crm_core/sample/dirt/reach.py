"""Phones and e-mail addresses: other writings, and what Excel and typing did to them."""

import re

from crm_core.sample.cells import full_width
from crm_core.sample.dirt.fault import SELDOM, Cell, Dice, Fault, as_written, pick

PHONE, MAIL = ("phone",), ("email",)


def international(phone: str) -> str:
    """+8651255512345 of 0512-55512345, 13955512345 or +86 …: country code and number alone."""
    if phone.startswith("+"):
        return "+" + "".join(filter(str.isdigit, phone))
    return "+86" + phone.replace("-", "").removeprefix("0")


def _parts(cell: Cell) -> tuple[str, str] | None:
    """Area code (with its zero) and number of a landline at home."""
    area, gap, number = cell.text.partition("-")
    return (area, number) if gap else None


def _is_mobile(cell: Cell) -> bool:
    return len(cell.text) == 11 and cell.text.isdigit()


def _written(dice: Dice, cell: Cell) -> str | None:
    if _is_mobile(cell):
        a, b, c = cell.text[:3], cell.text[3:7], cell.text[7:]
        return pick(dice, f"{a} {b} {c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}", f"({a}){b}{c}")
    if parts := _parts(cell):
        area, number = parts
        head, tail = number[:4], number[4:]
        return pick(dice, f"({area}) {head} {tail}", f"{area} {number}", f"（{area}）{number}")
    return cell.text.replace(" ", pick(dice, "-", ".", ""))


def _with_country(dice: Dice, cell: Cell) -> str | None:
    if cell.text.startswith("+"):
        return "00" + cell.text[1:]
    number = international(cell.text)[3:]
    return pick(dice, "+86 ", "0086-", "(+86)", "86-", "+86(0)" if _parts(cell) else "+86") + number


def _worded(dice: Dice, cell: Cell) -> str:
    return pick(dice, "Tel: ", "电话：", "手机:", "T ", "☎") + cell.text


def _wide(_dice: Dice, cell: Cell) -> str:
    return full_width(cell.text).replace(" ", "\u3000")


def _as_decimal(_dice: Dice, cell: Cell) -> str | None:
    return cell.text + ".0" if _is_mobile(cell) else None


def _science(_dice: Dice, cell: Cell) -> str | None:
    return f"{int(cell.text):.10E}" if _is_mobile(cell) else None


def _science_lost(dice: Dice, cell: Cell) -> str | None:
    return (
        pick(dice, f"{int(cell.text):.2E}", f"{int(cell.text):.5E}") if _is_mobile(cell) else None
    )


def _several_numbers(dice: Dice, cell: Cell) -> str | None:
    return (
        cell.text + pick(dice, "/", "、", "；", " 或 ") + "13900001111"
        if _is_mobile(cell)
        else None
    )


def _extended(dice: Dice, cell: Cell) -> str:
    number = str(dice.integers(10, 9999))
    return cell.text + pick(dice, " ext. ", " ext ", "转", " 转 ", "分机", " x", "#") + number


def _with_extension(clean: str, dirty: str) -> str:
    """The number, and the figures at the end of what was written."""
    return f"{clean} x{re.findall('[0-9]+', dirty)[-1]}"


def _zero_lost(_dice: Dice, cell: Cell) -> str | None:
    parts = _parts(cell)
    return "".join(parts).removeprefix("0") if parts else None


def _digit_lost(_dice: Dice, cell: Cell) -> str | None:
    return cell.text[:-1] if _is_mobile(cell) else None


def _no_phone(dice: Dice, _cell: Cell) -> str:
    return pick(dice, "见名片", "同上", "abc", "打不通")


def _address(dice: Dice, cell: Cell) -> str:
    user, _, domain = cell.text.partition("@")
    return pick(
        dice, f"{user} @{domain}", f"{user}@ {domain}", f"mailto:{cell.text}", f"<{cell.text}>",
        f"{cell.text};", f"{cell.text}.", f"{cell.text},", f"{user}@@{domain}",
    )  # fmt: skip


def _wide_address(dice: Dice, cell: Cell) -> str:
    return pick(
        dice, full_width(cell.text), cell.text.replace("@", "＠"), cell.text.replace(".", "。")
    )


def _case(dice: Dice, cell: Cell) -> str:
    return pick(dice, cell.text.upper(), cell.text.title())


def _comma(_dice: Dice, cell: Cell) -> str:
    return cell.text.replace(".com", ",com")


def _several_addresses(dice: Dice, cell: Cell) -> str:
    return cell.text + pick(dice, ";", "; ", ",", " / ") + "office@other.example.com"


def _no_address(dice: Dice, cell: Cell) -> str:
    user, _, domain = cell.text.partition("@")
    return pick(dice, f"{user}{domain}", f"{user}@", f"@{domain}", f"{user}#{domain}", user)


def _provider(dice: Dice, cell: Cell) -> str:
    """A large provider's domain, mistyped: what was meant is a guess, however likely."""
    slips = ("gmial.com", "gamil.com", "hotmial.com", "outlok.com", "yaho.com", "163.con", "qq.con")
    return cell.text.partition("@")[0] + "@" + pick(dice, *slips)


FAULTS = (
    Fault("phone_writing", PHONE, _written, rate=0.012),
    Fault("phone_country_code", PHONE, _with_country),
    Fault("phone_with_word", PHONE, _worded),
    Fault("phone_full_width", PHONE, _wide),
    Fault("phone_decimal", PHONE, _as_decimal),
    Fault("phone_exponent", PHONE, _science),
    Fault("phone_zero_lost", PHONE, _zero_lost),
    Fault("phone_extension", PHONE, _extended, means=_with_extension),
    Fault("phone_digits_lost", PHONE, _science_lost, "warned"),
    Fault("phone_digit_missing", PHONE, _digit_lost, "warned"),
    Fault("phone_several", PHONE, _several_numbers, "warned"),
    Fault("phone_no_number", PHONE, _no_phone, "warned", SELDOM),
    Fault("email_signs", MAIL, _address, rate=0.008),
    Fault("email_full_width", MAIL, _wide_address),
    Fault("email_case", MAIL, _case),
    Fault("email_comma", MAIL, _comma),
    Fault("email_several", MAIL, _several_addresses, "warned"),
    Fault("email_broken", MAIL, _no_address, "warned"),
    Fault("email_domain_slip", MAIL, _provider, "warned", means=as_written),
)
