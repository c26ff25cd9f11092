"""A program drops tables through its object mapper."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="drop-tables",
    decision=DENY,
    why="drops tables, with every row in them, through a library",
    instead="write a migration that drops the table, show what it would lose, and let the user run it",
    source="https://docs.sqlalchemy.org/en/20/core/metadata.html#sqlalchemy.schema.MetaData.drop_all",
    fires_on=(
        "python3 -c 'from app import db; db.drop_all()'",
        "python3 -c 'from app.db import Base, engine; Base.metadata.drop_all(bind=engine)'",
        "python3 -c 'import peewee; from app import database, Order; database.drop_tables([Order])'",
        'node -e \'const knex = require("knex")({}); knex.schema.dropTableIfExists("orders")\'',
        'node -e \'const { Sequelize } = require("sequelize"); new Sequelize("shop").drop()\'',
        "ruby -r ./config/environment -e 'ActiveRecord::Base.connection.drop_table :orders'",
        'php -r \'require "bootstrap.php"; Schema::dropIfExists("orders");\'',
        {
            "tool": "Bash",
            "input": {"command": "python reset.py"},
            "files": {"reset.py": "from app import Base, engine\n\nBase.metadata.drop_all(engine)\n"},
        },
    ),
    silent_on=(
        "python3 -c 'from app.db import Base, engine; Base.metadata.create_all(engine)'",
        'python3 -c \'import pandas as pd; print(pd.read_csv("a.csv").drop(columns=["b"]))\'',
        "python3 -c 'print(\"db.drop_all()\")'",
        "node -e 'console.log([1, 2, 3].slice(1))'",
        "ruby -e 'puts [1, 2, 3].drop(1).inspect'",
    ),
    clause="dont-drop",
)
