"""A one-off program deletes or changes some records through its object mapper."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="change-records",
    decision=ASK,
    why="deletes or changes records that a condition selects, through a library, from a one-off program",
    instead="count what the condition selects first, show the user, and let the user agree",
    source="https://docs.djangoproject.com/en/stable/topics/db/queries/#deleting-objects",
    fires_on=(
        "python manage.py shell -c 'from shop.models import Order; Order.objects.filter(paid=False).delete()'",
        "python manage.py shell -c 'from shop.models import Order; Order.objects.filter(id=3).update(paid=True)'",
        "node -e 'prisma.order.deleteMany({ where: { paid: false } })'",
        'node -e \'const knex = require("knex")({}); knex("orders").where({ paid: false }).del()\'',
        "ruby -r ./config/environment -e 'Order.where(paid: false).delete_all'",
    ),
    silent_on=(
        "python manage.py shell -c 'from shop.models import Order; print(Order.objects.filter(paid=False))'",
        "python3 -c 'print([1].remove(1))'",
        "ruby -e 'puts [3, 1].sort.delete(1)'",
        {
            "tool": "Bash",
            "input": {"command": "node server.js"},
            "files": {
                "server.js": "app.delete('/orders/:id', async (req, res) => {\n"
                "  await prisma.order.deleteMany({ where: { id: req.params.id } })\n  res.sendStatus(204)\n})\n"
            },
        },
    ),
)
