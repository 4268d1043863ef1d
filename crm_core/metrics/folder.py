"""Where the .sql files of metrics, and of what they read, lie."""

from pathlib import Path

FOLDER = Path(__file__).parent
