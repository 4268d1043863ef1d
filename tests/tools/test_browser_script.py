"""`make test` gets a browser with Chinese fonts, or says what to install."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "browser.sh"


def machine(folder: Path, **commands: str) -> "subprocess.CompletedProcess[str]":
    """Run the script where only `commands` (name -> shell text) and a browser are installed."""
    for name in ("sh", "grep", "true"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, text in commands.items():
        (folder / name).write_text(f"#!{shutil.which('sh')}\n{text}\n")
        (folder / name).chmod(0o700)
    return subprocess.run(
        [str(folder / "sh"), str(SCRIPT), sys.executable],
        env={"PATH": str(folder), "CHROMIUM": str(folder / "true")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_chinese_fonts_the_run_fails_and_says_what_to_install(tmp_path: Path) -> None:
    done = machine(tmp_path, uname="echo Linux", **{"fc-list": "exit 0"})
    assert done.returncode == 1
    assert "apt install fontconfig fonts-noto-cjk" in done.stderr


def test_chinese_fonts_come_with_the_browser_where_apt_may_install(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    done = machine(
        tmp_path,
        **{"uname": "echo Linux", "id": "echo 0", "fc-list": f"[ -e {fonts} ] && echo Noto"},
        **{"apt-get": f'case "$*" in *fonts-noto-cjk*) : > {fonts};; esac'},
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "commands", [{"uname": "echo Darwin"}, {"uname": "echo Linux", "fc-list": "echo Noto"}]
)
def test_with_fonts_in_place_nothing_is_done(commands: dict[str, str], tmp_path: Path) -> None:
    done = machine(tmp_path, **commands)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
