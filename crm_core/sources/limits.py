"""How much one file may cost, and the operating system's means of holding it to that."""

from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there.
    resource = None  # type: ignore[assignment]

GIB = 1 << 30
# What reading may take whatever a file's size: the libraries, and a sheet that is nearly sparse.
# It counts what is reserved, which is some 40 MB more than what is held.
_ANY_FILE = 480 << 20
# Processor time for any file and for each megabyte of it: twice what lines take of which every
# second one is ragged. A packed file is taken for a tenth of its size; one that hides hours in
# a few kilobytes ends early.
_SECONDS, _SECONDS_A_MEGABYTE, _UNPACKED = 10, 4, 10
_PACKED = b"PK"


@dataclass(frozen=True)
class Limits:
    """The most that reading one file may take: time in seconds, sizes in bytes."""

    seconds: float = 300
    memory: int = 4 * GIB
    file_size: int = 2 * GIB
    unpacked_size: int = 2 * GIB
    unpacked_ratio: int = 200
    output_size: int = 8 * GIB
    columns: int = 4000
    parts: int = 200
    tables: int = 200
    by_size: bool = False
    """Whether no more memory may be taken than a file of its size needs, where that can be said:
    what DuckDB reserves for columns by the thousand says nothing of what it takes."""


def memory_for(size: int, times: int, limits: Limits) -> int:
    """The most memory for a file of so many bytes unpacked, where each may take `times` as many."""
    return min(limits.memory, _ANY_FILE + times * size)


def processor_seconds(path: Path, limits: Limits) -> int:
    """The most processor time for a file, of all threads together.

    It does not hang on what else the machine does; that an answer comes in time is kept by the
    parent's clock.
    """
    size = path.stat().st_size / 1e6 if path.is_file() else 0
    if size:
        with path.open("rb") as stream:
            size *= _UNPACKED if stream.read(len(_PACKED)) == _PACKED else 1
    return int(min(_SECONDS + _SECONDS_A_MEGABYTE * size, 4 * limits.seconds)) + 1


def hold_memory_to(most: int) -> None:
    """Set how much this process may hold; another file may raise it again.

    What readers of other files of an archive have reserved and do not hold is beside it: it
    serves nobody else.
    """
    if resource is not None and hasattr(resource, "RLIMIT_DATA"):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (_at_most(most + _idle(), hard), hard))


def _idle() -> int:
    """Bytes that this process has reserved and does not hold; 0 where no system tells."""
    try:
        pages = Path("/proc/self/statm").read_text().split()
    except OSError:
        return 0
    held, reserved = int(pages[1]), int(pages[5])
    return max(reserved - held, 0) * resource.getpagesize()


def hold_this_process_to(limits: Limits, seconds: int) -> None:
    """Set the limits on the calling process, for good; `seconds` of processor time."""
    if resource is None:
        return
    for kind, most, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        # The signal of the lower one says that it was time; at the other the process is killed.
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_FSIZE, limits.output_size, limits.output_size),
    ):
        hard = _at_most(hard, resource.getrlimit(kind)[1])
        resource.setrlimit(kind, (_at_most(most, hard), hard))


def _at_most(most: int, hard: int) -> int:
    """The limit that may be set where the system's own is `hard`."""
    return most if hard == resource.RLIM_INFINITY else min(most, hard)
