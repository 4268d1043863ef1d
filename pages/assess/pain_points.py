"""The register pain_point."""

from pages._ui.register import page

page.show("pain_point")
