"""What can go wrong with feeds and their deliveries."""

from crm_core.i18n.catalogue import mark

FEEDS: dict[str, str] = {
    # feeds: what is wrong with a delivery
    "feed_late": mark("It was due by {due}; the last delivery came {last}."),
    "feed_never": mark("It was due by {due}; nothing has come so far."),
    "feed_table_missing": mark("The sheet {sheet} is missing."),
    "feed_table_added": mark("The sheet {sheet} is new."),
    "feed_entity": mark("The table was {before} and is now taken for {after}."),
    "feed_column_missing": mark("The column {column} is missing."),
    "feed_column_added": mark("The column {column} is new."),
    "feed_column_looks": mark("The column {column} held {before} and now holds {after}."),
    "feed_date_order": mark("Dates in {column} were written {before} and now are written {after}."),
    "feed_column_unsure": mark("It is not certain what the column {column} means."),
    "feed_shrunken": mark("It has {lines} lines; usual are {usual}."),
    "feed_cut_off": mark(
        "Its last line has no end, as those before had: it was probably cut off while it was "
        "written."
    ),
    "feed_quarantine": mark("{quarantined} of {lines} lines would be set aside."),
    # feeds: why a file is not taken yet
    "feed_still_growing": mark("{file} is still being written. It is taken at the next look."),
    "feed_part_beside": mark(
        "A part file lies beside {file}: it has not arrived whole. It is taken when that is gone."
    ),
    "feed_no_directory": mark(
        "{file} has no end yet. It is taken when it is whole, or refused after an hour."
    ),
    "feed_no_line_end": mark(
        "The last line of {file} has no end yet. It is taken when the file stays as it is."
    ),
    "feed_not_readable": mark("{file} cannot be opened. Check that the app may read it."),
    "feed_folder_missing": mark("{path} is not there. Check the path and the network drive."),
    # feeds: setting up and deciding
    "feed_unknown": mark("There is no feed {feed}. Nothing was changed."),
    "feed_name": mark("{value} is no name for a feed: write 1 to {limit} characters."),
    "feed_name_taken": mark("There is a feed {feed} already. Choose another name."),
    "feed_changed": mark(
        "Somebody changed the feed {feed} meanwhile, so yours was not saved. Open it again."
    ),
    "feed_folder_not_allowed": mark(
        "Feeds may not read {path}. Choose a folder that the administrator allows."
    ),
    "feed_recipe": mark("There is no kept mapping {recipe}. Choose another one."),
    "feed_minutes": mark("Every {value} minutes is not possible; choose 1 to {limit}."),
    "feed_cron": mark(
        "{value} is no schedule. Write minute hour day month weekday, such as 30 6 * * 1-5, with "
        "a day or a weekday but not both."
    ),
    "feed_zone": mark("There is no time zone {value}."),
    "feed_hours": mark("{value} hours are not possible; choose 1 to 8,784."),
    "feed_days": mark("Choose at least one day on which a delivery is expected."),
    "feed_share": mark("A share of {value} is not possible; choose 0 to 100%."),
    "feed_settling": mark("{value} seconds are not possible; choose 0 to {limit}."),
    "feed_running": mark("This feed is being looked at just now. Wait a moment, then try again."),
    "delivery_unknown": mark("This delivery is not there any more."),
    "delivery_decided": mark("Somebody has decided about {file} already. Nothing was changed."),
    "delivery_gone": mark(
        "{file} is not there any more in the form that was looked at. Nothing was loaded. "
        "Have it delivered again."
    ),
}
