"""The product's sign: a dial, with the name beside it."""

from html import escape

_DIAL = (
    '<path d="M5 22a11 11 0 1 1 22 0" fill="none" stroke="#2f7fae" stroke-width="3"'
    ' stroke-linecap="round"/>'
    '<path d="M16 22 21.5 13" stroke="#d9822b" stroke-width="3" stroke-linecap="round"/>'
    '<circle cx="16" cy="22" r="2.6" fill="#d9822b"/>'
)
_FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
_INK = "#4a86ad"
_WIDE = 20
_NARROW = 12.5

ICON = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{_DIAL}</svg>'


def logo(name: str) -> str:
    """The sign with the product's name, as SVG, in a tone that reads on light and dark ground."""
    width = 44 + sum(_WIDE if ord(letter) > 0x2E80 else _NARROW for letter in name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 32" height="32">{_DIAL}'
        f'<text x="38" y="22.5" font-family="{_FONT}" font-size="18" font-weight="600"'
        f' fill="{_INK}">{escape(name)}</text></svg>'
    )
