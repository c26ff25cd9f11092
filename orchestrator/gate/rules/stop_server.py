"""A database server is stopped or restarted."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="stop-server",
    decision=ASK,
    why="stops or restarts a database server: open transactions are rolled back and every client loses its connection",
    instead="ask the user for a time when that is fine, or reload the settings instead",
    source="https://www.postgresql.org/docs/current/app-pg-ctl.html",
    fires_on=(
        "pg_ctl stop -D /srv/pg -m immediate",
        "pg_ctl -D /srv/pg restart",
        "sudo systemctl restart postgresql",
        "sudo service postgresql stop",
        "brew services stop postgresql@16",
        "mysqladmin -u root shutdown",
        "pkill -9 postgres",
        "killall postgres",
        "pg_ctlcluster 16 main stop",
        "redis-cli shutdown nosave",
        "sudo /etc/init.d/postgresql restart",
        "aws rds reboot-db-instance --db-instance-identifier shop",
    ),
    silent_on=(
        "pg_ctl status -D /srv/pg",
        "pg_ctl start -D /srv/pg -l log",
        "sudo systemctl status postgresql",
        "sudo systemctl start postgresql",
        "brew services list",
        "brew services start postgresql@16",
        "systemctl restart nginx",
        "pkill node",
        "killall python",
        "docker stop web",
        "pg_ctlcluster 16 main status",
        "pgrep -a postgres",
        "aws rds describe-db-instances",
    ),
)
