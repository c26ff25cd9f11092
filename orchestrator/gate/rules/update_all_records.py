"""A program changes every record of a table or collection through its object mapper."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="update-all-records",
    decision=DENY,
    why="overwrites a column in every row of a table, or a field in every document, through a library",
    instead="count the rows first and show the user; change only what a condition selects, after the user has agreed",
    source="https://docs.djangoproject.com/en/stable/ref/models/querysets/#update",
    fires_on=(
        "python manage.py shell -c 'from shop.models import Order; Order.objects.update(paid=True)'",
        "python manage.py shell -c 'from shop.models import Order; Order.objects.all().update(paid=True)'",
        "python3 -c 'from sqlalchemy import update; from app import s, A; s.execute(update(A).values(paid=True))'",
        "node -e 'prisma.order.updateMany({ data: { paid: true } })'",
        'node -e \'const knex = require("knex")({}); knex("orders").update({ paid: true })\'',
        "ruby -r ./config/environment -e 'Order.update_all(paid: true)'",
    ),
    silent_on=(
        "python3 -c 'd = {}; d.update(paid=True); print(d)'",
        "python manage.py shell -c 'from shop.models import Order; print(Order.objects.filter(paid=True).count())'",
        'node -e \'require("crypto").createHash("md5").update("x").digest("hex")\'',
        "ruby -e 'h = {}; h.update(paid: true)'",
    ),
)
