"""The cleaning of an opportunities CSV in vectorised pandas: the peer of bench/cleaning.py.

It follows the same rules as the import of this product, for the columns of that file: blanks and
placeholders, one writing per word, dates and amounts in several writings, stages, one row per key
with the last filled cells, the rules of data/rules/opportunity.yaml, a fate per line, the refused
lines, and the customers, products and owners that the lines name; all into a database file. It has
no history, audit, rollups or quality figures. Arrow's strings and reader are pandas' fastest.
"""

from pathlib import Path

import duckdb
import pandas as pd

from crm_core.reference import placeholders

OUTCOMES = {"won": "won", "lost": "lost", "prospecting": "open", "negotiation": "open"}
SEGMENTS = {"medical": "Medical", "retail": "Retail", "finance": "Finance"}
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")
AMOUNT = r"[¥$]?\s*[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?"
FAR = 100_000


def clean(csv: Path, database: Path) -> None:
    """Read, clean, check and keep the file's lines in a new database file."""
    lines = pd.read_csv(csv, dtype="string[pyarrow]", engine="pyarrow", keep_default_na=False)
    rows = pd.DataFrame({name: text(lines[name]) for name in lines})
    rows["line"] = range(2, len(rows) + 2)
    rows["segment"] = rows["segment"].str.lower().map(SEGMENTS).fillna(rows["segment"])
    rows["outcome"] = rows["stage"].str.lower().map(OUTCOMES).fillna("open")
    broken = rows["opportunity_id"].isna()
    for name, read in (("amount", amount), ("created_date", day), ("close_date", day)):
        written = rows[name]
        rows[name] = read(written)
        broken |= rows[name].isna() & written.notna()
    doubled = lines.duplicated()
    sound = rows[~broken & ~doubled]
    rows["fate"] = "loaded"
    rows.loc[sound.index[sound.duplicated("opportunity_id")], "fate"] = "updated"
    rows.loc[doubled, "fate"] = "skipped"
    rows.loc[broken, "fate"] = "quarantined"
    kept = one_per_key(sound)
    warned = pd.DataFrame(broken_rules(kept)).sum()
    named = {
        "customer": kept["customer_id"].dropna().drop_duplicates().to_frame(),
        "product": kept["product_id"].dropna().drop_duplicates().to_frame(),
        "person": kept["owner"].dropna().drop_duplicates().to_frame(),
        "opportunity": kept,
        "line_fate": rows[["line", "fate"]],
        "quarantine": lines[broken],
        "warning": warned.rename_axis("rule").reset_index(name="lines"),
    }
    with duckdb.connect(str(database)) as connection:
        for name, frame in named.items():
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE {name} AS FROM frame")


def text(cells: pd.Series) -> pd.Series:
    """Trimmed, with single blanks, and nothing where a placeholder stands."""
    trimmed = cells.str.strip().str.replace(r"\s{2,}", " ", regex=True)
    return trimmed.mask(trimmed.str.lower().isin([*placeholders(), ""]))


def amount(cells: pd.Series) -> pd.Series:
    """A number, with a currency's sign and thousands marks or without."""
    number = pd.to_numeric(cells, errors="coerce")
    odd = number.isna() & cells.notna()
    written = cells[odd].where(cells[odd].str.fullmatch(AMOUNT))
    number[odd] = pd.to_numeric(written.str.replace(r"[^\d.+-]", "", regex=True))
    return number


def day(cells: pd.Series) -> pd.Series:
    """A day of the years 1900 to 2199, in the first format that fits."""
    found = pd.to_datetime(cells, format=DATES[0], errors="coerce")
    for form in DATES[1:]:
        odd = found.isna() & cells.notna()
        found[odd] = pd.to_datetime(cells[odd], format=form, errors="coerce")
    return found.where(found.dt.year.between(1900, 2199))


def one_per_key(rows: pd.DataFrame) -> pd.DataFrame:
    """Of several lines with a key, the last filled cell of each column."""
    several = rows.duplicated("opportunity_id", keep=False)
    last = rows[several].groupby("opportunity_id", sort=False, as_index=False).last()
    return pd.concat([rows[~several], last], ignore_index=True)


def broken_rules(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Rule -> whether each row breaks it."""
    won = rows["outcome"] == "won"
    usual = rows["amount"].abs().median()
    count = rows["stage"].map(rows["stage"].value_counts())
    return {
        "closed_before_created": rows["created_date"] > rows["close_date"],
        "closed_in_future": (won | (rows["outcome"] == "lost"))
        & (rows["close_date"] > pd.Timestamp.now()),
        "amount_negative": rows["amount"] < 0,
        "amount_implausible": rows["amount"].abs() > 1e12,
        "won_without_amount": won & rows["amount"].isna(),
        "won_without_day": won & rows["close_date"].isna(),
        "without_customer": rows["customer_id"].isna(),
        "amount_far": rows["amount"].abs() > usual * FAR,
        "stage_rare": count < max(3, len(rows) / 1000),
    }
