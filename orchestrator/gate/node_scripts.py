"""Scripts of a package.json, and the programs of its packages."""

from __future__ import annotations

from orchestrator.gate.event import decode
from orchestrator.gate.task import changes_database, lines, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# Packages whose program has another name.
PROGRAMS = {
    "@mikro-orm/cli": "mikro-orm",
    "@sequelize/cli": "sequelize",
    "@strapi/strapi": "strapi",
    "@medusajs/cli": "medusa",
    "@redwoodjs/cli": "rw",
    "@keystone-6/core": "keystone",
    "@adonisjs/ace": "ace",
    "@databases/pg-migrations": "pg-migrations",
    "@dotenvx/dotenvx": "dotenvx",
    "@infisical/cli": "infisical",
    "dotenv-cli": "dotenv",
    "kysely-ctl": "kysely",
    "hasura-cli": "hasura",
    "@railway/cli": "railway",
    "@aws-amplify/cli": "amplify",
}
# A script with the name of such a tool starts the tool.
NAMESAKES = frozenset({
    "prisma", "typeorm", "knex", "drizzle-kit", "sequelize", "sequelize-cli", "mikro-orm", "db-migrate", "umzug",
    "node-pg-migrate", "migrate-mongo", "supabase", "ace",
})  # fmt: skip
FOLDERS = ("", "packages/", "apps/", "services/", "libs/")


class Package:
    """The scripts of a package.json; `folder` is where it lies, seen from where the command runs.

    `scripts` is None where the file is there and cannot be read as JSON.
    """

    __slots__ = ("folder", "scripts", "text")

    def __init__(self, folder: str, text: str) -> None:
        self.folder = folder
        self.text = text
        self.scripts = _scripts(text)


def _scripts(text: str) -> dict[str, str] | None:
    try:
        found = decode(text)
    except ValueError:
        return None
    scripts = found.get("scripts") if isinstance(found, dict) else None
    if not isinstance(scripts, dict):
        return {}
    return {name: command for name, command in scripts.items() if isinstance(command, str)}


def nearest(call: Call, folder: str) -> Package | None:
    """The package.json of a folder or of one above it."""
    prefix = folder.rstrip("/") + "/" if folder and folder != "." else ""
    for _ in range(4):
        text = call.read(prefix + "package.json")
        if text is not None:
            return Package(prefix, text)
        prefix += "../"
    return None


def member(call: Call, name: str, folder: str) -> Package | None:
    """A package of the workspace, by its folder or the last part of its name."""
    prefix = folder.rstrip("/") + "/" if folder and folder != "." else ""
    base = name.strip("{}./").removesuffix("...")
    for each in FOLDERS:
        for last in (base, base.rpartition("/")[2]):
            text = call.read(prefix + each + last + "/package.json") if last else None
            if text is not None:
                return Package(prefix + each + last + "/", text)
    return None


def script(call: Call, package: Package | None, name: str, extra: list[str]) -> bool:
    """Judges a script with those before and after it. False if the package has none of this name."""
    if package is None:
        unread = changes_database(name)
        if unread:
            call.effect("unread-task")
        elif name in NAMESAKES:
            call.run([name, *extra])
        return unread or name in NAMESAKES
    if package.scripts is None:
        if changes_database(name) or "migrat" in package.text or "sql" in package.text:
            call.effect("unread-task")
        return True
    if name not in package.scripts:
        return False
    for text in _with_neighbours(package.scripts, name, extra):
        lines(call, text, package.folder.rstrip("/"))
    return True


def _with_neighbours(scripts: dict[str, str], name: str, extra: list[str]) -> list[str]:
    """`npm run x` runs prex, x and postx; only x gets the arguments."""
    main = " ".join([scripts[name], *[quoted(word) for word in extra]])
    return [text for text in (scripts.get("pre" + name), main, scripts.get("post" + name)) if text]


def binary(package: str) -> str:
    """The program of a package: prisma for prisma@5, mikro-orm for @mikro-orm/cli."""
    at = package.find("@", 1)
    bare = package[:at] if at > 0 else package
    return PROGRAMS.get(bare, bare.rpartition("/")[2])
