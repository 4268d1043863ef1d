"""Legacy workbooks that name a code page of one byte, although their texts are in UTF-16.

Excel disregards what such a workbook says, and several exporters say 1252 or 936; calamine believes
it and gives two characters for each.
"""

import re
from pathlib import Path

# The beginning of an Excel 97 workbook, and soon after it the code page, if it is not UTF-16.
_NAMED = re.compile(
    rb"(\x09\x08[\x08\x10]\x00\x00\x06\x05\x00.{0,400}?\x42\x00\x02\x00)(?!\xb0\x04)..", re.DOTALL
)
_UTF16 = b"\\g<1>\xb0\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def set_right(path: Path, target: Path) -> Path:
    """The workbook with UTF-16 as its code page: `target`, or itself where nothing is wrong."""
    with path.open("rb") as stream:
        if stream.read(len(_OLE)) != _OLE:
            return path
    content, wrong = _NAMED.subn(_UTF16, path.read_bytes(), count=1)
    if not wrong:
        return path
    target.write_bytes(content)
    return target
