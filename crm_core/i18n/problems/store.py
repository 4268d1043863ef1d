"""What can go wrong with the store: held, broken, newer, full."""

from crm_core.i18n.catalogue import mark

STORE: dict[str, str] = {
    "store_held": mark(
        "The store {path} is open in another program (process {pid}). Nothing was changed. "
        "Close that program, then try again."
    ),
    "store_none": mark(
        "There is no store {path}. Nothing was done. Check the path, or begin a store with "
        "import or init."
    ),
    "store_path": mark(
        "A store cannot lie in {path}: its folders and its name must be without a question mark. "
        "Nothing was written. Choose another place."
    ),
    "store_unreadable": mark(
        "{path} cannot be opened as a store. It was left as it is. "
        "Choose another file or restore a backup."
    ),
    "store_newer": mark(
        "This store was written by a newer version of the product (step {level}; this version "
        "knows {known}). It was left as it is. Update the product, then open it again."
    ),
    "store_interrupted": mark(
        "The store had to be reopened while it was being read. What was saved is safe. "
        "Please try again."
    ),
    "store_closed": mark(
        "The store {path} was closed meanwhile. What was saved is safe. Open it again."
    ),
    "disk_full": mark(
        "The disk is full, so nothing of this was saved; {path} is as before. "
        "Free some space, then try again."
    ),
}
