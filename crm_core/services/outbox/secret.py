"""Passwords and keys: from the environment, else from a file that only the store's owner can read.

They are never in the store, so that a copy or a backup of it gives nobody's account away.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

import simplejson

from crm_core.store import Store

ENVIRONMENT = "CRM_SECRET_"


def path(store: Store) -> Path:
    """The file of a store's secrets."""
    return store.path.with_name(store.path.name + ".secrets")


def variable(name: str) -> str:
    """The environment variable that holds the secret if it is set: CRM_SECRET_MAIL."""
    return ENVIRONMENT + re.sub(r"\W+", "_", name).upper()


def read(store: Store, name: str) -> str | None:
    """The secret, None where there is none."""
    return os.environ.get(variable(name)) or _kept(store).get(name)


def write(store: Store, name: str, value: str | None) -> None:
    """Keep the secret in the file, or forget it."""
    kept = _kept(store)
    if kept.get(name) == value:
        return
    kept.pop(name, None)
    if value:
        kept[name] = value
    target = path(store)
    draft = target.with_name(target.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(simplejson.dumps(kept))
    draft.replace(target)


def _kept(store: Store) -> dict[str, str]:
    with suppress(OSError, ValueError):
        found = simplejson.loads(path(store).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {str(name): str(value) for name, value in found.items()}
    return {}
