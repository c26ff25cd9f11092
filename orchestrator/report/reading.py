"""What a run document says, as rows that both renderings show: changes, rejections, what the proof saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestrator.report import figures

Document = Mapping[str, Any]
PHASES = {"upgrade": "Upgrade", "downgrade": "Downgrade", "second_upgrade": "Second upgrade"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One query and what the chosen change does to it. `wall` and `after` are None where no change is worth making."""

    query: str
    title: str
    what: tuple[str, ...]
    cause: str
    before_ms: float | None
    wall: Mapping[str, Any] | None
    cpu: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    same_rows: bool
    kind: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """`measured` is None for an index type, whose figures stand in its reason and its curve."""

    name: str
    about: str
    measured: Mapping[str, Any] | None
    verdict: str
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of what was observed: `passed` is None where it could not be found out."""

    what: str
    said: str
    passed: bool | None


def claims(document: Document, *topics: str, about: str | None = None) -> list[Mapping[str, Any]]:
    return [each for each in document["evidence"] if each["topic"] in topics and about in (None, each["about"])]


def refs(found: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(each["id"] for each in found)


def changes(document: Document) -> list[Change]:
    return [_change(document, query) for query in document["queries"]]


def _change(document: Document, query: Mapping[str, Any]) -> Change:
    effect = query["effect"]
    topics = ("speed", "answers", "cause") if effect else ("cause", "rejected")
    found = claims(document, *topics, about=query["id"])
    causes = query["causes"]
    return Change(
        query=figures.words(query["id"]),
        title=query["title"],
        what=tuple(_what(query)) if effect else (),
        cause=causes[0]["says"] if causes else "",
        before_ms=effect["wall"]["before_ms"] if effect else query["baseline"]["wall_ms"],
        wall=effect["wall"] if effect else None,
        cpu=effect["cpu"] if effect else None,
        after=effect["after"] if effect else None,
        same_rows=bool(effect and effect["same_rows"]),
        kind=found[0]["kind"] if found else "measured",
        evidence=refs(found),
    )


def _what(query: Mapping[str, Any]) -> list[str]:
    found = [f"index {name}" for name in query["indexes"]]
    if query["rewritten"]:
        found.append("the query rewritten")
    return found + [f"SET LOCAL {name} = {value}" for name, value in query["settings"].items()]


def rejections(document: Document) -> list[Rejection]:
    """Candidates and index types that were measured and not taken."""
    found = []
    for query in document["queries"]:
        for each in query["candidates"]:
            if each["verdict"] != "kept":
                of_query = claims(document, "rejected", about=query["id"])
                own = [claim for claim in of_query if claim["value"] == each["measured"]]
                found.append(_candidate(each, figures.words(query["id"]), refs(own)))
    for index in document["indexes"]:
        if not index["chosen"]:
            own = claims(document, "rejected", "index", about=index["name"])
            found.append(
                Rejection(
                    name=index["name"],
                    about="index type",
                    measured=None,
                    verdict="rejected",
                    reason=index_reason(document, index),
                    evidence=refs(own),
                )
            )
    return found


def index_reason(document: Document, index: Mapping[str, Any]) -> str:
    """Why an index was chosen, or why not: the reason it was proposed for does not say why it was left."""
    if index["chosen"] or claims(document, "rejected", about=index["name"]):
        return str(index["reason"])
    return "no change that uses it was taken"


def _candidate(each: Mapping[str, Any], about: str, evidence: tuple[str, ...]) -> Rejection:
    return Rejection(
        name=each["name"],
        about=about,
        measured=each["measured"],
        verdict=each["verdict"],
        reason=each["reason"],
        evidence=evidence,
    )


def proof(document: Document) -> Mapping[str, Any] | None:
    """What the proof of the migration observed, None without a migration."""
    migration = document["migration"]
    found = migration.get("proof") if migration else None
    return found if found and "skipped" not in found else None


def locks(document: Document) -> list[Fact]:
    """The strongest lock on each table that was there before, over all phases, with what waits while it is held.

    A lock in fewer than all three phases names them.
    """
    held: dict[tuple[str, str, str], list[str]] = {}
    for lock in (proof(document) or {}).get("strongest_lock", ()):
        key = (lock["mode"], lock["table"], lock["blocks"])
        held.setdefault(key, []).append(PHASES.get(lock["phase"], figures.words(lock["phase"])).lower())
    return [
        Fact(
            what=f"{mode} on {table}",
            said=blocked(blocks) if len(phases) == len(PHASES) else f"{', '.join(phases)}: {blocked(blocks)}",
            passed=blocks in ("nothing", "schema changes"),
        )
        for (mode, table, blocks), phases in held.items()
    ]


def blocked(blocks: str) -> str:
    """What a lock means to the application, in words."""
    said = {
        "reads and writes": "nobody can read or write the table while it is held",
        "writes": "INSERT, UPDATE and DELETE wait while it is held; reads go on",
        "schema changes": "reads and writes go on; other schema changes, VACUUM and ANALYZE wait",
        "nothing": "reads and writes go on",
    }
    return said.get(blocks, f"blocks {blocks}")


def roundtrip(document: Document) -> list[Fact]:
    trip = (proof(document) or {}).get("roundtrip", {})
    named = (
        ("schema_equal", "schema after the downgrade", "the same as before the upgrade"),
        ("data_equal", "rows after the downgrade", "the same as before the upgrade"),
        ("second_upgrade", "second upgrade", "ran, with the same schema as the first"),
    )
    return [Fact(what=what, said=_said(trip.get(name), good), passed=trip.get(name)) for name, what, good in named]


def roundtrip_in_one_line(document: Document) -> str:
    found = roundtrip(document)
    if all(fact.passed for fact in found):
        return "up, down, up again: the same schema and the same rows"
    return "; ".join(f"{fact.what}: {fact.said}" for fact in found if not fact.passed)


def _said(passed: bool | None, good: str) -> str:
    if passed is None:
        return "not reached"
    return good if passed else "not so: see the phases"


def sessions(document: Document) -> list[Fact]:
    """What a session that wrote and one that read felt while the migration ran."""
    found = []
    for name in ("writers", "readers"):
        seen = (proof(document) or {}).get(name)
        if seen:
            waited = seen["waited_for_migration"]
            said = f"{figures.ms(seen['max_ms'])} at most in {figures.count(seen['attempts'])} statements"
            said += f", waited for the migration {waited} times" if waited else ", never waited for the migration"
            said += f"; errors: {'; '.join(seen['errors'])}" if seen["errors"] else ""
            what = "a session that writes" if name == "writers" else "a session that reads"
            found.append(Fact(what=what, said=said, passed=not waited and not seen["errors"]))
    return found


def passed_checks(document: Document) -> str:
    """ "17 of 17 checks passed", or why there was no review."""
    review = document["review"]
    if not review:
        return "no review: there is no migration to look at"
    passed = sum(1 for check in review["checks"] if check["passed"])
    reason = f": {review['reason']}" if review.get("reason") else ""
    return f"{passed} of {len(review['checks'])} checks passed{reason}"


def route_reason(document: Document) -> str:
    """Why this agent, in one line."""
    route, agent = document["route"], document["agent"]["name"]
    skills = ", ".join(skill["name"] for skill in route.get("skills", ()))
    matched = ", ".join(f'"{hit["text"]}"' for hit in route.get("matched", ()))
    return str(agent) + (f" with {skills}" if skills else "") + (f", because of {matched}" if matched else "")


def target(document: Document) -> str:
    """What was measured on, in one line."""
    shown, server = document["target"]["shown"], document["target"]["server"]
    tables = ", ".join(map(_table, document["target"]["tables"]))
    scratch = document["scratch"]
    vector = f" with pgvector {scratch['pgvector']}" if scratch["pgvector"] else ""
    own = f", read from PostgreSQL {server['postgresql']}" if server else ""
    return f"{shown}{own}: {tables or 'no table'}, on a disposable PostgreSQL {scratch['postgresql']}{vector}"


def _table(table: Mapping[str, Any]) -> str:
    if table["sampled"]:
        whole = figures.count(table["estimated_rows"])
        return f"{table['name']} (a sample of {figures.count(table['rows'])} of about {whole} rows)"
    return f"{table['name']} ({figures.count(table['rows'])} rows)"
