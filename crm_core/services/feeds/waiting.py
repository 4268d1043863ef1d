"""The files of deliveries that wait for a person: kept, since the next night may overwrite them."""

import shutil
from contextlib import suppress
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.services.feeds.deliveries import Delivery
from crm_core.services.feeds.finding import digest, stated
from crm_core.store import Store


def keep(store: Store, delivery: Delivery) -> None:
    """Keep a copy; where the file changed meanwhile there is none, and it is a new delivery."""
    target = copy_of(store, delivery)
    for folder in (_folder(store), target.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(OSError):
        shutil.copyfile(delivery.path, target)
        if _digest(target) != delivery.digest:
            forget(store, delivery.delivery_id)


def forget(store: Store, delivery_id: int) -> None:
    """Remove the copy."""
    shutil.rmtree(_folder(store) / str(delivery_id), ignore_errors=True)


def content(store: Store, delivery: Delivery) -> Path:
    """Where the delivery's content lies now; Refused("delivery_gone") if nowhere any more."""
    for path in (copy_of(store, delivery), Path(delivery.path)):
        if _digest(path) == delivery.digest:
            return path
    raise Refused("delivery_gone", file=Path(delivery.path).name)


def copy_of(store: Store, delivery: Delivery) -> Path:
    """Where the copy lies, if there is one; it has the file's own name."""
    return _folder(store) / str(delivery.delivery_id) / Path(delivery.path).name


def _folder(store: Store) -> Path:
    return store.path.with_name(store.path.name + ".waiting")


def _digest(path: Path) -> str | None:
    found = stated(path)
    return digest(found) if found else None
