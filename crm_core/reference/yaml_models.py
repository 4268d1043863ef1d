"""Files that people write: a model of one, or every mistake with its place in the file."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from crm_core.domain.problems import FileRefused, Problem, Refused, Wrong
from crm_core.reference.places_in_yaml import Place, Places

Model = TypeVar("Model", bound=BaseModel)
Mistakes = Callable[[Model], Iterable[tuple[Place, Wrong]]]

LARGEST = 1_000_000
"""Bytes of a file that a person writes."""
_DEEPEST = 12
_LIMITS = ("pattern", "ge", "gt", "le", "max_length", "min_length")
_QUOTED = re.compile("'([^']*)'")
_KINDS = {"missing": "yaml_lacks", "extra_forbidden": "yaml_unknown_key"}


class Located(Protocol):
    """Where the parts of a model stand in its file."""

    def at(self, place: Place) -> dict[str, object]:
        """What says where the part is, or what holds it: a line, or sheet, row and column."""

    def written(self, place: Place) -> str:
        """The way to the part for a reader."""

    def known(self, place: Place, model: type[BaseModel], /) -> list[str]:
        """What may stand at a place of the model."""


def content_of(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file. Refused: yaml_missing, yaml_too_large."""
    try:
        if path.stat().st_size > largest:
            raise Refused("yaml_too_large", file=path.name, limit=largest // 1000)
        return path.read_bytes()
    except OSError as error:
        raise Refused("yaml_missing", file=str(path), reason=error.strerror) from error


def read_model(
    content: bytes,
    file: str,
    model: type[Model],
    mistakes: Mistakes[Model],
    largest: int = LARGEST,
) -> tuple[Model, str]:
    """The model that the content says, and its text.

    `mistakes` tells what does not fit together in it, by place. Refused: yaml_too_large,
    yaml_not_text; FileRefused names every mistake: file, line, what to do.
    """
    if len(content) > largest:
        raise Refused("yaml_too_large", file=file, limit=largest // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("yaml_not_text", file=file) from error
    places, found = _parsed(text, file)
    if not isinstance(found, dict):
        known = ", ".join(places.known((), model))
        raise FileRefused([Problem("yaml_no_mapping", {"file": file, "line": 1, "known": known})])
    return made_of(found, places, file, model, mistakes), text


def made_of(
    found: object, places: Located, file: str, model: type[Model], mistakes: Mistakes[Model]
) -> Model:
    """The model that was found in a file. FileRefused names every mistake with its place."""
    try:
        made = model.model_validate(found)
    except ValidationError as error:
        found_wrong = _own(error.errors())
        raise FileRefused([_said(one, places, file, model) for one in found_wrong]) from None
    problems = [
        Problem(wrong.code, {"file": file, **places.at(place), **wrong.params})
        for place, wrong in mistakes(made)
    ]
    if problems:
        raise FileRefused(problems)
    return made


def _own(errors: Sequence[Any]) -> list[Any]:
    """The mistakes but those that only follow from one inside: a list is no shorter than it was
    because a part of it cannot be read."""
    places = [one["loc"] for one in errors]
    return [
        one
        for one in errors
        if one["type"] != "too_short"
        or not any(place[: len(one["loc"])] == one["loc"] != place for place in places)
    ]


def _parsed(text: str, file: str) -> tuple[Places, Any]:
    """The parsed text and where its parts stand; what would parse to something else is refused."""
    try:
        _require_harmless(text, file)
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
        places = Places(node, _DEEPEST)
        if twice := places.twice:
            raise FileRefused([Problem("yaml_twice", {"file": file, **twice})])
        return places, loader.construct_document(node) if node else None
    except RecursionError as error:
        raise FileRefused([Problem("yaml_too_deep", {"file": file})]) from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2024-13-45 is no day
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or str(error)
        params = {"file": file, "line": line, "reason": said}
        raise FileRefused([Problem("yaml_none", params)]) from error


def _require_harmless(text: str, file: str) -> None:
    """A few aliases can stand for gigabytes, and what is nested deeply takes hours to parse."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise FileRefused([Problem("yaml_alias", {"file": file, "line": line})])
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise RecursionError


def _said(error: Any, places: Located, file: str, model: type[BaseModel]) -> Problem:
    """A mistake that the model found, as a problem of ours."""
    place: Place = tuple(error["loc"])
    code = _KINDS.get(error["type"], "yaml_value")
    known = ", ".join(places.known(place[:-1], model)) if code == "yaml_unknown_key" else ""
    params = {
        "file": file,
        **places.at(place),
        "place": places.written(place),
        "key": place[-1] if place else "",
        "value": _short(error.get("input")),
        "known": known,
        **_expected(error),
    }
    return Problem(code, params)


def _expected(error: Any) -> dict[str, object]:
    """What would be right: a code, and the limit that it speaks of."""
    context = error.get("ctx") or {}
    if said := str(context.get("expected", "")):
        return {"expected": "one_of", "limit": ", ".join(_QUOTED.findall(said)) or said}
    kind = str(error["type"]).removesuffix("_type").removesuffix("_parsing")
    code = next((name for name in _LIMITS if name in context), kind)
    return {"expected": code, "limit": context.get(code)}


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
