"""The mail server and the group chat that tests of messages listen with."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "outbox"))

from listeners import chat, post

__all__ = ["chat", "post"]
