"""What a compose file says that a service runs. Read line by line: only the layout that people write is understood."""

from __future__ import annotations

from orchestrator.gate.stores import sqltext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# No command of a service is longer.
_LINES = 100
_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")


class Service:
    """`command` and `entrypoint` are lists of words, or one text for a shell; None where the file says nothing."""

    __slots__ = ("command", "entrypoint", "image")

    def __init__(self) -> None:
        self.command: list[str] | str | None = None
        self.entrypoint: list[str] | str | None = None
        self.image = ""


def service(call: Call, name: str, files: list[str]) -> Service | None:
    """The service of a name, later files over earlier ones. None if no file that can be read has it."""
    found: Service | None = None
    for path in files or _NAMES:
        text = call.read(path)
        for key, value in _block(text or "", name):
            found = found or Service()
            if key == "image":
                found.image = value if type(value) is str else ""
            elif key == "command":
                found.command = value
            else:
                found.entrypoint = value
    return found


def _block(text: str, name: str) -> list[tuple[str, list[str] | str]]:
    """The keys of a service that matter, with their values."""
    inside = False
    depth = 0
    found: list[tuple[str, list[str] | str]] = []
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    for at, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if inside and indent <= depth:
            break
        key, colon, value = line.strip().partition(":")
        if not inside:
            inside = bool(colon) and 0 < indent <= 4 and key.strip("'\"") == name
            depth = indent
        elif colon and key in ("command", "entrypoint", "image"):
            found.append((key, _value(value.strip(), lines[at + 1 : at + 1 + _LINES], indent)))
    return found


def _value(value: str, following: list[str], indent: int) -> list[str] | str:
    if value.startswith("["):
        return sqltext.json_values(value) or [word.strip(" '\"") for word in value.strip("[]").split(",")]
    if value and value not in ("|", ">", "|-", ">-"):
        return value.strip("'\"") if value[0] in "'\"" else value
    deeper = []
    for line in following:
        if len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith("- "):
            break
        deeper.append(line.strip())
    if deeper and all(line.startswith("-") for line in deeper):
        return [line[1:].strip().strip("'\"") for line in deeper]
    return "\n".join(deeper) if value.startswith("|") else " ".join(deeper)
