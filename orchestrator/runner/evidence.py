"""What a run may claim, each claim with the word that says how it is known and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orchestrator.runner.durable import Done

Claim = dict[str, Any]


def collect(done: Done) -> list[Claim]:
    """All evidence of a run, numbered E1, E2 … in a fixed order."""
    claims = [
        *_baseline(done),
        *_speed(done),
        *_answers(done),
        *_candidates(done),
        *_indexes(done),
        *_writes(done),
        *_proof(done),
        *_causes(done),
    ]
    return [{"id": f"E{position}", **claim} for position, claim in enumerate(claims, 1)]


def spoken(name: str) -> str:
    """A query's name as words."""
    return name.replace("_", " ")


def share(overlap: float) -> str:
    """An overlap with three digits; only a whole one reads 1.000."""
    return "0.999" if 0.9995 <= overlap < 1 else f"{overlap:.3f}"


def refs(claims: list[Claim], *topics: str, about: str | None = None) -> list[str]:
    """Ids of the claims on any of the topics, about one query or index if named."""
    return [claim["id"] for claim in claims if claim["topic"] in topics and about in (None, claim["about"])]


def _claim(topic: str, about: str, kind: str, claim: str, how: str, **value: Any) -> Claim:
    return {"topic": topic, "about": about, "kind": kind, "claim": claim, "how": how, "value": value}


def _baseline(done: Done) -> Iterator[Claim]:
    for workload, base in zip(done["prepare"]["workloads"], done["measure"], strict=True):
        cpu = "" if base["cpu_ms"] is None else f", {base['cpu_ms']:.1f} ms of CPU time"
        yield _claim(
            "baseline",
            workload["id"],
            "measured",
            f"{spoken(workload['id'])} as it is: {base['wall_ms']:.1f} ms{cpu}",
            f"median of {base['probes']} probes, one execution each, parallel workers and JIT off",
            wall_ms=base["wall_ms"],
            cpu_ms=base["cpu_ms"],
        )


def _speed(done: Done) -> Iterator[Claim]:
    for result in done["confirm"]["workloads"]:
        if not result["arm"]:
            continue
        wall, cpu = result["confirmed"]["wall"], result["confirmed"]["cpu"]
        yield _claim(
            "speed",
            result["workload"],
            "measured",
            f"{spoken(result['workload'])}: {wall['before_ms']:.1f} ms before, {wall['after_ms']:.2f} ms after,"
            f" {wall['ratio']:.1f} times faster (95 % interval {wall['ratio_low']:.1f} to {wall['ratio_high']:.1f})",
            f"{wall['pairs']} pairs on the disposable server, alternating, parallel workers and JIT off;"
            " medians, bootstrap over pairs",
            wall=wall,
            cpu=cpu,
        )


def _answers(done: Done) -> Iterator[Claim]:
    for result in done["confirm"]["workloads"]:
        if result["arm"]:
            after = result["confirmed"]["after"]
            yield _claim(
                "answers",
                result["workload"],
                "measured",
                f"{spoken(result['workload'])}: overlap {share(after['overlap'])} with the exact answer,"
                f" {'the same number of rows' if result['confirmed']['same_rows'] else 'fewer rows'} for every probe",
                f"{after['probes']} probes, each answered once exactly, without the new indexes, and once as chosen",
                **after,
            )


def _candidates(done: Done) -> Iterator[Claim]:
    for screened in done["try"]["screened"]:
        for item in screened["tried"]:
            if item["verdict"] == "rejected":
                yield _claim(
                    "rejected",
                    screened["workload"],
                    "measured",
                    f"{item['arm']['name']} ({spoken(screened['workload'])}): {item['reason']}",
                    f"interleaved with the baseline, {item['measured']['probes']} probes",
                    **item["measured"],
                )
    for result in done["confirm"]["workloads"]:
        if "unconfirmed" in result:
            found, how = result["unconfirmed"], "paired trials of what had won the interleaved ones"
            claim = f"the best candidate ({spoken(result['workload'])}): {found['reason']}"
            yield _claim("rejected", result["workload"], "measured", claim, how, wall=found["wall"], cpu=found["cpu"])
    for choice in done["try"]["choices"]:
        for name, reason in choice["rejected"]:
            yield _claim(
                "rejected",
                name,
                "measured",
                f"{name}: {reason}",
                "every probe at each value of its setting",
                reason=reason,
            )


def _indexes(done: Done) -> Iterator[Claim]:
    for built in done["build"]["built"]:
        yield _claim(
            "index",
            built["name"],
            "measured",
            f"{built['name']}: built in {built['seconds']:.1f} s, {built['size_bytes'] / 1e6:.0f} MB",
            "CREATE INDEX on the disposable server, no other load",
            **built,
        )


def _writes(done: Done) -> Iterator[Claim]:
    for cost in done["confirm"]["inserts"]:
        yield _claim(
            "writes",
            cost["relation"],
            "measured",
            f"inserting a row into {cost['relation']}: {cost['before_us']:.0f} µs without, {cost['after_us']:.0f} µs"
            f" with the new indexes ({cost['times']} times)",
            f"batches of {cost['rows']} rows of the table itself, rolled back, alternating",
            **cost,
        )


def _proof(done: Done) -> Iterator[Claim]:
    proof = done["prove"]
    if "skipped" in proof:
        return
    strongest = (
        ", ".join(sorted({f"{lock['mode']} on {lock['table']}" for lock in proof["strongest_lock"]}))
        or "no lock on an existing table"
    )
    rows = ", ".join(f"{count} rows in {name}" for name, count in proof["rows"].items())
    how = f"real Alembic on PostgreSQL {proof['server_version']}, {rows}"
    yield _claim(
        "locks",
        "migration",
        "proven",
        f"strongest lock of the revision: {strongest}",
        f"{how}; pg_locks read while each statement ran",
    )
    trip = proof["roundtrip"]
    passed = all(trip.values())
    yield _claim(
        "roundtrip",
        "migration",
        "proven",
        "up, down, up again: schema and data are the same afterwards"
        if passed
        else "the way down and up again does not restore what was there",
        f"{how}; catalogue and row fingerprints compared",
        **trip,
    )
    writers = proof["writers"]
    yield _claim(
        "waiting",
        "migration",
        "proven",
        _waiting(writers),
        f"{how}; a second session writing all the while",
        **writers,
    )


def _waiting(writers: dict[str, Any]) -> str:
    longest = f"{writers['max_ms']:.0f} ms at most in {writers['attempts']} writes"
    held = writers["waited_for_migration"]
    return f"a concurrent writer took {longest} and waited for the migration {f'{held} times' if held else 'never'}"


def _causes(done: Done) -> Iterator[Claim]:
    for workload, base in zip(done["prepare"]["workloads"], done["measure"], strict=True):
        for cause in base["causes"]:
            name = spoken(workload["id"])
            yield _claim(
                "cause",
                workload["id"],
                "measured",
                f"{name} {cause['says']}",
                "EXPLAIN (ANALYZE, BUFFERS) of one execution",
                **cause,
            )
