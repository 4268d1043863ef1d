"""The register application."""

from pages._ui.register import page

page.show("application")
