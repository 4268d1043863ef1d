"""The layouts of typical_exports.yaml."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Export(BaseModel):
    """Made-up rows in the layout of a system's export, and what they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sheet: str | None = None
    entity: str
    text: str
    fields: dict[str, str]
    extras: tuple[str, ...] = ()


EXPORTS = [
    Export.model_validate(one)
    for one in yaml.safe_load(
        Path(__file__).with_name("typical_exports.yaml").read_text(encoding="utf-8")
    )
]
