"""How much one file may cost, and the operating system's means of holding it to that."""

from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there.
    resource = None  # type: ignore[assignment]

GIB = 1 << 30


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
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
