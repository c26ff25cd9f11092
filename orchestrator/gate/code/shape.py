"""Whether a text reads as SQL. Prose that begins with the same word must not: "Delete from cart" on a button."""

from __future__ import annotations

from orchestrator.gate.text import OPEN

OBJECTS = frozenset(
    "TABLE DATABASE SCHEMA VIEW MATERIALIZED INDEX SEQUENCE FUNCTION PROCEDURE TYPE DOMAIN EXTENSION ROLE USER TRIGGER"
    " POLICY OWNED AGGREGATE CAST COLLATION SERVER FOREIGN PUBLICATION SUBSCRIPTION TABLESPACE RULE OPERATOR SYSTEM"
    " DEFAULT UNIQUE OR TEMP TEMPORARY UNLOGGED GROUP EVENT STATISTICS LANGUAGE ROUTINE TEXT KEYSPACE DICTIONARY"
    " VIRTUAL CONSTRAINT COLUMN CONVERSION ACCESS PROFILE LARGE TRANSFORM GLOBAL".split()
)
# The words that may follow the first one; an empty set for any.
STATEMENTS = {
    "DROP": OBJECTS,
    "ALTER": OBJECTS,
    "CREATE": OBJECTS,
    "TRUNCATE": frozenset(),
    "DELETE": frozenset(("FROM",)),
    "INSERT": frozenset(("INTO", "OVERWRITE", "IGNORE")),
    "REPLACE": frozenset(("INTO",)),
    "MERGE": frozenset(("INTO",)),
    "REFRESH": frozenset(("MATERIALIZED",)),
    "REASSIGN": frozenset(("OWNED",)),
    "REINDEX": frozenset(("TABLE", "INDEX", "DATABASE", "SCHEMA", "SYSTEM", "(VERBOSE)", "(CONCURRENTLY)")),
    "COMMENT": frozenset(("ON",)),
    "IMPORT": frozenset(("FOREIGN",)),
    "SECURITY": frozenset(("LABEL",)),
    "SELECT": frozenset(),
    "EXPLAIN": frozenset(),
    "VACUUM": frozenset(),
    "CLUSTER": frozenset(),
    "CALL": frozenset(),
    "PRAGMA": frozenset(),
    "ATTACH": frozenset(),
    "DETACH": frozenset(),
    "EXECUTE": frozenset(),
    "PREPARE": frozenset(),
    "SET": frozenset(),
    "RESET": frozenset(),
    "SHOW": frozenset(),
    "USE": frozenset(),
    "KILL": frozenset(),
    "ANALYZE": frozenset(),
    "BEGIN": frozenset(),
    "START": frozenset(("TRANSACTION",)),
    "COMMIT": frozenset(),
    "ROLLBACK": frozenset(),
    "RENAME": frozenset(("TABLE",)),
    "OPTIMIZE": frozenset(("TABLE",)),
    "FLUSH": frozenset(),
    "LOAD": frozenset(("DATA",)),
    "LOCK": frozenset(),
    "PURGE": frozenset(),
    "VALUES": frozenset(),
    "LISTEN": frozenset(),
    "NOTIFY": frozenset(),
    "DISCARD": frozenset(),
}
# First words that prose has as well: a second sign of SQL has to follow.
NEEDS = {
    "UPDATE": (" SET ",),
    "WITH": (" AS ", " AS("),
    "GRANT": (" TO ",),
    "REVOKE": (" FROM ",),
    "COPY": (" FROM ", " TO "),
    "DO": ("$", "'"),
}
# Statements that a text without a clear reader may be: with any others a chance match is likelier than SQL.
TELLING = frozenset(
    "DROP ALTER CREATE TRUNCATE DELETE INSERT UPDATE MERGE WITH SELECT GRANT REVOKE COPY DO REASSIGN".split()
)


def bare(text: str) -> str:
    """The text without the space, brackets and comments before its first word."""
    at = 0
    while at < len(text):
        if text[at].isspace() or text[at] in "(;\ufeff":
            at += 1
        elif text.startswith("--", at) or text.startswith("#", at):
            at = _behind(text, "\n", at)
        elif text.startswith("/*", at):
            at = _behind(text, "*/", at)
        else:
            break
    return text[at:]


def _behind(text: str, sign: str, at: int) -> int:
    stop = text.find(sign, at)
    return len(text) if stop < 0 else stop + len(sign)


def reads_as_sql(text: str) -> bool:
    """True if a database would take the text for statements."""
    first, second, rest = _words(text)
    if first in NEEDS:
        return any(sign in rest for sign in NEEDS[first])
    following = STATEMENTS.get(first)
    if following is None:
        return False
    return not following or second in following or second.startswith(OPEN)


def is_telling(text: str) -> bool:
    """True if the text is SQL beyond doubt, wherever it stands: its words are in one case."""
    head = bare(text)[:80].split(None, 2)
    if len(head) < 2 or not reads_as_sql(text):
        return False
    first, second = head[0], head[1]
    if first.upper() not in TELLING or not (first.isupper() or first.islower()):
        return False
    if first.upper() in {"SELECT", "TRUNCATE"} and first.islower():
        return first == "select" and " from " in text
    return first.isupper() or not second[:1].isupper()


def starts_unknown(text: str) -> bool:
    return bare(text).startswith(OPEN)


def has_parameters(text: str) -> bool:
    """True if values come from elsewhere: %s, ?, $1, :name, or a part that is not known."""
    if OPEN in text or "%s" in text or "%(" in text or "?" in text:
        return True
    for sign in ("$", ":", "@", "%"):
        for piece in text.split(sign)[1:]:
            if piece[:1].isalnum() and not (sign == ":" and _is_cast(text)):
                return True
    return False


def _is_cast(text: str) -> bool:
    return "::" in text or "'" in text


def _words(text: str) -> tuple[str, str, str]:
    head = bare(text)
    words = head[:400].replace("/*", " /*").split(None, 2)
    first = words[0].upper().rstrip(";") if words else ""
    second = words[1].upper().rstrip(";") if len(words) > 1 else ""
    if second.startswith("/*"):
        remaining = head[head.find("/*") :]
        second = (bare(remaining).split(None, 1) or [""])[0].upper()
    if "(" in first:
        first = first.partition("(")[0]
    return first, second, " " + " ".join(head[:4000].upper().split()) + " "
