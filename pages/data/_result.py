"""What became of a load: a line per table, each problem in a sentence, repairs, and the ways on."""

from collections.abc import Sequence
from functools import partial
from operator import itemgetter

import pandas as pd
import streamlit as st

from crm_core.pipeline.judge import Warned
from crm_core.services import matching
from crm_core.services.imports import Arrivals, FileResult, fates, jobs
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.merging import MERGED
from pages._ui import filters, links, session, workspace
from pages._ui import import_words as words
from pages._ui.downloads import download_button
from pages._ui.fates import sum_columns
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting

RULES = "pages/data/rules.py"
DUPLICATES = "pages/data/duplicates.py"
_MOST_REPAIRS = 500


def show_import(job: ImportJob) -> None:
    """The result of the import that was just made."""
    assert job.result
    texts, result = session.texts(), job.result
    if result.batch is None:
        st.warning(plain(texts.text("Nothing was loaded.")), icon=":material/info:")
    else:
        said = texts.text(
            "Load no. {batch} is done: {rows}.", batch=result.batch, rows=_brought(result.files)
        )
        st.success(plain(said), icon=":material/check_circle:")
    if job.problem:
        problem_box(job.problem)
    _arrivals(result.arrivals)
    _never_matched(result.files)
    show_files(result.files)
    with st.container(horizontal=True, vertical_alignment="center"):
        if result.batch is not None:
            ways_on(result.batch, sum(file.quarantined for file in result.files))
            download(result.batch)
        st.button(
            texts.text("Import more"),
            icon=":material/add:",
            key="import-more",
            on_click=_acting.attempt,
            args=(_more,),
        )


def _brought(files: Sequence[FileResult]) -> str:
    """How many rows are new and how many changed, or that nothing is."""
    texts = session.texts()
    new, changed = sum(one.loaded for one in files), sum(one.updated for one in files)
    said = [
        new and texts.plural("{n} new row", "{n} new rows", new),
        changed and texts.plural("{n} changed row", "{n} changed rows", changed),
    ]
    told = [one for one in said if one]
    return session.formats().listing(told) if told else texts.text("nothing in it is new")


def _arrivals(found: Arrivals | None) -> None:
    """What matching made of the records that came, with the way to those that wait."""
    if found is None:
        return
    if found.problem:
        st.warning(plain(session.problem(found.problem)), icon=":material/join:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/join: {plain(words.arrivals(found))}")
        waiting = next((entity for entity, pairs in found.review.items() if pairs), None)
        if waiting:
            label = session.texts().text("Decide them")
            links.page_link(DUPLICATES, label, ":material/arrow_forward:", entity=waiting)


def _never_matched(files: Sequence[FileResult]) -> None:
    """That nobody has looked for the duplicates of what came, and where that is done."""
    came = {file.entity for file in files if file.loaded}.union(*(file.derived for file in files))
    for entity in (one for one in MERGED if one in came):
        if not matching.was_matched(workspace.store(), workspace.actor(), entity):
            text = session.texts().text
            said = text(
                "Nobody has looked for duplicates among your {entities} yet: who is there twice "
                "counts twice.",
                entities=words.entity(entity).lower(),
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":material/join: {plain(said)}")
                label = text("Find duplicates")
                links.page_link(DUPLICATES, label, ":material/arrow_forward:", entity=entity)


def _more() -> None:
    jobs.discard(workspace.store(), workspace.actor())
    filters.clear("sheet")


def show_files(files: Sequence[FileResult]) -> None:
    """The table, the problems and the repairs of a load."""
    for file in files:
        if file.problem:
            said = words.of_file(words.name_of(file), file.problem)
            st.error(plain(said), icon=":material/error:")
    text = session.texts().text
    rows = pd.DataFrame([_row(file) for file in files])
    heads = [
        Column("file", text("File")),
        Column("entity", text("Holds")),
        *sum_columns(),
        Column("derived", text("Also created"), width="medium"),
    ]
    table(rows, heads, key="import-files", height="auto" if len(rows) < 12 else 440)
    _notes(files)
    _repeats(files)
    show_warnings([(words.name_of(file), file.entity, file.warnings) for file in files])
    repairs(files)


def _notes(files: Sequence[FileResult]) -> None:
    """What was not as it should be in a file and was read all the same."""
    for file in files:
        for note in file.notes:
            said = words.of_file(words.name_of(file), note)
            st.markdown(f":material/healing: {plain(said)}")


def show_warnings(files: Sequence[tuple[str, str | None, Sequence[Warned]]]) -> None:
    """Lines that are loaded although something is wrong: (file, entity, what is) each."""
    told = [
        (
            *(file, words.rule(one.rule), words.advice(one.rule)),
            *(words.any_field(one.field or "", entity), str(one.line or ""), one.lines),
        )
        for file, entity, warnings in files
        for one in warnings
    ]
    if not told:
        return
    texts = session.texts()
    title = texts.plural(
        "{n} point to look at in lines that are loaded all the same",
        "{n} points to look at in lines that are loaded all the same",
        len({rule for _, rule, *_ in told}),
    )
    with st.expander(plain(title), icon=":material/warning:"):
        text = texts.text
        heads = [
            Column("file", text("File")),
            Column("field", text("Field")),
            Column("rule", text("What is wrong"), width="medium"),
            Column("lines", text("Lines"), "number"),
            Column("line", text("First line")),
            Column("advice", text("What to do"), width="large"),
        ]
        names = ["file", "rule", "advice", "field", "line", "lines"]
        rows = pd.DataFrame(sorted(told, key=itemgetter(-1), reverse=True), columns=names)
        key = "import-warnings"
        table(rows, heads, key=key, height="auto" if len(rows) < 9 else 330)
        links.page_link(RULES, text("What a load does about each rule"), ":material/checklist:")


def _row(file: FileResult) -> dict[str, object]:
    return {
        "file": words.name_of(file),
        "entity": "" if file.problem else words.entity(file.entity),
        **{column.name: getattr(file, column.name) for column in sum_columns()},
        "derived": words.derived(file.derived),
    }


def _repeats(files: Sequence[FileResult]) -> None:
    """The lines that count although they stand above already: nobody can tell them apart."""
    for file in files:
        if file.repeats:
            said = session.texts().plural(
                "{n} line repeats an earlier line to the letter and was kept, because nothing "
                "tells them apart.",
                "{n} lines repeat an earlier line to the letter and were kept, because nothing "
                "tells them apart.",
                file.repeats,
            )
            said = f"{words.name_of(file)}: {said}"
            st.markdown(f":material/content_copy: {plain(said)}")


def repairs(files: Sequence[FileResult]) -> None:
    """The values that were corrected or written alike."""
    made = [
        (words.name_of(file), words.any_field(field, file.entity), raw, clean, lines)
        for file in files
        for field, raw, clean, lines in file.repairs
    ]
    if not made:
        return
    title = words.repaired([(raw, clean) for _, _, raw, clean, _ in made])
    with st.expander(plain(title), icon=":material/spellcheck:"):
        names = ["file", "field", "raw", "clean", "lines"]
        text = session.texts().text
        heads = [
            Column("file", text("File")),
            Column("field", text("Field")),
            Column("raw", text("In the file")),
            Column("clean", text("Kept as")),
            Column("lines", text("Lines"), "number"),
        ]
        table(pd.DataFrame(made[:_MOST_REPAIRS], columns=names), heads, key="import-repairs")


def ways_on(batch: int, quarantined: int) -> None:
    """Where to go on from a load."""
    texts = session.texts()
    st.page_link(
        "pages/steer/segments.py",
        label=texts.text("See revenue by segment"),
        icon=":material/monitoring:",
    )
    st.page_link(
        "pages/data/loads.py",
        label=texts.text("Look at load no. {batch}", batch=batch),
        icon=":material/history:",
        query_params={"batch": str(batch)},
    )
    if quarantined:
        label = texts.plural("{n} line set aside", "{n} lines set aside", quarantined)
        st.page_link("pages/data/quarantine.py", label=label, icon=":material/rule:")


def download(batch: int) -> None:
    """The fate of every line, as a file."""
    download_button(
        session.texts().text("Fate of every line (CSV)"),
        f"fates-{batch}.csv",
        partial(fates.as_csv, workspace.store(), workspace.actor(), batch),
        key=f"fates-{batch}",
    )
