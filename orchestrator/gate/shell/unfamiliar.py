"""Programs that no reader knows: a wrapper, a script of the project, or something with a client in its words."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.shell import pattern, wrappers
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
    "[ [[ ack ag apk apropos apt apt-cache apt-file apt-get aptitude asciinema awk basename bat bc brew cal cargo-add"
    " chmod chown chgrp cmp code column comm conda cp ctags cut date delta df diff dig direnv dirname dnf dpkg du"
    " emacs exa expand expr eza fd fdfind file fmt fold gh git glab grep egrep fgrep rgrep gsettings hash head help"
    " history hostname hub id ifconfig info install ip jobs jq yq key kill killall launchctl less link ln locate look"
    " ls lsd lsof make-links man md5sum mkdir mkfifo more most mv nano netstat nl nm nvim open pacman paste patch pgrep"
    " pidof pip pip3 pkg pkill port ps pwgen rename rg ripgrep rpm say seq sha256sum shasum shellcheck shfmt sleep snap"
    " spell split ss stat strings stty subl tar test tig tldr tmutil top touch tput tree trivy tsort tty type ulimit"
    " umask uname unexpand unzip update-alternatives uptime vi view vim wc whatis whereis which who whoami w winget"
    " xdg-open xclip xsel pbcopy pbpaste notify-send osascript yum zgrep zip zipinfo zless zypper print".split()
)


# "decoded" is what the gate itself calls text that came out of a decoder it cannot follow.
DATABASE_HINTS = ("sql", "migrat", "dropdb", "truncate", "drop_", "_drop", "alembic", "decoded")
# A program with one of these words in its name looks at SQL and does not run it.
READERS = frozenset("explain lint format fmt parse check test print show fluff formatter linter parser diff".split())


def names_a_database(text: str) -> bool:
    """True if the hints of unknown text speak of a database: $SQL, $PSQL_CMD, $MIGRATE."""
    words = "_".join(hints(text)).lower()
    return any(word in words for word in DATABASE_HINTS)


def read(call: Call) -> None:
    if wrappers.read(call) or call.name in INERT:
        return
    if _script(call) or _by_pattern(call):
        return
    if _client_inside(call):
        return
    if call.args[:1] in (["eval"], ["rpc"]) and len(call.args) == 2 and "/bin/" in "/" + call.argv[0]:
        call.run(["mix", "eval", call.args[1]])  # the release of an Elixir application
    _text_inside(call)


def _script(call: Call) -> bool:
    """A script of the project, started by its path. False if it is none, or cannot be read."""
    word = call.argv[0]
    if "/" not in word or not is_known(word):
        return False
    text = call.read(word)
    if text is None and word.endswith((".sh", ".bash")):
        call.shell(unknown(word.rpartition("/")[2]))
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
    if not pattern.special(call.name) or OPEN in call.name:
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
    return position + 1 < len(call.argv) or call.stdin is not None or call.argv[position - 1] == "--"


def _as_shell(call: Call, text: str) -> None:
    call.shell(text)


def _text_inside(call: Call) -> None:
    """SQL that would lose data, handed to a program that is not known and has a name like a client's."""
    words = call.name.lower().replace("-", "_").replace(".", "_").split("_")
    named = OPEN in call.name or any("sql" in word or word in ("db", "pg", "query", "exec") for word in words)
    texts = [word for word in call.args if " " in word.strip()] + ([call.stdin] if call.stdin else [])
    if named and not READERS & frozenset(words) and any(_destroys(text) for text in texts):
        call.effect("unknown-wrapper", "")


def _destroys(text: str) -> bool:
    first = text.lstrip("\n\t (;").split(None, 1)[:1]
    if not first or first[0].upper() not in ("DROP", "TRUNCATE", "DELETE", "UPDATE", "ALTER", "WITH", "BEGIN"):
        return False
    found = catalogue.module("sql.judge").effects(text, "postgresql")  # type: ignore[attr-defined]
    return any(effect.rule.decision == "deny" for effect in found)
