"""Where the parts of a YAML text stand, so that a mistake can be told with its line."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

Place = tuple[str | int, ...]
"""Keys and positions (from 0) that lead from the top to a part."""


class Places:
    """The lines of every part of a composed YAML text."""

    def __init__(self, node: yaml.Node | None, deepest: int) -> None:
        """RecursionError where parts are nested deeper than `deepest`."""
        self._lines: dict[Place, int] = {(): 1}
        self.twice: dict[str, object] | None = None
        """A key that stands twice in one place: {"line", "key"}."""
        if node is not None:
            self._walk(node, (), deepest)

    def at(self, place: Place) -> dict[str, object]:
        """The line of the part, or of what holds it where the part is not there."""
        while place not in self._lines:
            place = place[:-1]
        return {"line": self._lines[place]}

    @staticmethod
    def written(place: Place) -> str:
        """The way to the part for a reader: tables[2].columns[1].name, counted from 1."""
        text = ""
        for step in place:
            text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
        return text.removeprefix(".")

    @staticmethod
    def known(place: Place, model: type[BaseModel]) -> list[str]:
        """The keys that may stand at a place of the model."""
        at: Any = model
        for step in place:
            models = list(_models(at))
            if isinstance(step, str) and models:
                at = _by_key(models[0]).get(step, at)
        models = list(_models(at))
        return list(_by_key(models[0])) if models else []

    def _walk(self, node: yaml.Node, place: Place, left: int) -> None:
        if left < 0:
            raise RecursionError
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._note(key, value, place, left)
        elif isinstance(node, yaml.SequenceNode):
            for at, item in enumerate(node.value):
                self._lines[(*place, at)] = item.start_mark.line + 1
                self._walk(item, (*place, at), left - 1)

    def _note(self, key: yaml.Node, value: yaml.Node, place: Place, left: int) -> None:
        here = (*place, str(key.value))
        if here in self._lines and self.twice is None:
            self.twice = {"line": key.start_mark.line + 1, "key": str(key.value)}
        self._lines[here] = key.start_mark.line + 1
        self._walk(value, here, left - 1)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation such as tuple[Table, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, Union, UnionType):
        for part in get_args(annotation):
            yield from _models(part)


def _by_key(model: type[BaseModel]) -> dict[str, Any]:
    """Key as the file writes it -> annotation."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}
