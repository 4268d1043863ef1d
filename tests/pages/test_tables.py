"""Tables show every figure whole."""

from pathlib import Path

import simplejson
from streamlit.testing.v1 import AppTest

PAGE = """
import pandas as pd
from pages._ui.tables import Column, table

rows = pd.DataFrame({"pipeline": [None] * 20 + [1225307.67], "deals": [0] * 20 + [1234567]})
heads = [Column("pipeline", "Pipeline", "money"), Column("deals", "Deals", "number")]
table(rows, heads, key="figures")
"""
FIGURE = 7
"""The least pixels of a figure."""


def test_a_figure_longer_than_most_is_not_cut_off_at_the_left(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text(PAGE)
    shown = AppTest.from_file(str(page)).run()
    assert not shown.exception
    columns = simplejson.loads(shown.dataframe[0].proto.columns)
    assert columns["pipeline"]["width"] >= FIGURE * len("1,225,307.67")
    assert columns["deals"]["width"] >= FIGURE * len("1,234,567")
