"""Calls that start programs: what they hand to a shell, and the words that they start a program with."""

from __future__ import annotations

from orchestrator.gate.code.fold import options
from orchestrator.gate.code.site import table
from orchestrator.gate.code.tokens import TEXT
from orchestrator.gate.code.values import Chain, as_text, texts
from orchestrator.gate.shell.nodes import Unparsable
from orchestrator.gate.task import quoted
from orchestrator.gate.text import CLOSE, OPEN, UNKNOWN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.site import Program, Site
    from orchestrator.gate.code.values import Value

MOST_CALLS = 500
STARTERS = frozenset("child_process shelljs shell zx execa cross-spawn bun Bun cp childProcess".split())
CLIENTS = frozenset("psql dropdb mysql mariadb sqlite3 mongosh redis-cli pg_restore alembic prisma".split())


def hand_over(program: Program, text: str) -> None:
    """Judges text for a shell. What no shell would take is not worth more than a look at its first word."""
    try:
        program.call.shell(text)
    except Unparsable:
        first = (text.split(None, 1) or [""])[0].rpartition("/")[2]
        if first in CLIENTS:
            program.call.effect("unread-command", text)


def judge(site: Site) -> bool:
    """Judges the call if it starts a program. False if it does not."""
    if site.program.language == "python" and _is_module_of_programs(site):
        return True
    known = TABLES.get(site.program.language, {}).get(site.name.rpartition("\\")[2])
    if known is None or site.link.args is None:
        return False
    return known(site)


def _is_module_of_programs(site: Site) -> bool:
    """sh.dropdb("x"), local["dropdb"]("x") of plumbum: the name is the program."""
    module = site.chain.links[0].name
    if site.at == 0 or not (module == "sh" or module.startswith("plumbum")) or site.name in {"run", "get", "Command"}:
        return False
    _start(site, [site.chain.links[site.at - 1].name if site.name == "()" else site.name, *site.args()])
    return True


def _shell(site: Site) -> bool:
    for value in site.each():
        _text(site, value)
    return True


def _text(site: Site, value: Value) -> None:
    if isinstance(value, list):
        _start(site, value)
        return
    text = value if isinstance(value, str) else ""
    if not text:
        return
    if text.startswith(OPEN) and not text.partition(CLOSE)[2].strip():
        return
    fed = _input(site)
    if fed is not None and is_known(text):
        _with_input(site, text, fed)
    else:
        hand_over(site.program, text)


def _with_input(site: Site, text: str, fed: str) -> None:
    """Text for a shell that gets its own input: as a pipe if that is known."""
    words = text.split()
    if words and not any(sign in text for sign in "|;&<>$`\n'\"\\(){}*"):
        site.call.run(words, stdin=fed)
    else:
        hand_over(site.program, text)


def _input(site: Site) -> str | None:
    """What is fed to the program: input=…, stdin=open(…), a pipe that is written to."""
    value = site.named("input", "stdin_data")
    if value is not None:
        return as_text(value) if isinstance(value, str) else UNKNOWN
    stdin = site.named("stdin")
    if isinstance(stdin, Chain):
        if stdin.name == "PIPE":
            return _written(site)
        opened = next((link for link in stdin.links if link.name == "open" and link.args), None)
        path = opened.args[0] if opened is not None and opened.args else None
        if isinstance(path, str):
            content = site.call.read(path)
            return UNKNOWN if content is None else content
    return None


def _written(site: Site) -> str:
    """What the program writes to pipes, all of it."""
    found = []
    for chain in site.program.reader.calls[:MOST_CALLS]:
        for link in chain.links[chain.start :]:
            if link.name in {"communicate", "write", "end"} and link.args and chain.has("Popen", "spawn", "stdin"):
                found += texts(link.args) or [UNKNOWN]
    return "\n".join(found) if found else UNKNOWN


def _start(site: Site, values: list[Value], joined: bool = False) -> None:
    words = [as_text(value) for value in values]
    if not words or not words[0]:
        return
    if joined:
        hand_over(site.program, " ".join(words))
        return
    if len(words) == 1 and " " in words[0].strip() and not words[0].startswith(OPEN):
        hand_over(site.program, words[0])
        return
    fed = _input(site)
    site.call.run(words, stdin=fed if fed is not None else (None if site.program.outside.fed else True))


def _either(site: Site) -> bool:
    """subprocess.run and its like: a list of words, or text."""
    if site.name == "run" and site.receiver and "nox" in site.program.outside.modules:
        return _words(site)
    if site.name in {"run", "call", "spawn"} and not _is_starter(site):
        return False
    value = site.arg()
    if value is None:
        value = site.named("args", "cmd")
    for each in options(value):
        if isinstance(each, list):
            _start(site, each)
        else:
            _text(site, each)
    return True


def _is_starter(site: Site) -> bool:
    path = site.path()
    if len(path) == 1:
        return site.program.language == "python" and site.name == "spawn"
    if path[0] in {"c", "ctx", "context"} and {"invoke", "fabric"} & set(site.program.outside.modules):
        return True
    return bool(
        {"subprocess", "sp", "pexpect", "pty", "invoke", "fabric", "asyncio", "anyio", "trio", "os"} & set(path)
    )


def _words(site: Site) -> bool:
    _start(site, site.args())
    return True


def _words_after_mode(site: Site) -> bool:
    """spawnlp(mode, file, arg0, …) and spawnvp(mode, file, [arg0, …])."""
    return _file_and_words(site, 1)


def _file_first(site: Site) -> bool:
    return _file_and_words(site, 0)


def _file_and_words(site: Site, at: int) -> bool:
    """A file, then the words of the program with its name first; a list or one by one."""
    args = site.args()[at:]
    if not args:
        return True
    words = args[1] if len(args) > 1 and isinstance(args[1], list) else args[1:]
    _start(site, [args[0], *words[1:]])
    return True


def _script_file(site: Site) -> bool:
    """spawn("psql", ["-c", …], { shell: true }) of Node.js, execa, cross-spawn."""
    if site.receiver and not STARTERS & set(site.path()):
        return False
    first = site.arg()
    if isinstance(first, list):
        _start(site, first)
        return True
    second = site.arg(1)
    values = [first, *(second if isinstance(second, list) else [])]
    if len(values) == 1:
        _text(site, first)
    else:
        _start(site, values, joined=site.named("shell") is True)
    return True


def _script_shell(site: Site) -> bool:
    """exec("…") of child_process and shelljs; a member of anything else is another exec."""
    if site.receiver and not STARTERS & set(site.path()):
        return False
    return _shell(site)


def _script_fork(site: Site) -> bool:
    second = site.arg(1)
    _start(site, ["node", site.arg(), *(second if isinstance(second, list) else [])])
    return True


def _deno(site: Site) -> bool:
    """new Deno.Command("psql", { args: […] }), Deno.run({ cmd: […] }), Bun.spawn({ cmd: […] })."""
    args = site.named("args")
    command = site.named("cmd")
    if isinstance(command, list):
        _start(site, command)
    elif site.name == "Command" and "Deno" in site.path():
        _start(site, [site.arg(), *(args if isinstance(args, list) else [])])
    return True


def _ruby(site: Site) -> bool:
    """system, exec, spawn of Kernel and Process: one text for a shell, or words."""
    path = site.path()
    if len(path) > 1 and not {"Kernel", "Process", "IO", "Open3", "PTY", "self", "send"} & set(path):
        return False
    values = [each for each in site.args() if not isinstance(each, dict)]
    values = [each[0] if isinstance(each, list) and len(values) > 1 and each else each for each in values]
    if site.name == "popen" and len(values) > 1:
        values = values[:1]
    if len(values) == 1:
        _text(site, values[0])
    elif values:
        _start(site, values)
    return True


def _bare(site: Site) -> bool:
    """system and exec of Perl, PHP and awk: functions, not members."""
    if site.receiver:
        return False
    values = [each for each in site.args() if isinstance(each, (str, list, Chain))]
    if (
        len(values) > 1
        and site.program.language == "perl"
        and site.name in {"system", "exec", "run", "systemx", "capture"}
    ):
        _start(site, [word for value in values for word in (value if isinstance(value, list) else [value])])
    elif values:
        _text(site, values[0])
    return True


def _perl_open(site: Site) -> bool:
    """open(F, "psql |"), open(my $f, "-|", "psql", …). False for a file."""
    args = site.args()
    mode = args[1].strip() if len(args) > 1 and isinstance(args[1], str) else ""
    if len(args) == 2 and mode.endswith("|"):
        hand_over(site.program, mode[:-1])
    elif len(args) == 2 and mode.startswith("|"):
        hand_over(site.program, "cat " + UNKNOWN + " | " + mode[1:])
    elif len(args) >= 3 and mode in {"-|", "|-"}:
        _perl_pipe(site, mode, [as_text(value) for value in args[2:]])
    else:
        return False
    return True


def _perl_pipe(site: Site, mode: str, words: list[str]) -> None:
    if len(words) == 1:
        hand_over(site.program, words[0] if mode == "-|" else "cat " + UNKNOWN + " | " + words[0])
    else:
        site.call.run(words, stdin=UNKNOWN if mode == "|-" else None)


def _symfony(site: Site) -> bool:
    value = site.arg()
    if isinstance(value, list):
        _start(site, value)
    elif site.name == "fromShellCommandline":
        _text(site, value)
    return True


def _r(site: Site) -> bool:
    second = site.arg(1)
    if site.name == "system2":
        _start(site, [site.arg(), *(second if isinstance(second, list) else [each for each in [second] if each])])
        return True
    return _shell(site)


def _go(site: Site) -> bool:
    if "exec" not in site.path() and "os/exec" not in site.path():
        return False
    _start(site, site.args()[1 if site.name == "CommandContext" else 0 :])
    return True


def _elixir(site: Site) -> bool:
    second = site.arg(1)
    if "System" not in site.path() and "os" not in site.path():
        return False
    if isinstance(second, list):
        _start(site, [site.arg(), *second])
        return True
    return _shell(site)


def awk_pipes(program: Program) -> None:
    """ "command" | getline, print | "command"."""
    tokens = program.reader.tokens
    for at, token in enumerate(tokens[1:], 1):
        if not token.is_sign("|"):
            continue
        before, after = tokens[at - 1], tokens[at + 1] if at + 1 < len(tokens) else token
        if after.kind == TEXT:
            printed = at > 1 and before.kind == TEXT and tokens[at - 2].is_name("print")
            source = "echo " + quoted(program.reader.text(before)) if printed else "cat " + UNKNOWN
            hand_over(program, source + " | " + program.reader.text(after))
        elif before.kind == TEXT and after.is_name("getline"):
            hand_over(program, program.reader.text(before))


def _lua(site: Site) -> bool:
    return _shell(site) if {"os", "io"} & set(site.path()) else False


TABLES: dict[str, dict[str, Callable[[Site], bool]]] = {
    "python": table({
        _shell: "system popen popen2 popen3 popen4 getoutput getstatusoutput create_subprocess_shell exec_command runu"
        " subprocess_shell",
        _either: "run call check_call check_output Popen run_process open_process spawn exec_run spawnu",
        _words: "create_subprocess_exec subprocess_exec",
        _words_after_mode: "spawnl spawnlp spawnle spawnlpe spawnv spawnvp spawnve spawnvpe",
        _file_first: "execl execlp execle execlpe execv execvp execve execvpe posix_spawn posix_spawnp",
    }),
    "javascript": table({
        _script_shell: "exec execSync execCommand execaCommand execaCommandSync command commandSync",
        _script_file: "cross-spawn spawn spawnSync execFile execFileSync execa execaSync",
        _script_fork: "fork",
        _deno: "Command",
    }),
    "ruby": table({_ruby: "system exec spawn popen sh capture2 capture2e capture3 popen2 popen2e popen3 pipeline"}),
    "perl": table({_bare: "system exec capture run systemx readpipe", _perl_open: "open"}),
    "php": table({
        _bare: "exec shell_exec system passthru popen proc_open pcntl_exec",
        _symfony: "Process fromShellCommandline",
    }),
    "lua": table({_lua: "execute popen"}),
    "r": table({_r: "system system2 shell"}),
    "go": table({_go: "Command CommandContext"}),
    "elixir": table({_elixir: "cmd shell"}),
    "awk": table({_bare: "system"}),
}  # fmt: skip
