"""PDF files by typst: a template, and what it says as JSON, so that no text is ever markup."""

from pathlib import Path
from typing import Any

import simplejson

FAMILIES = ["Noto Sans SC", "Noto Sans CJK SC", "Libertinus Serif"]
"""The first is shipped, with Latin letters of its own; the others have what it lacks."""


def typeset(template: Path, said: dict[str, Any]) -> bytes:
    """What the template makes of it, as a PDF file; the fonts are added."""
    import typst  # large, and only documents need it

    document = simplejson.dumps({**said, "fonts": FAMILIES}, ensure_ascii=False)
    made = typst.compile(
        str(template),
        font_paths=[_fonts()],
        sys_inputs={"document": document},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def _fonts() -> str:
    from pylopdf_fonts_zh_cn import sans_path

    return str(Path(sans_path()).parent)
