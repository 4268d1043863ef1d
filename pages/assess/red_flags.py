"""The register red_flag."""

from pages._ui.register import page

page.show("red_flag")
