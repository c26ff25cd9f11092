"""Programs that no reader knows: a wrapper, a script of the project, or something with a client in its words."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.shell import pattern, wrappers
from orchestrator.gate.task import changes_database, unread
from orchestrator.gate.text import OPEN, hints, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# Programs that reach a database by themselves; among the words of a program that is not known they are meant.
CLIENTS = frozenset(
    "alembic clickhouse-client clusterdb cockroach cqlsh dbmate diesel drizzle-kit dropdb dropuser flyway goose knex"
    " liquibase mariadb mongo mongorestore mongosh mysql mysqladmin pg_ctl pg_restore pgcli prisma psql redis-cli"
    " reindexdb sequelize sqitch sqlite3 sqlx typeorm usql vacuumdb valkey-cli".split()
)
# Programs that never start what their words name.
INERT = frozenset(
    "[ [[ ack ag apk apropos apt apt-cache apt-file apt-get aptitude asciinema awk b2sum basename bat bc brew cal"
    " cargo-add chgrp chmod chown cksum cmp code column comm conda cp ctags cut date delta df diff dig direnv"
    " dirname dnf dpkg du egrep emacs exa expand expr eza fd fdfind fgrep file fmt fold free gh git glab grep groups"
    " gsettings hash head help history hostname hub id ifconfig info install ip jobs jq key kill killall launchctl"
    " less link ln locate look ls lsd lsof make-links man md5sum mkdir mkfifo more most mv nano netstat nl nm"
    " notify-send nproc nvim od open osascript pacman paste patch pbcopy pbpaste pgrep pidof pip pip3 pkg pkill port"
    " print printenv ps pwgen rename rg rgrep ripgrep rpm say seq sha1sum sha224sum sha256sum sha384sum sha512sum"
    " shasum shellcheck shfmt sleep snap spell split ss stat strings stty subl tac tar test tig tldr tmutil top"
    " touch tput tree trivy tsort tty type ulimit umask uname unexpand unzip update-alternatives uptime vi view vim"
    " w wc whatis whereis which who whoami winget xclip xdg-open xsel yq yum zgrep zip zipinfo zless zypper".split()
)


# "decoded" is what the gate itself calls text that came out of a decoder it cannot follow.
DATABASE_HINTS = ("sql", "migrat", "dropdb", "truncate", "drop_", "_drop", "alembic", "decoded")
# A program or a subcommand with one of these in its name looks at SQL and does not run it.
READERS = ("explain", "lint", "format", "fmt", "parse", "check", "test", "print", "show", "fluff", "diff", "valid")


def names_a_database(text: str) -> bool:
    """True if the hints of unknown text speak of a database: $SQL, $PSQL_CMD, $MIGRATE."""
    found = hints(text)
    words = "_".join(found).lower()
    return any(word in words for word in DATABASE_HINTS) or any(map(changes_database, found))


def read(call: Call) -> None:
    outputs = catalogue.module("outputs")
    if call.name in outputs.NAMES:  # type: ignore[attr-defined]
        outputs.read(call)  # type: ignore[attr-defined]
    if wrappers.read(call) or call.name in INERT:
        return
    if _script(call) or _by_pattern(call):
        return
    if _client_inside(call):
        return
    if call.argv[0].endswith("/" + call.name) and not {"-h", "--help", "--version"} & set(call.args):
        unread(call, call.name)  # a program of the project, of which there is nothing to read
    if call.args[:1] in (["eval"], ["rpc"]) and len(call.args) == 2 and "/bin/" in "/" + call.argv[0]:
        call.run(["mix", "eval", call.args[1]])  # the release of an Elixir application
    _text_inside(call)


# Long scripts that find a tool and start it; the tool's reader knows what the words mean.
LAUNCHERS = frozenset({"gradlew", "mvnw", "sail"})


def is_own_script(call: Call) -> bool:
    """True for a shell script of the project, whatever program has its name: bin/test, ./migrate."""
    word = call.argv[0]
    if word.startswith(("/usr/", "/bin/", "/opt/")) or "node_modules/" in word or not is_known(word):
        return False
    if call.name in LAUNCHERS:
        return False
    first = (call.read(word) or "")[:80].split("\n", 1)[0]
    return first.startswith("#!") and first.split()[-1].rpartition("/")[2] in ("sh", "bash", "zsh", "dash", "ksh")


def start_script(call: Call) -> None:
    _script(call)
    if "$@" in (call.read(call.argv[0]) or "") and call.name in catalogue.names("programs"):
        call.run([call.name, *call.args])  # it may hand its words on to what it is named after


def _script(call: Call) -> bool:
    """A script of the project, started by its path. False if it is none, or cannot be read."""
    word = call.argv[0]
    if "/" not in word or not is_known(word):
        return False
    text = call.read(word)
    if text is None and word.endswith((".sh", ".bash")):
        if not catalogue.module("task").only_looks(word, call.args):  # type: ignore[attr-defined]
            call.shell(unknown(word.rpartition("/")[2]))
        if "--" in call.args:
            call.run(call.args[call.args.index("--") + 1 :])  # ./wait-for-it.sh db:5432 -- command
        return True
    if text is None or "\0" in text[:1024]:
        return False
    first = text.split("\n", 1)[0]
    words = first[2:].split() if first.startswith("#!") else ["/bin/sh"]
    if words and words[0].endswith("/env"):
        words = [each for each in words[1:] if not each.startswith("-")]
    if words and (first.startswith("#!") or word.endswith((".sh", ".bash")) or text.isprintable() or "\n" in text):
        call.run([*words[:1], word, *call.args])
        return True
    return False


def _by_pattern(call: Call) -> bool:
    """A client that is named by a pattern: /usr/bin/p[s]ql."""
    if not pattern.special(call.name) or OPEN in call.name or sum(map(str.isalpha, call.name)) < 2:
        return False
    for name in sorted(CLIENTS):
        if pattern.matches(name, call.name):
            call.run([name, *call.args])
            return True
    return False


def _client_inside(call: Call) -> bool:
    """The first database client among the words, with what follows it, at least asks."""
    for position, word in enumerate(call.argv):
        name = word.rpartition("/")[2]
        if position and name in CLIENTS and _is_used(call, position):
            call.run(call.argv[position:], least="unknown-wrapper")
            return True
        if position and " " in word.strip() and word.split(None, 1)[0].rpartition("/")[2] in CLIENTS:
            _as_shell(call, word)
    return False


def _is_used(call: Call, position: int) -> bool:
    """A client's name alone is a name: `mytool install psql`; with words behind it or input it is a start."""
    rest = call.argv[position + 1 :]
    if rest and all(word in ("--version", "--help", "-V", "-?") for word in rest):
        return False
    return bool(rest) or call.stdin is not None or call.argv[position - 1] == "--"


def _as_shell(call: Call, text: str) -> None:
    call.shell(text)


def _text_inside(call: Call) -> None:
    """SQL that would lose data, handed to a program that is not known and has a name like a client's."""
    words = call.name.lower().replace("-", "_").replace(".", "_").split("_")
    named = OPEN in call.name or any("sql" in word or word in ("db", "pg", "query", "exec") for word in words)
    texts = [word for word in call.args if " " in word.strip()] + ([call.stdin] if call.stdin else [])
    reads = any(reader in word for reader in READERS for word in [*words, *call.args[:1]] if " " not in word)
    if named and not reads and any(_destroys(text) for text in texts):
        call.effect("unknown-wrapper", "")


def _destroys(text: str) -> bool:
    first = text.lstrip("\n\t (;").split(None, 1)[:1]
    if not first or first[0].upper() not in ("DROP", "TRUNCATE", "DELETE", "UPDATE", "ALTER", "WITH", "BEGIN"):
        return False
    found = catalogue.module("sql.judge").effects(text, "postgresql")  # type: ignore[attr-defined]
    return any(effect.rule.decision == "deny" for effect in found)
