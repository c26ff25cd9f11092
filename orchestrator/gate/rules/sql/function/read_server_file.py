"""Functions that read or write files of the server, or run programs on it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.calls import Invocation

NAMES = frozenset(
    {
        "pg_read_file",
        "pg_read_binary_file",
        "pg_ls_dir",
        "pg_stat_file",
        "pg_file_write",
        "pg_file_unlink",
        "pg_file_rename",
        "pg_file_read",
        "pg_file_sync",
        "pg_logdir_ls",
        "pg_write_file",
        "lo_import",
        "lo_export",
        "load_file",
        "sys_exec",
        "sys_eval",
        "executable",
        "xp_cmdshell",
    }
)


def matches(call: Invocation) -> bool:
    return call.name in NAMES


RULE = Rule(
    id="read-server-file",
    decision=DENY,
    why=(
        "the function reads or writes files on the database server, or runs a program there, as the user that the "
        "server runs as"
    ),
    instead="\\copy and \\lo_import use files on this side; SHOW and pg_settings show the configuration",
    source="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-GENFILE",
    fires_on=(
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_ls_dir('.')",
        "SELECT pg_catalog.\"pg_read_binary_file\"('x')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT LOAD_FILE('/etc/passwd')",
    ),
    silent_on=(
        "SELECT 'pg_read_file(1)'",
        "SELECT pg_read_file FROM t",
        "EXPLAIN SELECT pg_read_file('x')",
        "SELECT sum(size) FROM pg_ls_waldir()",
        "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO clerk",
    ),
    matches=matches,
    clause="dont-write-production",
)
