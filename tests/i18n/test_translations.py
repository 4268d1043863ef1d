"""The catalogues hold every text of the product, in both languages, and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from crm_core.domain.problems import Problem
from crm_core.i18n import LANGUAGES, Texts
from crm_core.i18n.catalogue import catalogue_file
from crm_core.i18n.problems import TEMPLATES

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = {
    "messages": {"text": None, "mark": None, "plural": (1, 2)},
    "streamlit": {"word": None},
}
HOLE = re.compile(r"\{(\w+)\}")
RAISED_BY = {"Refused", "Problem", "_problem"}


def msgids(domain: str) -> set[str]:
    """Every text that the code shows, found the way `pybabel extract` finds it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as source:
        mapping, options = parse_mapping_cfg(source)
    found = extract_from_dir(
        ROOT,
        mapping,
        options,
        keywords=DOMAINS[domain],
        directory_filter=lambda folder: not Path(folder).name.startswith((".", "__")),
    )
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def catalogue(language: str, domain: str) -> dict[str, object]:
    with catalogue_file(language, domain).open("rb") as source:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: message
            for message in read_po(source)
            if message.id
        }


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
class TestCatalogue:
    def test_every_text_of_the_code_is_translated(self, language: str, domain: str) -> None:
        assert msgids(domain) - set(catalogue(language, domain)) == set()

    def test_no_translation_outlives_its_text(self, language: str, domain: str) -> None:
        assert set(catalogue(language, domain)) - msgids(domain) == set()

    def test_no_translation_is_empty_or_unsure(self, language: str, domain: str) -> None:
        unfinished = [
            msgid
            for msgid, message in catalogue(language, domain).items()
            if message.fuzzy or not all(_forms(message.string))
        ]
        assert unfinished == []

    def test_a_translation_fills_in_what_its_text_fills_in(
        self, language: str, domain: str
    ) -> None:
        differing = [
            msgid
            for msgid, message in catalogue(language, domain).items()
            for form in _forms(message.string)
            if set(HOLE.findall(form)) not in [set(HOLE.findall(one)) for one in _forms(message.id)]
        ]
        assert differing == []


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """(code, place, parameters if they can be read) of every problem made in the core."""
    for path in sorted((ROOT / "crm_core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in RAISED_BY:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, f"{path.relative_to(ROOT)}:{node.lineno}", _given(node)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _given(call: ast.Call) -> set[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    if len(call.args) > 1:
        literal = call.args[1]
        if not isinstance(literal, ast.Dict):
            return None
        names |= {key.value if isinstance(key, ast.Constant) else None for key in literal.keys}
    return None if None in names else {name for name in names if name}


def test_every_problem_that_the_core_can_name_has_a_text() -> None:
    untold = {f"{code} ({place})" for code, place, _ in raised() if code not in TEMPLATES}
    assert untold == set()


def test_a_problem_is_always_given_what_its_text_fills_in() -> None:
    # Whoever lists files adds the file's name to the problem of one; where in it is made of its
    # line, or of its row.
    missing = {
        f"{place}: {code} lacks {sorted(lacking)}"
        for code, place, given in raised()
        if given is not None
        and (
            lacking := set(HOLE.findall(TEMPLATES.get(code, "")))
            - given
            - ({"file", "where"} if given & {"line", "row"} else {"file"})
        )
    }
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_without_a_text_is_still_a_sentence(language: str) -> None:
    sentence = Texts(language).problem(Problem("brand_new", {"line": 7}))
    assert "brand_new" in sentence
    assert "line: 7" in sentence
