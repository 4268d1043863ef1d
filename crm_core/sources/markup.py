"""Markup parsed as it comes, so that no file of it is held whole."""

from collections.abc import Iterable, Iterator

from lxml import etree

Event = tuple[str, etree._Element]
"""start or end, and the element."""


def events(parser: etree._FeedParser, pieces: Iterable[str]) -> Iterator[Event]:
    """What the pull parser, told that it is given UTF-8, finds in a text of these pieces."""
    for piece in pieces:
        parser.feed(piece.encode())
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def free(row: etree._Element) -> None:
    """Give back the memory of a row that has ended, and of those before it."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]
