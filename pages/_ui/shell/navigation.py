"""The folder pages/ is ours, not Streamlit's own kind of multipage app."""

from streamlit.runtime.pages_manager import PagesManager


def claim() -> None:
    """Say so before the first visitor comes.

    Streamlit learns it from the first st.navigation. Until then it takes the folder for its own,
    and a first visitor with a deep link is told "Page not found" over the right page.
    """
    PagesManager.uses_pages_directory = False
