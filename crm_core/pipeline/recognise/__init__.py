"""What a sheet is, and what each of its columns means."""

from crm_core.pipeline.recognise.links import Sheet, propose_all
from crm_core.pipeline.recognise.propose import propose

__all__ = ["Sheet", "propose", "propose_all"]
