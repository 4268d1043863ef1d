"""What people type is shown as text on every page that shows it, never as markup."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import HOSTILE, row_of
from own_store import ROOT, Open, open_own
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.reference.registers import registers
from crm_core.services import registers as kept
from crm_core.services import stores
from crm_core.services.registers import Write
from crm_core.services.registers.comments import comment
from crm_core.store import Store
from pages._ui.register import places

__all__ = ["open_own"]

ACTING = re.compile(r"(?<!\\)(<script|<img|\[x\]\(|\$\\frac|:material/home:|:red\[|\*\*bold|`code)")
"""How the texts begin that Markdown would obey; after a backslash it does not."""
TAGS = re.compile(r"<(script|img)")
"""What HTML would obey: in its text Markdown's signs are but signs."""
PLAIN = {"arrow_data_frame", "graphviz_chart", "plotly_chart", "text_area", "json"}
"""What shows texts as they are."""
VIEWS = {
    "goals": ("lines",),
    "pain-points": ("hurts", "value", "repeats"),
    "applications": ("data",),
    "it-windows": ("calendar",),
    "red-flags": ("rules",),
}


@pytest.fixture(scope="module")
def typed(closed_store: Callable[..., tuple[Path, None]]) -> Path:
    """A closed store, every register full of such texts, with an id and a comment like it."""
    return closed_store(fill)[0].parent


@pytest.fixture
def store(open_own: Open, typed: Path, tmp_path: Path) -> Store:  # noqa: ARG001
    shutil.copytree(typed, tmp_path, dirs_exist_ok=True)
    return holding.hold(stores.own_path())


def fill(store: Store) -> None:
    for name, register in registers().items():
        rows = [Write(None, row_of(register, text)) for text in HOSTILE]
        named = Write(":material/home: **bold** [x](y)", row_of(register, HOSTILE[0]))
        kept.write(store, LOCAL, name, [*rows, named])
    for text in HOSTILE:
        comment(store, LOCAL, "goal", "G-3", text, "https://example.com/[x](y)?**bold**")


def markdown_of(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every text of a page that is read as Markdown, with what it stands in: bodies, labels, helps,
    the heads of dialogs and the choices of radio buttons."""
    for node in (app.main, app.sidebar, *app._tree.children.values()):
        for part in walk(node):
            kind, proto = part.type, getattr(part, "proto", None)
            if proto is None or kind in PLAIN:
                continue
            for name in ("body", "label", "help", "title"):
                if isinstance(said := getattr(proto, name, None), str):
                    yield f"{kind}.{name}", said
            if kind == "radio":
                yield from (("radio.option", said) for said in proto.options)
            for inner in ("dialog", "expandable", "popover", "tab"):
                block = getattr(proto, inner, None)
                for name in ("title", "label"):
                    if isinstance(said := getattr(block, name, None), str):
                        yield f"{inner}.{name}", said


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from walk(child)


def obeyed(app: AppTest) -> list[tuple[str, str]]:
    found = list(dict.fromkeys(markdown_of(app)))
    assert found
    read = {True: TAGS, False: ACTING}
    return [(where, said) for where, said in found if read[where == "html.body"].search(said)]


def page_of(name: str) -> tuple[str, dict[str, str]]:
    """The page file and address of a register's list."""
    path, _, _ = places.address(name, "x").partition("?")
    page = "further_lists" if path == "lists" else path.replace("-", "_")
    [file] = ROOT.glob(f"pages/*/{page}.py")
    return file.relative_to(ROOT).as_posix(), {"list": name} if path == "lists" else {}


@pytest.mark.parametrize("name", registers())
def test_no_register_obeys_what_stands_in_its_rows(open_own: Open, store: Store, name: str) -> None:
    page, address = page_of(name)
    assert obeyed(open_own("en", page, **address)) == []
    rows, _ = kept.listed(store, LOCAL, name)
    for one in (rows[0], rows[-1]):
        assert obeyed(open_own("zh", page, item=one.id, **address)) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("path", VIEWS)
def test_no_view_of_a_register_obeys_what_stands_in_its_rows(open_own: Open, path: str) -> None:
    for view in VIEWS[path]:
        app = open_own("en", f"pages/assess/{path.replace('-', '_')}.py", view=view)
        assert view in [one.value for one in app.button_group]
        assert obeyed(app) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("view", ["Comments", "Links", "History"])
def test_what_stands_beside_a_row_obeys_nothing_either(open_own: Open, view: str) -> None:
    app = open_own("en", "pages/assess/goals.py", item="G-3")
    next(one for one in app.button_group if view in one.options).set_value(view).run()
    assert not app.exception
    assert obeyed(app) == []


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("page", ["assess/cross_check", "admin/audit"])
def test_pages_about_all_registers_obey_nothing(open_own: Open, page: str) -> None:
    assert obeyed(open_own("en", f"pages/{page}.py")) == []
