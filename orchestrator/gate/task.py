"""Names of tasks, for where nothing but the name can be read: `npm run db:reset` without a package.json."""

from __future__ import annotations

LONGEST = 32768

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

DATABASE = frozenset({
    "db", "dbs", "database", "databases", "schema", "schemas", "pg", "postgres", "postgresql", "psql", "mysql",
    "mariadb", "sqlite", "mongo", "redis", "table", "tables", "sql", "alembic", "prisma", "drizzle", "knex",
    "sequelize", "typeorm", "migration", "migrations",
})  # fmt: skip
VERBS = frozenset({
    "reset", "drop", "wipe", "flush", "truncate", "rollback", "push", "nuke", "destroy", "recreate", "rebuild", "purge",
    "erase", "seed", "fresh", "upgrade", "downgrade", "clear", "empty", "delete", "migrate", "refresh", "revert",
    "undo", "reseed", "kill",
})  # fmt: skip
MIGRATION_VERBS = frozenset({
    "run", "up", "apply", "latest", "deploy", "revert", "down", "rollback", "reset", "execute", "undo", "redo", "fresh",
    "refresh", "head",
})  # fmt: skip
# A word that makes the name one of reading or writing files: migrate:status, migration-docs, db-reset-help.
HARMLESS = frozenset({
    "status", "list", "ls", "make", "create", "new", "generate", "gen", "add", "check", "plan", "show", "info", "docs",
    "doc", "lint", "diff", "dry", "help", "history", "validate", "verify", "config", "types", "client", "format",
    "logs", "log", "build", "image", "compile", "coverage", "typecheck", "tests", "unit", "guide", "preview",
})  # fmt: skip
READS = ("--help", "-h", "--version", "--dry-run", "--list", "--status", "--plan", "--check")


def words(name: str) -> list[str]:
    """The words of a name: db:reset, resetDb, reset_db, tools/reset-db."""
    found = [""]
    for position, letter in enumerate(name):
        if not letter.isalnum():
            found.append("")
            continue
        if letter.isupper() and position and name[position - 1].islower():
            found.append("")
        found[-1] += letter.lower()
    return [word for word in found if word]


def changes_database(name: str) -> bool:
    """True if a task of this name is likely to change or delete what is in a database."""
    found = frozenset(words(name))
    if found & HARMLESS:
        return False
    if "migrate" in found or (found & DATABASE and found & VERBS):
        return True
    if found & {"migration", "migrations"} and found & MIGRATION_VERBS:
        return True
    return any(_joined(word) for word in found) or (len(found) == 1 and bool(found & {"truncate", "wipe"}))


def names_a_task(word: str) -> bool:
    """Neither an option, nor a sentence as "drop the users table", nor the name of a file."""
    return not word.startswith("-") and not any(letter in word for letter in " /.")


def only_reads(arguments: list[str]) -> bool:
    """True if the arguments of a program or script say that it shows something: status, --dry-run."""
    if any(word in READS for word in arguments):
        return True
    operands = [word for word in arguments if not word.startswith("-")]
    return bool(operands) and (operands[0] in HARMLESS or operands[0] in ("version", "current", "pending"))


def only_looks(name: str, arguments: list[str]) -> bool:
    """True for a script that cannot be read, if name or arguments say that it changes nothing: check-migrations.sh."""
    found = frozenset(words(name.rpartition("/")[2]))
    return only_reads(arguments) or (bool(found & HARMLESS) and not found & (VERBS | MIGRATION_VERBS))


def _joined(word: str) -> bool:
    """dropdb, dbreset, migratedb, droptables."""
    for noun in ("database", "db", "tables", "schema"):
        if word.endswith(noun) and word[: -len(noun)] in VERBS:
            return True
        if word.startswith(noun) and word[len(noun) :] in VERBS:
            return True
    return False


def unread(call: Call, name: str) -> None:
    """Reports a task of which nothing but the name is known, if the name says that it changes a database."""
    if changes_database(name):
        call.effect("unread-task")


def quoted(word: str) -> str:
    """The word for a shell's text."""
    if word and all(letter.isalnum() or letter in "_-./:=@%+," for letter in word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def joined(argv: list[str]) -> str:
    return " ".join([quoted(word) for word in argv])


def start(call: Call, argv: list[str], folder: str = "") -> None:
    """Starts another program, in another folder if one is given."""
    if not argv:
        return
    if folder and folder != ".":
        call.shell("cd " + quoted(folder) + " && " + joined(argv))
    else:
        call.run(argv)


def lines(call: Call, text: str, folder: str = "") -> None:
    """Judges the commands of a task, in another folder if one is given."""
    if len(text) > LONGEST:
        # A task that starts itself would be read again on every level.
        call.effect("unread-command")
        return
    call.shell("cd " + quoted(folder) + "\n" + text if folder and folder != "." else text)
