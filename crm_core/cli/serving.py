"""The web app: prepares the sample company on the first start, then serves."""

import os
import sys

import uvicorn

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.i18n import mark
from crm_core.services import sample, stores

STEPS = {
    "write": mark("Making the sample company"),
    "read": mark("Reading {file}"),
    "recognise": mark("Recognising columns"),
    "clean": mark("Cleaning {file}"),
    "publish": mark("Loading {file}"),
}


def run(host: str, port: int, console: Console) -> int:
    """Serve until stopped; the address is printed when the app answers."""

    def progress(step: str, file: str, share: float) -> None:
        bar = "█" * round(share * 20)
        console.say(f"  {bar:░<20}  {console.texts.text(STEPS[step], file=file)}")

    sample.ensure(stores.sample_path(), LOCAL, progress)
    os.chdir(stores.ROOT)
    sys.path.insert(0, str(stores.ROOT))
    console.say(
        console.texts.text(mark("CRM Cockpit: http://{host}:{port}"), host=host, port=str(port))
    )
    uvicorn.run("app:app", host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)
    return 0
