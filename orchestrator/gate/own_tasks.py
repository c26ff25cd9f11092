"""Tasks that a project defines in program text: of rake, of Laravel's console, of Python's task runners."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

RAKE_FILES = ("lib/tasks/*.rake", "lib/tasks/*/*.rake")
RAKEFILES = ("Rakefile", "rakefile", "Rakefile.rb")
CONSOLE_FILES = ("app/Console/Commands/*.php", "app/Console/Commands/*/*.php")
MARKS = "[](){},:'\"=>"


def _files(call: Call, patterns: tuple[str, ...]) -> list[str]:
    return [path for pattern in patterns for path in call.machine.matching(call.state, pattern)]


def rake(call: Call, name: str) -> bool:
    """Judges a rake task of the project, and those that it needs first. False if the project has none."""
    found = False
    for path in (*RAKEFILES, *_files(call, RAKE_FILES)):
        text = call.read(path)
        for needs, body in _rake_tasks(text, name) if text and "task" in text else []:
            found = True
            for each in needs:
                call.run(["rake", each])
            call.code("ruby", body, script=True)
    return found


def _rake_tasks(text: str, name: str) -> list[tuple[list[str], str]]:
    """What each task of this name needs, and its text. The namespaces have to occur somewhere in the file."""
    *spaces, last = name.split(":")
    if not all(":" + space in text or "'" + space in text or '"' + space in text for space in spaces):
        return []
    lines = text.splitlines()
    found = []
    for at, line in enumerate(lines):
        words = [word for word in (each.strip(MARKS) for each in line.split()) if word]
        if words[:1] == ["task"] and words[1:2] == [last]:
            found.append(([word for word in words[2:] if word not in ("do", "environment", "|t|")], _block(lines, at)))
    return found


def _block(lines: list[str], start: int) -> str:
    """The lines up to the next one that is indented no further, without the first and the last."""
    indent = _indent(lines[start])
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    return "\n".join(lines[start + 1 : end])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def console(call: Call, name: str) -> bool:
    """Judges a command of Laravel's console that the project defines. False if it defines none of this name."""
    found = False
    for path in _files(call, CONSOLE_FILES):
        text = call.read(path) or ""
        for quote in "'\"":
            if any("signature = " + quote + name + end in text for end in (quote, " ", "\n", "{")):
                call.code("php", text, script=True)
                found = True
    return found


def decorated(call: Call, patterns: tuple[str, ...], name: str) -> bool:
    """Judges the function under @app.cli.command("name"). False if no file has one."""
    found = False
    for path in _files(call, patterns):
        text = call.read(path) or ""
        lines = text.splitlines() if "command(" in text else []
        for at, line in enumerate(lines):
            if line.startswith("@") and any("command(" + quote + name + quote in line for quote in "'\""):
                start = next((n for n in range(at, len(lines)) if lines[n].startswith(("def ", "async def "))), at)
                call.code("python", _imports(lines) + _block(lines, start), script=True)
                found = True
    return found


def _imports(lines: list[str]) -> str:
    return "\n".join(each for each in lines if each.startswith(("import ", "from "))) + "\n"


def function(call: Call, path: str, name: str) -> bool:
    """Judges the function of a Python file that a task runner calls. False if the file has none of this name."""
    text = call.read(path)
    lines = text.splitlines() if text else []
    for at, line in enumerate(lines):
        if line.startswith(("def " + name + "(", "async def " + name + "(")):
            call.code("python", _imports(lines) + _block(lines, at), script=True)
            return True
    return False
