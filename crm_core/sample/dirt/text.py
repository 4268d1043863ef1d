"""Names and texts: width, invisible characters, blanks, case, script, legal forms, mojibake."""

from crm_core.sample.cells import full_width
from crm_core.sample.dirt.fault import SELDOM, Cell, Dice, Fault, as_written, pick

WORDS = ("name", "person", "text", "choice", "product")
LISTED = ("choice", "segment", "region", "city", "country")
SIMPLE = (
    "医疗车电饮苏广庆东华销传编码质检测仪设备员经报达办类总应术统标称业务护数单级维训张陈刘赵黄"
    "吴孙马罗郑谢韩冯萧许邓吕杨轩泽滢颢骐琼关开场产优难换误断软户号属确认负责话邮网国额万创状态"
    "区线潜营热显视频压变温讯积"
)
TRADITIONAL = (
    "醫療車電飲蘇廣慶東華銷傳編碼質檢測儀設備員經報達辦類總應術統標稱業務護數單級維訓張陳劉趙黃"
    "吳孫馬羅鄭謝韓馮蕭許鄧呂楊軒澤瀅顥騏瓊關開場產優難換誤斷軟戶號屬確認負責話郵網國額萬創狀態"
    "區線潛營熱顯視頻壓變溫訊積"
)
_SCRIPT = str.maketrans(SIMPLE, TRADITIONAL)
FORMS = {
    "Co., Ltd.": ("Co.,Ltd.", "CO., LTD.", "Co Ltd", "Co., Ltd", "Co. Ltd."),
    "Inc.": ("Inc", "INC.", ", Inc."),
    "Pte Ltd": ("Pte. Ltd.", "PTE LTD", "Pte.Ltd."),
    "GmbH": ("GMBH", "Gmbh", "G.m.b.H."),
    "Ltd": ("Ltd.", "LTD"),
    "（中国）有限公司": ("(中国)有限公司", "（中国） 有限公司"),
    "有限公司": ("有限 公司", "有限公司。"),
}


def _wide(_dice: Dice, cell: Cell) -> str | None:
    return full_width(cell.text) if cell.text.isascii() or cell.text[-1].isascii() else None


def _invisible(dice: Dice, cell: Cell) -> str:
    place = int(dice.integers(len(cell.text) + 1))
    sign = pick(dice, "\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060")
    return cell.text[:place] + sign + cell.text[place:]


def _padded(dice: Dice, cell: Cell) -> str | None:
    """A name of two characters drawn out to the width of three."""
    if len(cell.text) != 2 or cell.text.isascii():
        return None
    return pick(dice, " ", "  ", "\u3000").join(cell.text)


def _hard_blank(_dice: Dice, cell: Cell) -> str:
    return cell.text.replace(" ", "\u00a0", 1)


def _two_blanks(dice: Dice, cell: Cell) -> str:
    return cell.text.replace(" ", pick(dice, "  ", "   ", " \t"), 1)


def _edge(dice: Dice, cell: Cell) -> str:
    blank = pick(dice, " ", "  ", "\t", "\u3000", "\u00a0")
    return pick(dice, blank + cell.text, cell.text + blank, blank + cell.text + blank)


def _case(dice: Dice, cell: Cell) -> str | None:
    if not (cell.text.isascii() and " " in cell.text):
        return None
    return pick(dice, cell.text.upper(), cell.text.lower())


def traditional(text: str) -> str:
    """The text in traditional characters, as far as the sample's words need them."""
    return text.translate(_SCRIPT)


def _traditional(_dice: Dice, cell: Cell) -> str:
    return traditional(cell.text)


def _legal_form(dice: Dice, cell: Cell) -> str | None:
    for form, others in FORMS.items():
        if cell.text.endswith(form):
            other = pick(dice, *others)
            stem = cell.text.removesuffix(form)
            return (stem.rstrip() if other[0] == "," else stem) + other
    return None


def _mojibake(_dice: Dice, cell: Cell) -> str | None:
    """UTF-8 that was opened as GBK or as Latin and saved again, without a character lost."""
    if len(cell.text) % 2 or cell.text.isascii():
        return None
    try:
        return cell.text.encode().decode("gb18030")
    except UnicodeDecodeError:
        return None


def _entity(_dice: Dice, cell: Cell) -> str | None:
    return cell.text.replace(" ", "&nbsp;", 1) if " " in cell.text else None


def _signs(dice: Dice, cell: Cell) -> str:
    """Right as it stands, but full of what delimits, quotes and escapes."""
    return cell.text + pick(dice, ' "A"', "; B", ", C", " | D", " it's", " C:\\new")


def _line_break(_dice: Dice, cell: Cell) -> str:
    return f"{cell.text}\n{cell.text}"


def _formula(dice: Dice, cell: Cell) -> str:
    """A text that a spreadsheet would take for a formula."""
    return pick(dice, "=", "+", "@", "-") + cell.text


FAULTS = (
    Fault("full_width", (*WORDS, *LISTED), _wide),
    Fault("invisible_character", (*WORDS, *LISTED), _invisible),
    Fault("name_padded", ("person",), _padded),
    Fault("hard_blank", WORDS, _hard_blank),
    Fault("doubled_blank", WORDS, _two_blanks),
    Fault("edge_blank", (*WORDS, *LISTED, "key", "ref", "email", "phone"), _edge),
    Fault("other_case", ("choice",), _case),
    Fault("traditional", ("text", "choice", "segment", "region", "city"), _traditional),
    Fault("legal_form", ("name",), _legal_form, rate=0.01),
    Fault("mojibake", ("text", "choice", "city", "name"), _mojibake, rate=SELDOM),
    Fault("html_blank", ("name", "text", "product"), _entity, rate=SELDOM),
    Fault("signs_in_text", ("text",), _signs, rate=SELDOM, means=as_written),
    Fault("line_break", ("text",), _line_break, rate=SELDOM, means=as_written),
    Fault("text_like_formula", ("text",), _formula, rate=SELDOM, means=as_written),
)
