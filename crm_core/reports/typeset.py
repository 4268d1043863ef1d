"""PDF files and pictures by typst: a template, and what it says as JSON, so that no text is ever
markup."""

from pathlib import Path
from typing import Any, Literal

import simplejson

FAMILIES = ["Noto Sans SC", "Noto Sans CJK SC", "Libertinus Serif"]
"""The first is shipped, with Latin letters of its own; the others have what it lacks."""


_PER_INCH = 144.0
"""Dots of a picture: a page that is 420 mm wide has 2,381 of them."""


def typeset(
    template: Path, said: dict[str, Any], form: Literal["pdf", "svg", "png"] = "pdf"
) -> bytes:
    """What the template makes of it, as a PDF file or a picture of its one page; the fonts are
    added. Letters of a picture are drawn, so that they look the same everywhere."""
    import typst  # large, and only documents need it

    document = simplejson.dumps({**said, "fonts": FAMILIES}, ensure_ascii=False)
    made = typst.compile(
        str(template),
        font_paths=[_fonts()],
        sys_inputs={"document": document},
        format=form,
        ppi=_PER_INCH,
    )
    assert isinstance(made, bytes)
    return made


def _fonts() -> str:
    from pylopdf_fonts_zh_cn import sans_path

    return str(Path(sans_path()).parent)
