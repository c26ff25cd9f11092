"""A collection, table or index of a document store is dropped."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="drop-collection",
    decision=DENY,
    why="drops a collection or search index with all its documents",
    instead="name it to the user, say how many documents it has, and let the user drop it",
    source="https://www.mongodb.com/docs/manual/reference/method/db.collection.drop/",
    fires_on=(
        "mongosh shop --eval 'db.orders.drop()'",
        "mongosh shop --eval 'db.getCollection(\"orders\").drop()'",
        'mongosh shop --eval \'db["orders"]["drop"]()\'',
        "mongosh shop --eval 'db.runCommand({drop: \"orders\"})'",
        "curl -XDELETE localhost:9200/orders",
        "curl -X DELETE 'http://es:9200/_all'",
        "http DELETE :9200/orders",
        "curl -X DELETE http://localhost:6333/collections/docs",
    ),
    silent_on=(
        "mongosh shop --eval 'db.getCollectionNames()'",
        "mongosh shop --eval 'db.orders.find({drop: 1})'",
        "curl localhost:9200/_cat/indices",
        "curl -X DELETE localhost:9200/_search/scroll -d '{}'",
        "curl -XGET localhost:9200/orders",
        "curl -X DELETE localhost:8080/orders",
    ),
    clause="dont-drop",
)
