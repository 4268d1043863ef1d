"""Days and moments: other writings that leave no doubt, and texts that are no date."""

from datetime import datetime

from crm_core.sample.cells import EXCEL_EPOCH, full_width
from crm_core.sample.dirt.fault import SELDOM, Cell, Dice, Fault, pick

BOTH, DAY, MOMENT = ("day", "moment"), ("day",), ("moment",)
NUMERALS = "〇一二三四五六七八九"
EPOCH = EXCEL_EPOCH.astype(datetime)

STYLES = {
    "ymd": ("%Y-%m-%d", "%Y-%m-%d %H:%M"),
    "slashes": ("%Y/%m/%d", "%Y/%m/%d %H:%M"),
    "day_first": ("%d/%m/%Y", "%d/%m/%Y %H:%M"),
    "month_first": ("%m/%d/%Y", "%m/%d/%Y %H:%M"),
    "day_first_dots": ("%d.%m.%Y", "%d.%m.%Y %H:%M"),
    "month_first_clock": ("%m/%d/%Y", "%m/%d/%Y %I:%M %p"),
}
"""How a whole file writes its days and moments."""


YEARS_FIRST = ("ymd", "slashes")
AMBIGUOUS = ("day_first", "month_first")
"""Styles between which days of a month's first twelve say nothing."""


def styled(iso: str, style: str) -> str:
    """The ISO day or moment in that style; blank stays blank."""
    day, moment = STYLES[style]
    return datetime.fromisoformat(iso).strftime(moment if ":" in iso else day) if iso else ""


def _tail(cell: Cell) -> str:
    return cell.text[10:]


def _chinese(dice: Dice, cell: Cell) -> str:
    at = datetime.fromisoformat(cell.text)
    return f"{at.year}年{at.month}月{at.day}{pick(dice, '日', '号')}{_tail(cell)}"


def _clock_chinese(_dice: Dice, cell: Cell) -> str:
    at = datetime.fromisoformat(cell.text)
    half = "上午" if at.hour < 12 else "下午"
    return f"{at.year}/{at.month}/{at.day} {half}{at.hour % 12 or 12}:{at.minute:02d}"


def _numerals(_dice: Dice, cell: Cell) -> str:
    at = datetime.fromisoformat(cell.text)
    year = "".join(NUMERALS[int(digit)] for digit in str(at.year))
    return f"{year}年{_spoken(at.month)}月{_spoken(at.day)}日"


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return ten + (NUMERALS[ones] if ones else "")


def _signs(dice: Dice, cell: Cell) -> str:
    at = datetime.fromisoformat(cell.text)
    sign = pick(dice, ".", "/", " - ", "—")
    return f"{at.year}{sign}{at.month}{sign}{at.day}{_tail(cell)}"


def _compact(_dice: Dice, cell: Cell) -> str:
    return cell.text.replace("-", "")


def _english(dice: Dice, cell: Cell) -> str:
    shape = pick(dice, "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%y")
    return datetime.fromisoformat(cell.text).strftime(shape)


def _serial(_dice: Dice, cell: Cell) -> str:
    return str((datetime.fromisoformat(cell.text) - EPOCH).days)


def _wide(_dice: Dice, cell: Cell) -> str:
    return full_width(cell.text).replace(" ", "\u3000")


def _midnight(dice: Dice, cell: Cell) -> str:
    return cell.text + pick(dice, " 00:00:00", "T00:00:00", " 0:00", " 00:00:00.000")


def _clock(dice: Dice, cell: Cell) -> str:
    at = datetime.fromisoformat(cell.text)
    return at.strftime(pick(dice, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %I:%M %p", "%Y-%m-%d %H:%M:00.0"))


def _weekday(dice: Dice, cell: Cell) -> str:
    day = "一二三四五六日"[datetime.fromisoformat(cell.text).weekday()]
    return cell.text + pick(dice, f" 星期{day}", f"（周{day}）")


def _turned(_dice: Dice, cell: Cell) -> str | None:
    """Day first among days written year first: beyond doubt where it can be no month."""
    at = datetime.fromisoformat(cell.text)
    return at.strftime("%d/%m/%Y") if at.day > 12 else None


def _impossible(dice: Dice, cell: Cell) -> str:
    year = cell.text[:4]
    bad = pick(dice, "-02-30", "-13-05", "-04-31", "-00-10", "-06-45")
    return pick(dice, year + bad, "0000-00-00")


def _worded(dice: Dice, _cell: Cell) -> str:
    return pick(dice, "下周", "年底前", "月中", "Q3", "见合同", "########")


def _year(dice: Dice, cell: Cell) -> str:
    year = cell.text[:4]
    return pick(dice, "3" + year[1:], "0" + year[1:], year + "0") + cell.text[4:]


FAULTS = (
    Fault("date_chinese", BOTH, _chinese),
    Fault("date_chinese_clock", MOMENT, _clock_chinese),
    Fault("date_chinese_numerals", DAY, _numerals, rate=SELDOM),
    Fault("date_signs", BOTH, _signs),
    Fault("date_compact", DAY, _compact),
    Fault("date_english", DAY, _english),
    Fault("date_serial", DAY, _serial),
    Fault("date_full_width", BOTH, _wide),
    Fault("date_midnight", DAY, _midnight),
    Fault("date_clock", MOMENT, _clock),
    Fault("date_weekday", DAY, _weekday, rate=SELDOM),
    Fault("date_impossible", BOTH, _impossible, "quarantined"),
    Fault("date_word", BOTH, _worded, "quarantined", SELDOM),
    Fault("date_year", BOTH, _year, "quarantined", SELDOM),
)
YEAR_FIRST = (Fault("date_day_first", DAY, _turned),)
"""Only in files that write the year first: elsewhere it is no fault."""
