"""Laravel Sail: artisan, and other programs, in the container of the project."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

CLIENTS = ("psql", "mysql", "mariadb", "redis", "mongodb")


def read(call: Call) -> None:
    command = call.args[:1]
    rest = call.args[1:]
    if command in (["artisan"], ["art"], ["a"]):
        call.run(["artisan", *rest])
    elif command == ["tinker"]:
        call.run(["artisan", "tinker", *rest])
    elif command and command[0] in CLIENTS:
        call.run([{"redis": "redis-cli", "mongodb": "mongosh"}.get(command[0], command[0]), *rest])
    elif command in (["exec"], ["shell"], ["root-shell"]):
        call.run(rest)
    elif command in (["down"],) and any(word in ("-v", "--volumes") for word in rest):
        call.effect("destroy-volume")
    elif command in (["php"], ["composer"], ["node"], ["npm"], ["npx"], ["pnpm"], ["yarn"], ["bun"]):
        call.run(call.args)
