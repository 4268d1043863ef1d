"""Which encoding a text is in, and the text itself as UTF-8."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from crm_core.domain.problems import Refused

CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# The characters that names, places and business words are made of, in either script. A wrong
# decoding gives rare ones: of random GB2312 characters about one in twenty is here.
_SIMPLIFIED = frozenset(
    "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "公司客户销售产品合同金额日期地区电话姓名称编号城市省份北京上海广州深圳天津重庆江苏浙山东河南湖"
    "四川西安徽福建云贵陕甘宁青新疆辽吉林黑龙内蒙古海科技有限股份集团业务订单数量单价状态负责部门"
    "经理类型行业来源备注创建更新时间联系邮箱址联系人商机线索阶段成交赢输丢开关闭是否男女王李张刘陈杨"
    "赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚文"
    "零售制造医疗金融教育软件服务贸易发展信息网络电子商工程建设设备材料明华伟芳娜敏静丽强磊军洋勇艳杰"
)
_TRADITIONAL = frozenset(
    "的一是不了人我在有他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可"
    "公司客戶銷售產品合約金額日期地區電話姓名稱編號城市省份台灣臺北新竹中高雄桃園南基隆嘉義彰化屏東"
    "香港九龍澳門科技有限股份集團業務訂單數量單價狀態負責部門經理類型行業來源備註創建更新時間聯絡"
    "郵箱址商機線索階段成交贏輸關閉是否男女王李張劉陳楊趙黃周吳徐孫胡朱林何郭馬羅梁宋鄭謝韓唐馮于董"
    "蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊陸郝孔白崔康毛邱"
    "秦江史顧侯邵孟萬段雷錢湯尹黎易常武賴龔文零售製造醫療金融教育軟體服務貿易發展信息網路電子工程建設"
)
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒ€°§–—’‘“”«»…·º²³®™©\xa0"
)
# Encodings that contain the one named and that programs write under its name.
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ZEROS, _ZEROS_IN_PLAIN = 0.05, 0.4
_COMMON_SHARE = 0.2
_WESTERN_SHARE = 0.95
_ACCENTED_SHARE = 0.3
_DAMAGED_SHARE = 0.9
# chardet 7 measures likeness: right answers were seen from 0.12, wrong ones up to 0.09.
_CONFIDENCE = 0.11


def encoding_of(path: Path) -> str:
    """The Python name of the file's encoding; `encoding_unknown` when nothing fits surely.

    Some bytes of the file may be none of that encoding.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    if wide := without_mark(head):
        return wide
    sample = _foreign_lines(path)
    return "utf-8" if _is_utf8(sample) else _legacy(sample)


def without_mark(head: bytes) -> str | None:
    """Which UTF-16 the first bytes are in that have no mark: every second byte is mostly zero.

    What is UTF-8 as well, zeros and all, is UTF-16 only as plain English in it would be.
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = _ZEROS_IN_PLAIN if _is_whole_utf8(head) else _ZEROS
    if max(even, odd) < len(head) * least or min(even, odd) > max(even, odd) * _ZEROS:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes, a megabyte at a time."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _foreign_lines(path: Path) -> bytes:
    """Lines with bytes beyond ASCII: the only ones that tell one encoding from another."""
    sample = bytearray()
    with path.open("rb") as stream:
        while len(sample) < _SAMPLE and (block := stream.read(CHUNK)):
            block += stream.readline(_SAMPLE)
            if not block.isascii():
                lines = block.splitlines(keepends=True)
                sample += b"".join(line for line in lines if not line.isascii())
    return bytes(sample[:_SAMPLE])


def _is_whole_utf8(head: bytes) -> bool:
    """Whether the bytes, of which the last may be cut off, are UTF-8 without a fault."""
    return _decoded(head, "utf-8") is not None


def _is_utf8(sample: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII are UTF-8: the rest was cut, or mixed in."""
    total = sum(byte > 0x7F for byte in sample)
    sound = sum(byte > 0x7F for byte in sample.decode(errors="ignore").encode())
    return sound >= total * _DAMAGED_SHARE


def _legacy(sample: bytes) -> str:
    shares = {
        "gb18030": _share(sample, "gb18030", _SIMPLIFIED),
        "big5hkscs": _share(sample, "big5hkscs", _TRADITIONAL),
    }
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= _COMMON_SHARE:
        return best
    if _is_western(sample):
        return "cp1252"
    import chardet  # a tenth of a second, and seldom needed

    guess = chardet.detect(sample, compat_names=False)
    if guess["encoding"] is None or guess["confidence"] < _CONFIDENCE:
        raise Refused("encoding_unknown")
    name = codecs.lookup(guess["encoding"]).name
    if name.startswith(("utf-16", "utf-32")):  # they were looked for by their marks and zeros
        raise Refused("encoding_unknown")
    return _WIDER.get(name, name)


def _share(sample: bytes, encoding: str, common: frozenset[str]) -> float:
    """How many of the characters beyond ASCII are common ones; 0 when it does not decode."""
    foreign = [char for char in _text(sample, encoding) if char > "\x7f"]
    return sum(char in common for char in foreign) / len(foreign) if foreign else 0.0


def _is_western(sample: bytes) -> bool:
    """Whether the few letters beyond ASCII are those of Western European languages."""
    text = _text(sample, "cp1252")
    letters = sum(char.isalpha() for char in text)
    accented = sum(char.isalpha() and char > "\x7f" for char in text)
    return (
        _share(sample, "cp1252", _WESTERN) >= _WESTERN_SHARE
        and accented <= letters * _ACCENTED_SHARE
    )


def _text(sample: bytes, encoding: str) -> str:
    """The sample decoded; '' when more than a few of its lines are not in this encoding."""
    lines = sample.splitlines(keepends=True)
    texts = [text for line in lines if (text := _decoded(line, encoding)) is not None]
    return "".join(texts) if len(texts) >= len(lines) * _DAMAGED_SHARE else ""


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(line)  # a cut end does not count
    except UnicodeDecodeError:
        return None
