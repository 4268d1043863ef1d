"""Reading a target's template: a model, or every mistake with its place in the file."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from crm_core.domain.problems import Problem, Refused
from crm_core.domain.target import Target
from crm_core.reference.lists import DATA
from crm_core.services.migration.meaning import mistakes
from crm_core.services.migration.places import Place, Places

FOLDER = DATA / "targets"
_LARGEST = 1_000_000
_DEEPEST = 12


class TemplateRefused(Refused):
    """A template with mistakes; nothing was written. `problems` names each with its line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].code, **problems[0].params)
        self.problems = problems


class Template:
    """A template that was read, with its text as it stands."""

    def __init__(self, text: str, target: Target) -> None:
        self.text = text
        self.target = target

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return sha256(self.text.encode()).hexdigest()


def shipped() -> dict[str, Path]:
    """The templates that come with the product, by the name of their file."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


def load(path: Path) -> Template:
    """Read a template file. Refused: template_missing, target_too_large; TemplateRefused."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused("template_too_large", file=path.name, limit=_LARGEST // 1000)
        content = path.read_bytes()
    except OSError as error:
        raise Refused("template_missing", file=str(path), reason=error.strerror) from error
    return read(content, path.name)


def read(content: bytes, file: str) -> Template:
    """Read a template. TemplateRefused names every mistake: file, line, what to do."""
    if len(content) > _LARGEST:
        raise Refused("template_too_large", file=file, limit=_LARGEST // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("template_not_text", file=file) from error
    places, found = _parsed(text, file)
    if not isinstance(found, dict):
        raise TemplateRefused([Problem("template_no_mapping", {"file": file, "line": 1})])
    try:
        target = Target.model_validate(found)
    except ValidationError as error:
        raise TemplateRefused([_said(one, places, file) for one in error.errors()]) from None
    if problems := list(_with_places(target, places, file)):
        raise TemplateRefused(problems)
    return Template(text, target)


def _parsed(text: str, file: str) -> tuple[Places, Any]:
    """The parsed text and where its parts stand; what would parse to something else is refused."""
    try:
        for token in yaml.scan(text):
            if isinstance(token, yaml.AliasToken):  # a few of them can stand for gigabytes
                line = token.start_mark.line + 1
                raise TemplateRefused([Problem("template_alias", {"file": file, "line": line})])
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        places = Places(node, _DEEPEST)
        if twice := places.twice:
            raise TemplateRefused([Problem("template_twice", {"file": file, **twice})])
        return places, yaml.safe_load(text)
    except RecursionError as error:
        raise TemplateRefused([Problem("template_too_deep", {"file": file})]) from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2024-13-45 is no day
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or str(error)
        params = {"file": file, "line": line, "reason": said}
        raise TemplateRefused([Problem("template_no_yaml", params)]) from error


def _with_places(target: Target, places: Places, file: str) -> Iterator[Problem]:
    for place, wrong in mistakes(target):
        line = places.line(place)
        yield Problem(wrong.code, {"file": file, "line": line, **wrong.params})


_KINDS = {"missing": "template_lacks", "extra_forbidden": "template_unknown_key"}


def _said(error: Any, places: Places, file: str) -> Problem:
    """A mistake that the model found, as a problem of ours."""
    place: Place = tuple(error["loc"])
    code = _KINDS.get(error["type"], "template_value")
    known = ", ".join(places.known(place[:-1], Target)) if code == "template_unknown_key" else ""
    params = {
        "file": file,
        "line": places.line(place),
        "place": places.written(place),
        "key": place[-1] if place else "",
        "value": _short(error.get("input")),
        "known": known,
        "expected": _expected(error),
    }
    return Problem(code, params)


def _expected(error: Any) -> str:
    context = error.get("ctx") or {}
    limits = ("expected", "pattern", "ge", "le", "max_length", "min_length")
    found = [f"{name} {context[name]}" for name in limits if name in context]
    if "expected" in context:
        return str(context["expected"])
    return ", ".join(found) or str(error["type"]).removesuffix("_type").removesuffix("_parsing")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
