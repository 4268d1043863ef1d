"""The register goal."""

from pages._ui.register import page

page.show("goal")
