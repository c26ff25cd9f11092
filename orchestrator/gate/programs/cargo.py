"""Cargo: subcommands that change a database. Building and running the project is everyday work."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.migration import Tool, judge
from orchestrator.gate.task import changes_database, names_a_task, unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "-Z --config -C --color -p --package --bin --example -j --jobs --profile --features -F --target --target-dir "
    "--manifest-path --message-format"
)
LOCO = Tool(
    {
        "loco db migrate": "run-migration",
        "loco db down": "revert-migration",
        "loco db reset": "reset-database",
        "loco db truncate": "reset-database",
        "loco db seed": "seed-database",
    }
)
MIGRATING = ("up", "fresh", "refresh", "reset", "down", "migrate", "run")


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    command, args = (outer.rest or [""])[0], outer.rest[1:]
    if command == "sqlx":
        call.run(["sqlx", *args])
    elif command == "loco":
        judge(call, LOCO)
    elif command in ("run", "r"):
        _run(call, args)
    elif command in ("make", "xtask") and args:
        unread(call, front(args, "-p --profile -e --env --makefile --cwd").rest[0] if front(args, "").rest else "")


def _run(call: Call, args: list[str]) -> None:
    """`cargo run --bin migrate`, `cargo run -p migration -- up`: programs of the project, known by their names."""
    found = front(args, VALUED)
    name = found.last("-p", "--package", "--bin", "--example", "--manifest-path")
    words = args[args.index("--") + 1 :] if "--" in args else found.rest
    command = " ".join([word for word in words if names_a_task(word)][:2])
    named = "migrat" in name and command.partition(" ")[0] in ("", *MIGRATING)
    if named or changes_database(name) or changes_database(command):
        call.effect("unread-task")
