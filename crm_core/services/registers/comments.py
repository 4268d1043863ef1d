"""What people say about a row, and where more about it lies."""

from dataclasses import dataclass
from datetime import datetime

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.registers import LONGEST
from crm_core.domain.web import is_web
from crm_core.reports.cells import printable
from crm_core.services.registers.rows import AREA, known, row_of
from crm_core.store import Store


@dataclass(frozen=True)
class Comment:
    """What somebody said; `at` in UTC."""

    at: datetime
    by: str
    text: str
    link: str | None


def comment(
    store: Store, actor: Actor, name: str, key: str, text: str, link: str | None = None
) -> None:
    """Say something about a row, with a link to a document where there is one.

    Refused: item_unknown; item_required for neither text nor link; item_text for one too long;
    item_link for an address that is none of the web.
    """
    register = known(name)
    said, address = printable(text).strip(), (link or "").strip()
    if not said and not address:
        raise Refused("item_required")
    if max(len(text), len(address)) > LONGEST:
        raise Refused("item_text", limit=LONGEST)
    if address and not is_web(address):
        raise Refused("item_link", value=address)
    with store.change(actor, f"{name}.comment", area=AREA, subject=key) as change:
        row_of(change.cursor, register, key)
        change.cursor.execute(
            "INSERT INTO programme.comment VALUES (?, ?, ?, ?, ?)",
            [name, key, said, address or None, change.change_id],
        )


def comments(store: Store, _actor: Actor, name: str, key: str) -> list[Comment]:
    """What was said about a row, the newest first. Refused("register_unknown")."""
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT committed_at, actor_name, text, link FROM programme.comment"
            " JOIN app.change USING (change_id) WHERE register = ? AND id = ?"
            " ORDER BY change_id DESC",
            [known(name).name, key],
        ).fetchall()
    return [Comment(*one) for one in found]
