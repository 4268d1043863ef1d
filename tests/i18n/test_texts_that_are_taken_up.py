"""Texts stand where the tool that collects them for translation sees them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASKED = {"text", "plural", "mark", "word"}


def test_no_text_is_asked_for_inside_an_f_string_where_it_would_stay_english() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("crm_core", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and _name(call) in ASKED and _is_written(call)
    ]
    assert hidden == []


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_written(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant)
