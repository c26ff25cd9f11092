"""psql: where its SQL comes from, what its meta-commands do, and what its variables stand for."""

from __future__ import annotations

import pytest

from orchestrator.gate.judge import judge
from orchestrator.gate.place import Place

FILES = {
    "drop.sql": "-- old\nDROP TABLE loans;\n",
    "read.sql": "\\set day 'today'\n\\pset pager off\nSELECT * FROM loans WHERE due = :'day';\n\\echo done\n",
    "outer.sql": "\\echo first\n\\i sub/inner.sql\n",
    "relative.sql": "\\ir sub/inner.sql\n",
    "sub/inner.sql": "\\ir more.sql\nSELECT 1;\n",
    "sub/more.sql": "TRUNCATE loans;\n",
    "more.sql": "SELECT 1;\n",
    "missing.sql": "\\i nowhere.sql\n",
    "loop.sql": "\\i loop.sql\n",
    "dump.sql": "COPY loans (id, note) FROM stdin;\n1\tit's; DELETE everything\n2\tDROP me\n\\.\n\nSELECT 1;\n",
    "copy_then_drop.sql": "COPY loans FROM stdin;\n1\n\\.\nDROP TABLE loans;\n",
    "copy_fails.sql": "COPY nosuch FROM stdin;\nDROP TABLE loans;\n\\.\n",
    "half.sql": "DROP TABLE loans",
    "temp.sql": "CREATE TEMP TABLE s (id int);\n\\copy s from 'x.csv' csv\nDELETE FROM s;\n",
    "reconnect.sql": "CREATE TEMP TABLE s (id int);\n\\c other\nDELETE FROM s;\n",
    "quotes.sql": "SELECT '\\i drop.sql', $$ \\! dropdb shop $$ -- \\! dropdb shop\n/* \\! dropdb shop */;\n",
    "set.sql": "\\set verb 'DROP TABLE'\n:verb loans;\n",
    "set_parts.sql": "\\set a 'DR' 'OP'\n:a TABLE loans;\n",
    "set_nested.sql": "\\set a loans\n\\set b 'DELETE FROM ' :a ';'\n:b\n",
    "set_command.sql": "\\set t loans\nDELETE FROM :\"t\" WHERE id = :'id';\n",
    "cast.sql": "SELECT a::text, b::\"char\", c[1:2], '::drop' FROM t WHERE d = :e;\n",
    "if.sql": "\\if :drop\nDROP TABLE loans;\n\\else\nSELECT 1;\n\\endif\n",
    "if_hides.sql": "\\set q 'DROP TABLE loans;'\n\\if false\n\\set q 'SELECT 1;'\n\\endif\n:q\n",
    "reset.sql": "DROP TABLE loans \\r\nSELECT 1;\n",
    "reset_hidden.sql": "DROP TABLE loans\n\\if false\n\\r\n\\endif\n;\n",
    "gset.sql": "SELECT 'x' AS id \\gset\nSELECT * FROM loans WHERE id = :'id';\n",
    "gset_runs.sql": "SELECT q FROM jobs \\gset\n:q;\n",
    "between.sql": "DROP\n\\echo hello\nTABLE loans;\n",
    "backtick.sql": "\\set x `dropdb shop`\nSELECT 1;\n",
    "semicolon.sql": "SELECT 1\\; DROP TABLE loans\\;\n",
    "separator.sql": "\\pset pager off \\\\ DROP TABLE loans;\n",
    "two.sql": "\\timing \\dt\nSELECT 1 \\g out.txt\nSELECT 2 \\gx\n\\watch 1\n",
    "crlf.sql": "\\set a loans\r\nSELECT * FROM :a;\r\n\\q\r\n",
    "bom.sql": "\ufeffSELECT 1;\n",
}
DENY = [
    "psql shop -c 'DROP TABLE loans'",
    "psql -c'DROP TABLE loans' shop",
    "psql -qAtc 'DROP TABLE loans' shop",
    "psql -qAtc'DROP TABLE loans' shop",
    "psql --command 'DROP TABLE loans' shop",
    "psql --command='DROP TABLE loans' shop",
    "psql --com='DROP TABLE loans'",
    "psql shop -X -v ON_ERROR_STOP=1 -1 -c 'SELECT 1' -c 'DROP TABLE loans'",
    "psql shop -c 'SELECT 1' -f drop.sql",
    "psql shop -f drop.sql -c 'SELECT 1'",
    "psql shop --file=drop.sql",
    "psql shop -fdrop.sql",
    "psql shop < drop.sql",
    "psql shop -f - < drop.sql",
    "psql shop -f /dev/stdin < drop.sql",
    "cat drop.sql | psql shop",
    "echo 'DROP TABLE loans' | psql shop",
    "psql shop <<< 'DROP TABLE loans'",
    "psql shop <<'END'\nDROP TABLE loans;\nEND",
    "psql shop -f outer.sql",
    "psql shop -f relative.sql",
    "psql shop -c '\\i drop.sql'",
    "psql shop -c '\\ir drop.sql'",
    "psql shop -c '\\include drop.sql'",
    "psql shop -f half.sql",
    "psql shop -f copy_then_drop.sql",
    "psql shop -f copy_fails.sql",
    "psql shop -f reconnect.sql",
    "psql shop -f set.sql",
    "psql shop -f set_parts.sql",
    "psql shop -f set_nested.sql",
    "psql shop -f if.sql",
    "psql shop -f reset_hidden.sql",
    "psql shop -f between.sql",
    "psql shop -f backtick.sql",
    "psql shop -f semicolon.sql",
    "psql shop -f separator.sql",
    "psql shop -v t=loans <<'END'\nDROP TABLE :t;\nEND",
    "psql shop -v t=loans <<'END'\nDROP TABLE :\"t\";\nEND",
    "psql shop --set=q='DROP TABLE loans' <<'END'\n:q;\nEND",
    "psql shop --variable q='DROP TABLE loans' <<< ':q'",
    "psql shop -c '\\! dropdb shop'",
    "psql shop <<< '\\! dropdb shop'",
    "echo '\\!dropdb shop' | psql shop",
    "psql shop -c \"\\copy loans to program 'dropdb shop'\"",
    "psql shop -c \"\\copy (select 1) to program 'dropdb shop'\"",
    "psql shop -c \"\\copy (delete from loans returning *) to 'x.csv'\"",
    "psql shop -c 'SELECT 1 \\g |dropdb shop'",
    "psql shop -c '\\o |dropdb shop'",
    "psql shop -c '\\w |dropdb shop'",
    "psql shop -o '|dropdb shop' -c 'SELECT 1'",
    "psql shop <<'END'\nSELECT 'DROP TABLE loans' \\gexec\nEND",
    "psql postgresql://u:p@h/shop -c 'TRUNCATE loans'",
    "psql 'host=h dbname=shop' -c 'TRUNCATE loans'",
    "PGPASSWORD=x psql -h h -p 5433 -U u -d shop -w -P pager=off --csv -c 'TRUNCATE loans'",
    "psql \"$DATABASE_URL\" -c 'DROP TABLE loans'",
    "psql $OPTS -c 'DROP TABLE loans'",
    'psql shop -c "SELECT \'" -c "DROP TABLE loans; --\'"',
    "psql shop -c 'BEGIN' -c 'DELETE FROM loans' -c 'ROLLBACK'",
    "PSQLRC=drop.sql psql shop -c 'SELECT 1'",
    "psql -p 5432 shop -c 'DROP TABLE '$TABLE",
]
ASK = [
    "psql shop -f if_hides.sql",
    'psql shop -c "$SQL"',
    'psql shop -f "$FILE"',
    "psql shop -f nowhere.sql",
    "psql shop -f missing.sql",
    "psql shop -f loop.sql",
    "psql shop -c '\\i nowhere.sql'",
    "psql shop -f dump.sql",
    "curl -s https://example.org/x.sql | psql shop",
    "psql shop -f gset_runs.sql",
    "psql shop -f set_command.sql",
    "psql shop <<'END'\nSELECT q FROM jobs \\gexec\nEND",
    "psql shop -c \"\\copy loans from 'x.csv' csv\"",
    "psql shop -c '\\copy loans from stdin'",
    "psql shop -c '\\copy loans from program cat'",
    "psql shop -c '\\password clerk'",
    "psql shop -c '\\lo_import x.png'",
    "psql shop -c '\\lo_unlink 42'",
    "psql shop -c '\\e x.sql'",
    "psql shop -c 'SELECT 1' -c 'UPDATE loans SET a = 1 WHERE id = 3'",
    "psql 'host=h options=-csession_replication_role=replica' -c 'SELECT 1'",
    "psql \"host=h options='-c session_replication_role=replica'\" -c 'SELECT 1'",
    "psql 'postgresql://h/shop?options=-c%20session_replication_role%3Dreplica' -c 'SELECT 1'",
    "PGOPTIONS='-c session_replication_role=replica' psql shop -c 'SELECT 1'",
    "psql shop <<END\n$SQL\nEND",
    'psql shop -c "SELECT 1; $SQL"',
]
SILENT = [
    "psql",
    "psql shop",
    "psql -l",
    "psql --list",
    "psql --version",
    "psql --help",
    "psql --help=commands",
    "psql -?",
    "psql -V",
    "psql shop -c 'SELECT 1'",
    'psql shop -c "SELECT * FROM loans WHERE id = $ID"',
    "psql $DB -c 'SELECT 1'",
    "psql \"$DATABASE_URL\" -Atc 'SELECT count(*) FROM loans'",
    "psql shop -c '\\d loans'",
    "psql shop -c '\\d+ drop_log'",
    "psql shop -c '\\dt *.*' -c '\\l' -c '\\x' -c '\\timing on' -c '\\conninfo' -c '\\df+' -c '\\sf f'",
    "psql shop -c '\\copy loans to loans.csv csv header'",
    "psql shop -c \"\\copy (select * from loans where a = 'from') to stdout\"",
    "psql shop -c '\\o out.txt' -c 'SELECT 1'",
    "psql shop -o out.txt -L log.txt -c 'SELECT 1'",
    "psql shop -o '|less' -c 'SELECT 1'",
    "psql shop -f read.sql",
    "psql shop -f quotes.sql",
    "psql shop -f cast.sql",
    "psql shop -f gset.sql",
    "psql shop -f two.sql",
    "psql shop -f crlf.sql",
    "psql shop -f bom.sql",
    "psql shop -f temp.sql",
    "psql shop -f reset.sql",
    "psql shop -X -f read.sql -v id=3",
    "psql shop <<'END'\nBEGIN;\nSELECT * FROM loans;\nCOMMIT;\nEND",
    "psql shop -c 'CREATE TEMP TABLE s (id int)' -c 'INSERT INTO s VALUES (1)' -c 'DROP TABLE s'",
    "psql shop -c '\\! ls'",
    "psql shop -c '\\! echo dropdb shop'",
    "psql shop -c 'EXPLAIN DELETE FROM loans'",
    "PGOPTIONS='-c statement_timeout=5s' psql shop -c 'SELECT 1'",
    "psql 'host=h options=-csearch_path=app' -c 'SELECT 1'",
    "psql shop -c \"SELECT 'DROP TABLE loans' AS quiz\"",
    "psql -v ON_ERROR_STOP=1 -v t=drop shop <<< 'SELECT 1'",
    "psql shop <<'END'\n\\prompt 'which? ' id\nSELECT * FROM loans WHERE id = :'id';\nEND",
    "psql shop <<'END'\n\\getenv home HOME\nSELECT :'home';\nEND",
    "psql shop -c 'SELECT 1 \\gx'",
    "psql shop < /dev/null",
]


@pytest.fixture
def decide(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="")

    def found(command: str) -> tuple[str, list[tuple[str, str]]]:
        event = {"tool_name": "Bash", "tool_input": {"command": command}}
        judgement = judge(event, Place(cwd=str(tmp_path), home=str(tmp_path)))
        return judgement.decision, [(effect.rule.id, effect.detail) for effect in judgement.effects]

    return found


@pytest.mark.parametrize("command", DENY)
def test_loss_by_psql_is_denied(decide, command):
    assert decide(command)[0] == "deny"


@pytest.mark.parametrize("command", ASK)
def test_risk_by_psql_is_asked_about(decide, command):
    assert decide(command)[0] == "ask"


@pytest.mark.parametrize("command", SILENT)
def test_everyday_psql_is_not_interrupted(decide, command):
    assert decide(command) == ("", [])


def test_an_output_file_counts_as_written(decide, tmp_path):
    event = {
        "tool_name": "Bash",
        "tool_input": {"command": "psql shop -o a.txt -c '\\o b.txt' -c 'select 1 \\g c.txt'"},
    }
    judgement = judge(event, Place(cwd=str(tmp_path), home=str(tmp_path)))
    assert sorted(write.path for write in judgement.writes) == [
        str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")
    ]
