"""What can go wrong with the program itself."""

from crm_core.i18n.catalogue import mark

PROGRAM: dict[str, str] = {
    "unexpected": mark(
        "The program failed: {detail}. What was saved before is safe. "
        "Try again; if it happens again, tell your administrator."
    ),
    "port_taken": mark(
        "Another program listens on {address}. Stop it, or choose another port: --port 8502."
    ),
}
