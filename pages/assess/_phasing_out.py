"""What is being phased out, in the reader's words."""

from collections.abc import Sequence

from pages._ui import session


def served(titles: Sequence[str]) -> str:
    """That a row serves nothing but these, which are all phasing out; "" for none."""
    if not titles:
        return ""
    named = session.formats().listing(titles)
    return session.texts().text("serves what is being phased out: {served}", served=named)
