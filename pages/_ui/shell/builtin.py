"""Streamlit's own words, which it has in English only, by the place where they stand.

`text` is what is read, `label` what a screen reader or an empty field says. Keeping the two and the
places apart keeps customer data out of it: a stage called "Open" stays "Open" in any list.
`{name}` stands for whatever is there. Checked against Streamlit 1.67.
"""

from collections.abc import Iterable
from typing import NamedTuple

from crm_core.i18n import catalogue
from crm_core.i18n import mark as word

DOMAIN = "streamlit"
"""A catalogue of its own: its "Open" opens a list, ours may be a deal that is not closed."""


class Words(NamedTuple):
    """Words of one place, a CSS selector; see the module for `text` and `label`."""

    place: str
    text: tuple[str, ...] = ()
    label: tuple[str, ...] = ()


def _ids(*names: str) -> str:
    return ",".join(f'[data-testid="{name}"]' for name in names)


PLACES = (
    Words(
        "body",
        label=(
            word("App pages"),
            word("Collapse sidebar"),
            word("Expand sidebar"),
            word("Main menu"),
            word("Sidebar"),
            word("Notifications"),
            word("Help for {name}"),
            word("Shortcut {name}"),
        ),
        text=(word("Skip to main content"),),
    ),
    Words(
        _ids("stMainMenuPopover"),
        text=(word("System"), word("Light"), word("Dark"), word("About")),
        label=(word("Theme"),),
    ),
    Words(
        _ids("stStatusWidget"),
        text=(word("Stop"), word("Connecting")),
        label=(word("Running..."),),
    ),
    Words(
        '[role="dialog"]',
        text=(
            word("About"),
            word("Connection error"),
            word("Page not found"),
            word(
                "The page that you have requested does not seem to exist. "
                "Running the app's main page."
            ),
            word("Streamlit server is not responding. Are you connected to the internet?"),
            word("Connection timed out."),
        ),
        label=(word("Close"),),
    ),
    Words(
        _ids("stFileUploader"),
        text=(
            word("Upload"),
            word("Upload directories"),
            word("Drag and drop a file here"),
            word("Drag and drop files here"),
            word("Drag and drop directories here"),
            word("{size} per file"),
            word("{kind} files are not allowed."),
            word("File must be {size} or smaller."),
            word("Only one file is allowed."),
            word("Error:"),
        ),
        label=(word("Add files"), word("Remove {name}"), word("file upload")),
    ),
    Words(
        _ids("stMultiSelect", "stSelectbox", "stMultiSelectDropdown", "stSelectboxVirtualDropdown"),
        text=(
            word("No results"),
            word("Select all"),
            word("Select {n} matches"),
            word("Add: {name}"),
        ),
        label=(
            word("Choose an option"),
            word("Choose options"),
            word("No options to select"),
            word("Selected values"),
            word("Clear all"),
            word("Clear value"),
            word("Remove {name}"),
            word("Open"),
            word("Dismiss"),
        ),
    ),
    Words('[role="log"]', text=(word("{n} options available."), word("{n} option available."))),
    Words(
        _ids("stDateInput", "stDateInputField", "stDateInputCalendar"),
        text=(
            word("Use arrow keys to navigate dates. Enter to select. Escape to close."),
            word("Date range"),
            word("Select..."),
            word("yyyy"),
            word("mm"),
            word("dd"),
        ),
        label=(
            word("Choose date"),
            word("Choose date range"),
            word("Choose date, {date}"),
            word("Choose date range, {date}"),
            word("Clear date"),
            word("Clear dates"),
            word("Previous month"),
            word("Next month"),
            word("Quick select a date range"),
            word("year, {name}"),
            word("month, {name}"),
            word("day, {name}"),
            word("{name} start date"),
            word("{name} end date"),
        ),
    ),
    Words(
        '[role="listbox"]',
        text=(
            word("Past Week"),
            word("Past Month"),
            word("Past 3 Months"),
            word("Past 6 Months"),
            word("Past Year"),
            word("Past 2 Years"),
        ),
    ),
    Words(
        _ids("stNumberInput", "stTextInput", "stTextArea"),
        text=(
            word("Press Enter to apply"),
            word("Press Enter to submit form"),
            word("Press {key}+Enter to apply"),
            word("Press {key}+Enter to submit form"),
        ),
        label=(
            word("Increment"),
            word("Decrement"),
            word("Clear value"),
            word("Clear entry"),
            word("Show password"),
            word("Hide password"),
        ),
    ),
    Words(
        _ids("stElementToolbar", "stTooltipContent"),
        text=(
            word("Search"),
            word("Fullscreen"),
            word("Close fullscreen"),
            word("Download as CSV"),
            word("Show/hide columns"),
            word("Clear selection"),
        ),
        label=(
            word("Search"),
            word("Fullscreen"),
            word("Close fullscreen"),
            word("Download as CSV"),
            word("Show/hide columns"),
            word("Clear selection"),
        ),
    ),
    Words(
        _ids("stDataFrame"),
        text=(word("Type to search"),),
        label=(word("Previous Result"), word("Next Result"), word("Close Search")),
    ),
    Words(
        _ids(
            "stDataFrameColumnMenu",
            "stDataFrameColumnFormattingMenu",
            "stDataFrameColumnVisibilityMenu",
            "stDataFrameStatisticsMenu",
        ),
        text=(
            word("Sort ascending"),
            word("Sort descending"),
            word("Pin column"),
            word("Unpin column"),
            word("Hide column"),
            word("Autosize"),
            word("Format"),
            word("Statistics"),
            word("Copy column name"),
            word("Select all"),
            word("Automatic"),
            word("Localized"),
            word("Plain"),
            word("Compact"),
            word("Percent"),
            word("Dollar"),
            word("Euro"),
            word("Yen"),
            word("Accounting"),
            word("Bytes"),
            word("Scientific"),
            word("Engineering"),
            word("Distance"),
            word("Calendar"),
            word("Duration"),
            word("Values"),
            word("Empty"),
            word("Distinct"),
            word("Minimum"),
            word("Maximum"),
            word("Average"),
            word("Median"),
            word("Sum"),
            word("Range"),
            word("Standard deviation"),
            word("25th percentile"),
            word("75th percentile"),
            word("Minimum length"),
            word("Maximum length"),
            word("Average length"),
            word("Based on sample"),
        ),
    ),
)


def rows(languages: Iterable[str]) -> list[list[str]]:
    """[place, "text" or "label", the words in each of the languages …] for page.js."""
    known = [catalogue.translations(language, DOMAIN) for language in languages]
    return [
        [place.place, kind, *(each.gettext(msgid) for each in known)]
        for place in PLACES
        for kind in ("text", "label")
        for msgid in getattr(place, kind)
    ]
