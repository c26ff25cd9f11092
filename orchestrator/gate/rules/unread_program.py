"""A program uses a database, and what it would run there cannot be read."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unread-program",
    decision=ASK,
    why="runs a program that uses a database, and what it would do there is only known once it runs",
    instead="write the SQL into the command itself, or into a file that can be read, so that it can be judged",
    source="https://docs.python.org/3/using/cmdline.html#cmdoption-c",
    fires_on=(
        "python3 -c 'import psycopg, sys; psycopg.connect().execute(sys.argv[1])' \"$SQL\"",
        "python3 -c 'import psycopg; psycopg.connect().execute(open(\"/mnt/ops/fix.sql\").read())'",
        "python3 -c 'import psycopg, base64, os; exec(base64.b64decode(os.environ[\"STEP\"]))'",
        'node -e \'const { Pool } = require("pg"); new Pool().query(process.argv[1])\' "$SQL"',
        "ruby -r pg -e 'PG.connect.exec(ARGV[0])' \"$SQL\"",
        "python scripts/drop_old_tables.py",
        "node db/reset_db.js",
    ),
    silent_on=(
        "python3 -c 'import psycopg; print(psycopg.connect().execute(\"SELECT 1\").fetchone())'",
        "python3 -c 'import sys; print(sys.argv[1])' \"$SQL\"",
        "node -e 'console.log(process.argv[1])' \"$SQL\"",
        "python scripts/build.py",
        "node server.js",
        {
            "tool": "Bash",
            "input": {"command": "python app.py"},
            "files": {
                "app.py": "import psycopg\n\n\ndef run(sql, args):\n    return psycopg.connect().execute(sql, args)\n"
            },
        },
    ),
)
