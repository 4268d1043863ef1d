"""Import: files in, a proposal to correct, a load with a result per file."""

from crm_core.services.imports import jobs
from crm_core.services.imports.jobs import State
from pages._ui import session, workspace
from pages._ui.head import page_head
from pages.data import _acting, _begin, _progress, _proposal, _result

text = session.texts().text

page_head(
    text("Import"),
    text("Drop your exports as they are. You see what they are taken for before anything is kept."),
)
_acting.show_problem()
own = workspace.company() == "own"
job = jobs.current(workspace.store(), workspace.actor()) if own else None
if job is None:
    _begin.show()
elif job.busy:
    _progress.show(job)
elif job.state is State.PROPOSED:
    _proposal.show(job)
elif job.state is State.DONE:
    _result.show_import(job)
else:
    _begin.show_failed(job)
