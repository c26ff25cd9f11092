"""Objects that have a delete, update or clear of their own and keep no records of a database."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.site import Site

# The library or class that the object comes from.
ROOTS = frozenset(
    "requests httpx aiohttp urllib3 googleapiclient hashlib hmac crypto axios got ky supertest superagent express"
    " fastify tkinter tqdm Set Map WeakMap WeakSet URLSearchParams FormData Headers URL Array Object".split()
)
# Steps on the way from which on the object is something else than a query or a table.
STEPS = frozenset("copy __dict__ headers cookies createHash createHmac createCipheriv searchParams classList".split())


# Ends of a query builder's chain that give its SQL as text; it is not sent.
SHOWS = ("toString", "toSQL", "toQuery", "getSQL", "compile")


def is_bystander(site: Site) -> bool:
    if site.after(*SHOWS):
        return True
    path = site.path()[:-1]
    if path and path[0].partition(".")[0] in ROOTS:
        return True
    if STEPS.intersection(path):
        return True
    first = site.arg()
    return isinstance(first, str) and first.startswith(("/", "http://", "https://"))
