"""How much one file may cost, and the operating system's means of holding it to that."""

from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there.
    resource = None  # type: ignore[assignment]

GIB = 1 << 30
# What reading may take whatever a file's size: the libraries, and a sheet that is nearly sparse.
# It counts what is reserved, which is some 40 MB more than what is held.
_ANY_FILE = 480 << 20


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


def hold_memory_to(most: int) -> None:
    """Set how much this process may hold; another file may raise it again."""
    if resource is not None and hasattr(resource, "RLIMIT_DATA"):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (_at_most(most, hard), hard))


def hold_this_process_to(limits: Limits) -> None:
    """Set the limits on the calling process; they cannot be raised again."""
    if resource is None:
        return
    seconds = int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds * 4),  # all threads together; the parent keeps the clock
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.output_size),
    ):
        most = _at_most(most, resource.getrlimit(kind)[1])
        resource.setrlimit(kind, (most, most))


def _at_most(most: int, hard: int) -> int:
    """The limit that may be set where the system's own is `hard`."""
    return most if hard == resource.RLIM_INFINITY else min(most, hard)
