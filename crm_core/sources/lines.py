"""Physical lines of a text one by one: none without end, and runs of blank ones at once."""

from collections import deque
from collections.abc import Iterator
from io import StringIO
from typing import TextIO

from crm_core.domain.problems import Refused
from crm_core.sources.shape import END

# Of characters. A table's widest line is far shorter; a gigabyte without a line end is no table.
LONGEST_LINE = 40_000_000
_BLOCK = 1 << 16
_ENDS = "\r\n"


def lines_of(stream: TextIO) -> Iterator[str]:
    """The lines with their ends; Refused("line_too_long") before one is all in memory."""
    read, most = stream.readline, LONGEST_LINE
    for number, line in enumerate(iter(lambda: read(most), ""), 1):
        if len(line) == most:
            raise Refused("line_too_long", line=number, limit=most)
        yield line


class Feed:
    """Lines one after the other and then END, with a way back to the start of the record."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines = lines_of(stream)
        self._again: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        again, lines, take = self._again, self._lines, self._taken.append
        while True:
            line = again.popleft() if again else next(lines, END)
            take(line)
            yield line
            if line is END:
                return

    def taken(self) -> list[str]:
        """The lines handed out since the last call."""
        taken = self._taken[:]
        self._taken.clear()
        return taken

    def peek(self) -> str:
        """The line that comes next, without taking it; the end stays the end."""
        if not self._again:
            self._again.append(next(self._lines, END))
        return self._again[0]

    def skip(self, lines: list[str]) -> None:
        """Take lines that were given back."""
        for _ in lines:
            self._again.popleft()

    def give_back(self, lines: list[str]) -> None:
        """Hand these out again."""
        self._again.extendleft(reversed(lines))

    def blank_lines(self) -> int:
        """Take the blank lines that come next; how many they are."""
        found = 0
        while self._again and not self._again[0].strip(_ENDS):
            self._again.popleft()
            found += 1
        while not self._again and (block := self._stream.read(_BLOCK)):
            if block[-1] == "\r":
                block += self._stream.read(1)
            rest = block.lstrip(_ENDS)
            found += _ends(block[: len(block) - len(rest)])
            if rest:
                whole = rest + self._stream.readline(LONGEST_LINE)
                self._again.extend(StringIO(whole, newline=""))
        return found


def _ends(blank: str) -> int:
    """How many lines end in a text of nothing but line ends."""
    return blank.count("\n") + blank.count("\r") - blank.count("\r\n")
