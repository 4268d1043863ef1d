"""The frame around the pages, and the web page that carries them."""
