#!/bin/sh
# browser.sh PYTHON: a Chromium and Chinese fonts for the browser tests, or a clear failure.
set -u
python=$1

have_browser() {
    [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
    command -v chromium >/dev/null 2>&1 && return 0
    "$python" - <<'PY' >/dev/null 2>&1
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())
PY
}

# macOS brings Chinese fonts of its own, and no fc-list.
have_fonts() { [ "$(uname -s)" = Darwin ] || fc-list :lang=zh 2>/dev/null | grep -q . ; }

have_browser && have_fonts && exit 0
echo "Getting a browser and Chinese fonts for the tests"
sh "${0%/*}/apt.sh" chromium fontconfig fonts-noto-cjk
have_browser || "$python" -m playwright install chromium
have_browser || {
    echo "No browser for the tests. Install Chromium (Debian: apt install chromium fonts-noto-cjk)," >&2
    echo "or name one: CHROMIUM=/path/to/chrome make test" >&2
    exit 1
}
have_fonts || {
    echo "No Chinese fonts for the tests, which would draw boxes." >&2
    echo "Install them (Debian: apt install fontconfig fonts-noto-cjk), then try again." >&2
    exit 1
}
