"""Reading a target's template: a model, or every mistake with its place in the file."""

from hashlib import sha256
from pathlib import Path

from crm_core.domain.target import Target
from crm_core.reference.lists import DATA
from crm_core.reference.yaml_models import content_of, read_model
from crm_core.services.migration.meaning import mistakes

FOLDER = DATA / "targets"


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
    """Read a template file. Refused as `yaml_models` says."""
    return read(content_of(path), path.name)


def read(content: bytes, file: str) -> Template:
    """Read a template. FileRefused names every mistake: file, line, what to do."""
    target, text = read_model(content, file, Target, mistakes)
    return Template(text, target)
