"""Values of lists: segments, countries, places, products; placeholders; damaged references."""

from collections.abc import Mapping

from crm_core.sample.dirt.fault import SELDOM, Cell, Dice, Fault, pick

ENGLISH = {
    "医疗": ("Medical", "Medcial"),
    "汽车": ("Automotive", "Automotvie"),
    "电子": ("Electronics", "Eletronics"),
    "能源": ("Energy", "Enregy"),
    "食品饮料": ("Food & Beverage", "Food & Bevarage"),
    "物流": ("Logistics", "Logisitcs"),
    "教育": ("Education", "Educaton"),
}
MISTYPED = {
    "医疗": "医廖", "汽车": "气车", "电子": "电了", "能源": "能原",
    "食品饮料": "食品饮科", "物流": "物硫", "教育": "教肓",
}  # fmt: skip
COUNTRIES = {
    "中国": ("China", "CN", "PRC", "P.R. China", "中华人民共和国", "中國", "CHINA", "中国大陆"),
    "新加坡": ("Singapore", "SG", "SGP", "星加坡", "singapore"),
    "德国": ("Germany", "DE", "DEU", "Deutschland", "德國"),
    "英国": ("United Kingdom", "UK", "GB", "U.K.", "英國", "Great Britain"),
    "美国": ("USA", "US", "U.S.A.", "United States", "美國", "America"),
}
COUNTRIES_MISSPELT = {
    "中国": ("Chian", "Chnia"),
    "新加坡": ("Singapor", "Singapur"),
    "德国": ("Germnay", "Gremany"),
    "英国": ("Untied Kingdom", "United Kindom"),
    "美国": ("Untied States", "United Staes"),
    "Germany": ("Germnay", "Gremany"),
    "United Kingdom": ("Untied Kingdom", "United Kindom"),
    "United States": ("Untied States", "United Staes"),
}
STAGES_MISSPELT = {
    "Prospecting": ("Prospectng", "Porspecting"),
    "Needs Analysis": ("Needs Anlysis", "Need Analysis"),
    "Proposal Sent": ("Proposal Snet", "Propsal Sent"),
    "Negotiation": ("Negotation", "Negotiaton"),
    "Closed Won": ("Closed Wonn", "Clsoed Won"),
    "Closed Lost": ("Closed Lsot", "Closd Lost"),
}
REGIONS = {
    "华东": ("华东区", "华东大区"),
    "华北": ("华北区",),
    "华南": ("华南区",),
    "华西": ("华西区",),
}
CITIES_ABROAD = {"Singapore", "Munich", "München", "Manchester", "Chicago"}
NOTHING = (
    "-", "--", "N/A", "n/a", "#N/A", "无", "NULL", "null", "/", "暂无", "未知", "None", "（空）",
    "不详", "nan", "?", "请选择", "待定", "TBD",
)  # fmt: skip


def _of(words: Mapping[str, tuple[str, ...]], dice: Dice, cell: Cell) -> str | None:
    return pick(dice, *words[cell.text]) if cell.text in words else None


def _alias(dice: Dice, cell: Cell) -> str | None:
    if cell.text not in ENGLISH:
        return None
    english = ENGLISH[cell.text][0]
    return pick(dice, cell.text + "行业", cell.text + "业", english, english.upper())


def _misspelt(_dice: Dice, cell: Cell) -> str | None:
    return ENGLISH[cell.text][1] if cell.text in ENGLISH else None


def _mistyped(_dice: Dice, cell: Cell) -> str | None:
    return MISTYPED.get(cell.text)


def _country(dice: Dice, cell: Cell) -> str | None:
    return _of(COUNTRIES, dice, cell)


def _country_misspelt(dice: Dice, cell: Cell) -> str | None:
    return _of(COUNTRIES_MISSPELT, dice, cell)


def _stage_misspelt(dice: Dice, cell: Cell) -> str | None:
    return _of(STAGES_MISSPELT, dice, cell) if cell.field == "stage" else None


def _region(dice: Dice, cell: Cell) -> str | None:
    return _of(REGIONS, dice, cell)


def _city(_dice: Dice, cell: Cell) -> str | None:
    return None if cell.text in CITIES_ABROAD else cell.text + "市"


def _product(dice: Dice, cell: Cell) -> str | None:
    """三坐标测量仪m3 for 三坐标测量仪 M3: no blank, other case."""
    joined = cell.text.replace(" ", "")
    return pick(dice, joined, cell.text.lower(), joined.lower(), cell.text.replace(" ", "-"))


def _product_typo(dice: Dice, cell: Cell) -> str | None:
    """Two neighbouring signs of the first word change places."""
    word = cell.text.partition(" ")[0]
    if len(word) < 5:
        return None
    place = int(dice.integers(1, len(word) - 2))
    turned = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return turned + cell.text[len(word) :]


def _nothing(dice: Dice, _cell: Cell) -> str:
    return pick(dice, *NOTHING)


def _unlisted(dice: Dice, _cell: Cell) -> str:
    return pick(dice, "asdf", "测试", "???", "12345", "其他1")


def _zeros_lost(_dice: Dice, cell: Cell) -> str | None:
    return cell.text.lstrip("0") if cell.text.isdigit() and cell.text[0] == "0" else None


def _decimal(_dice: Dice, cell: Cell) -> str | None:
    return cell.text.lstrip("0") + ".0" if cell.text.isdigit() else None


def _apostrophe(_dice: Dice, cell: Cell) -> str:
    return "'" + cell.text


def _formula(_dice: Dice, cell: Cell) -> str:
    """How exports keep a spreadsheet from making a number of an id."""
    return f'="{cell.text}"'


FAULTS = (
    Fault("segment_alias", ("segment",), _alias, rate=0.01),
    Fault("segment_misspelt", ("segment",), _misspelt, rate=0.01),
    Fault("segment_mistyped", ("segment",), _mistyped, rate=SELDOM),
    Fault("country_writing", ("country",), _country, rate=0.03),
    Fault("country_misspelt", ("country",), _country_misspelt, rate=0.01),
    Fault("stage_misspelt", ("choice",), _stage_misspelt),
    Fault("region_writing", ("region",), _region),
    Fault("city_writing", ("city",), _city, rate=0.008),
    Fault("product_writing", ("product",), _product, rate=0.008),
    Fault("product_misspelt", ("product",), _product_typo),
    Fault(
        "placeholder",
        ("text", "segment", "phone", "email", "city", "region", "day", "moment"),
        _nothing,
        rate=0.012,
        gone=True,
    ),
    Fault("not_in_list", ("choice",), _unlisted, "warned"),
    Fault("id_zeros_lost", ("ref",), _zeros_lost),
    Fault("id_decimal", ("ref",), _decimal),
    Fault("id_apostrophe", ("ref", "key"), _apostrophe, rate=SELDOM),
    Fault("id_formula", ("ref", "key"), _formula, rate=SELDOM),
)
