"""Where the pages of the sandbox are reached; they move when it is started at another port."""

from sandbox.store.database import Database

FIELDS = ("url", "hosted_invoice_url", "invoice_pdf")
KINDS = ("billing_portal.session", "checkout.session", "invoice")
MOVE = "UPDATE object SET body = replace(body, ?, ?) WHERE kind IN (?, ?, ?)"


def move_pages(database: Database, *, to: str) -> None:
    """Let the links that objects hold lead to `to`; events stay as they were sent."""
    before = database.remembered("page_url", to)
    if before == to:
        return
    with database.rows() as rows:
        for field in FIELDS:
            old, new = f'"{field}":"{before}/', f'"{field}":"{to}/'
            rows.execute(MOVE, (old, new, *KINDS))
    database.remember("page_url", to)
