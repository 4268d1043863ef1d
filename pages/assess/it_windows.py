"""The register it_window."""

from pages._ui.register import page

page.show("it_window")
