"""What a CREATE makes, and what the actions of an ALTER do to the values that are there."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement

# After DROP, these name something without values. The second set may be a column's name as well.
NOT_COLUMNS = frozenset(
    "CONSTRAINT PRIMARY FOREIGN DEFAULT NOT IDENTITY EXPRESSION CHECK PROJECTION TTL DETACHED".split()
)
MAYBE_COLUMNS = frozenset("INDEX KEY PARTITION PART STATISTICS PARTITIONS".split())
BEFORE_NAME = frozenset("COLUMN RENAME TO ALTER ADD MODIFY CHANGE AFTER ON . EXISTS ONLY".split())
BEFORE_KIND = tuple(
    "OR REPLACE TEMP TEMPORARY LOCAL GLOBAL UNLOGGED UNIQUE RECURSIVE TRANSIENT VOLATILE VIRTUAL FULLTEXT SPATIAL"
    " BITMAP CLUSTERED NONCLUSTERED ONLINE".split()
)
ENDS = frozenset({",", "", "CASCADE", "RESTRICT"})


def created(statement: Statement) -> str:
    """The kind of object that a CREATE makes: TABLE, INDEX, FOREIGN, ACCESS …"""
    return statement.word(statement.after(1, *BEFORE_KIND))


def drops_column(statement: Statement) -> bool:
    """ALTER TABLE … DROP [COLUMN] name, ALTER TYPE … DROP ATTRIBUTE name."""
    if statement.word(1) == "TYPE":
        return statement.has("DROP", "ATTRIBUTE")
    if statement.word(1) != "TABLE":
        return False
    return any(_is_column(statement, at + 1) for at in _drops(statement))


def _drops(statement: Statement) -> list[int]:
    """Where an action begins with DROP; ALTER column DROP DEFAULT is another action."""
    words = statement.words
    return [at for at, word in enumerate(words) if word == "DROP" and at > 2 and not _belongs(words, at)]


def _belongs(words: list[str], at: int) -> bool:
    """ALTER column DROP DEFAULT, and columns and tables that are called drop."""
    altered = words[at - 2] == "ALTER" or words[at - 3 : at - 1] == ["ALTER", "COLUMN"]
    return altered or words[at - 1] in BEFORE_NAME


def _is_column(statement: Statement, at: int) -> bool:
    word = statement.word(at)
    if at >= len(statement.words) or word in NOT_COLUMNS:
        return False
    if word in MAYBE_COLUMNS:
        return statement.word(at + 1) in ENDS and at + 1 >= len(statement.words) - 1
    return True


def drops_part(statement: Statement) -> bool:
    """Partitions, tablespaces and column values that go without DROP COLUMN."""
    if statement.word(1) != "TABLE":
        return False
    phrases = (
        ("DROP", "PARTITION"),
        ("DROP", "PART"),
        ("DROP", "DETACHED"),
        ("TRUNCATE", "PARTITION"),
        ("TRUNCATE", "SUBPARTITION"),
        ("DROP", "SUBPARTITION"),
        ("DISCARD", "TABLESPACE"),
        ("DISCARD", "PARTITION"),
        ("CLEAR", "COLUMN"),
    )
    return any(statement.has(*phrase) for phrase in phrases) and not drops_column(statement)


def mutates(statement: Statement) -> bool:
    """ALTER TABLE … DELETE WHERE and UPDATE … WHERE in ClickHouse."""
    at = statement.after(2, "IF", "EXISTS", "ONLY")
    at += 2 * len(statement.name(at)) - 1
    return statement.word(1) == "TABLE" and (
        "DELETE" in statement.words[at:] or "UPDATE" in statement.words[at : at + 5]
    )
