"""The register term."""

from pages._ui.register import page

page.show("term")
