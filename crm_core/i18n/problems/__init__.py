"""What each problem code says: what happened, what was kept, what to do next; a module a room.

A sentence never repeats the file's name where the caller already shows it as a heading; `{file}`,
`{line}`, `{column}` and `{value}` are there for problems that are listed on their own. `{table}` is
the file, with its sheet where it has one; `{rows}` are the rows of the `entity`.
"""

from crm_core.i18n.catalogue import mark
from crm_core.i18n.problems.checklists import CHECKLISTS
from crm_core.i18n.problems.feeds import FEEDS
from crm_core.i18n.problems.figures import FIGURES
from crm_core.i18n.problems.files import FILES
from crm_core.i18n.problems.flags import FLAGS
from crm_core.i18n.problems.imports import IMPORTS
from crm_core.i18n.problems.matching import MATCHING
from crm_core.i18n.problems.messages import MESSAGES
from crm_core.i18n.problems.migration import MIGRATION
from crm_core.i18n.problems.planning import PLANNING
from crm_core.i18n.problems.processes import PROCESSES
from crm_core.i18n.problems.program import PROGRAM
from crm_core.i18n.problems.registers import REGISTERS
from crm_core.i18n.problems.store import STORE
from crm_core.i18n.problems.targets import TARGETS
from crm_core.i18n.problems.worklist import WORKLIST
from crm_core.i18n.problems.yaml_files import YAML_FILES

UNKNOWN = mark("This could not be done. Please tell your administrator: {code} ({detail})")

SHEET = mark("sheet {sheet} of {file}")
LINE = mark("{file}, line {line}")
ROW = mark("{file}, line {row}, column {column}")
CELL = mark("{file}, sheet {sheet}, row {row}, column {column}")

TEMPLATES: dict[str, str] = {
    **STORE,
    **FILES,
    **IMPORTS,
    **WORKLIST,
    **MATCHING,
    **TARGETS,
    **YAML_FILES,
    **MIGRATION,
    **FIGURES,
    **FEEDS,
    **REGISTERS,
    **CHECKLISTS,
    **FLAGS,
    **PROCESSES,
    **PLANNING,
    **MESSAGES,
    **PROGRAM,
}
