"""Coverage-guided fuzzing of one reader: whatever the bytes, there is an answer.

    python fuzz/reader.py NAME SECONDS

NAME is one of seeds.SEEDS. Runs in this process; what is found stays in a file beside the report of
atheris and ends the run with a status other than 0.
"""

import io
import random
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["crm_core"]):
    from crm_core.sources import (  # noqa: F401 - imported to be instrumented
        access,
        archive,
        careful,
        columnar,
        delimited,
        errors,
        several,
        structured,
        webpage,
        workbook,
        xmlsheet,
    )
    from crm_core.sources.__main__ import answer
    from crm_core.sources.limits import Limits

from seeds import SEEDS

LIMITS = Limits(unpacked_size=4 << 20, columns=500)
SLOW, MEGABYTES = 120, 4096
BROKEN = 0.1
"""How many mutants of an archive are mutated as they are, not part by part."""


class Reader:
    """One fuzzed file after the other under the same name."""

    def __init__(self, name: str, folder: Path) -> None:
        self._path = folder / name

    def __call__(self, content: bytes) -> None:
        self._path.write_bytes(content)
        with tempfile.TemporaryDirectory() as folder:
            said = answer(self._path, Path(folder), LIMITS)
        assert ("problem" in said) != bool(said.get("tables")), said


def inside(content: bytes, most: int, seed: int) -> bytes:
    """One part of an archive mutated and all packed again: else no sum of a part would be right."""
    chance = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: archive.read(part) for part in archive.infolist()}
    except Exception:  # noqa: BLE001 - not an archive any more, or never a whole one
        return bytes(atheris.Mutate(content, most))
    if not parts or chance.random() < BROKEN:
        return bytes(atheris.Mutate(content, most))
    name = chance.choice(sorted(parts))
    parts[name] = atheris.Mutate(parts[name], max(len(parts[name]) * 2, 64))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, kept in parts.items():
            archive.writestr(part, kept)
    return out.getvalue()


def main() -> None:
    """Fuzz until the time is over."""
    reader, seconds = sys.argv[1], sys.argv[2]
    name, seeds = SEEDS[reader]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed)
        how = {"custom_mutator": inside} if zipfile.is_zipfile(io.BytesIO(seeds[0])) else {}
        limits = [f"-timeout={SLOW}", f"-rss_limit_mb={MEGABYTES}", "-max_len=65536"]
        options = [f"-max_total_time={seconds}", "-print_final_stats=1", *limits]
        prefix = f"-artifact_prefix={tempfile.gettempdir()}/fuzz-{reader}-"
        atheris.Setup(
            [sys.argv[0], *options, prefix, str(corpus)], Reader(name, Path(folder)), **how
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
