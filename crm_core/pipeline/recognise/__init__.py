"""What a sheet is, and what each of its columns means."""

from crm_core.pipeline.recognise.links import propose_all
from crm_core.pipeline.recognise.locate import NO_HEADER, Line, first_lines
from crm_core.pipeline.recognise.propose import propose
from crm_core.pipeline.recognise.sheet import Sheet

__all__ = ["NO_HEADER", "Line", "Sheet", "first_lines", "propose", "propose_all"]
