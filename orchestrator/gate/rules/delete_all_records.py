"""A program deletes every record of a table or collection through its object mapper."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="delete-all-records",
    decision=DENY,
    why="deletes every row of a table, or every document of a collection, through a library",
    instead="count the rows first and show the user; delete only what a condition selects, after the user has agreed",
    source="https://docs.djangoproject.com/en/stable/ref/models/querysets/#delete",
    fires_on=(
        "python manage.py shell -c 'from shop.models import Order; Order.objects.all().delete()'",
        "python3 -c 'from app import Session, Order; s = Session(); s.query(Order).delete(); s.commit()'",
        "python3 -c 'from sqlalchemy import delete; from app import s, Order; s.execute(delete(Order))'",
        "python3 -c 'from app import Order; import peewee; Order.delete().execute()'",
        "python3 -c 'import pymongo; pymongo.MongoClient().shop.orders.delete_many({})'",
        "node -e 'const { PrismaClient } = require(\"@prisma/client\"); new PrismaClient().order.deleteMany()'",
        "node -e 'prisma.order.deleteMany({ where: {} })'",
        'node -e \'const knex = require("knex")(require("./knexfile")); knex("orders").del().then(console.log)\'',
        "node -e 'require(\"./models\").Order.destroy({ where: {}, truncate: true })'",
        'node -e \'const m = require("mongoose"); m.model("Order").deleteMany({})\'',
        "ruby -r ./config/environment -e 'Order.delete_all'",
        "ruby -r ./config/environment -e 'Order.all.destroy_all'",
        "php artisan tinker --execute='DB::table(\"orders\")->truncate();'",
        'php -r \'require "vendor/autoload.php"; DB::table("orders")->delete();\'',
        {
            "tool": "Bash",
            "input": {"command": "python cleanup.py"},
            "files": {"cleanup.py": "from app import db, Order\ndb.session.query(Order).delete()\n"},
        },
    ),
    silent_on=(
        "python manage.py shell -c 'from shop.models import Order; print(Order.objects.count())'",
        "python3 -c 'x = {1: 2}; x.clear(); print(x)'",
        "python3 -c 'from sqlalchemy import delete; from app import Order; print(delete(Order))'",
        "node -e 'new Map([[1, 2]]).delete(1)'",
        "node -e 'prisma.order.findMany().then(console.log)'",
        "node -e 'console.log(\"prisma.order.deleteMany()\")'",
        "ruby -e '[1, 2].delete_if { |x| x > 1 }'",
        "python3 - <<'PY'\n# Order.objects.all().delete()\nprint('Order.objects.all().delete()')\nPY",
        {
            "tool": "Bash",
            "input": {"command": "python app.py"},
            "files": {
                "app.py": "@app.post('/orders/<int:id>/delete')\ndef remove(id):\n"
                "    Order.query.filter_by(id=id).delete()\n    db.session.commit()\n"
            },
        },
    ),
    clause="dont-drop",
)
