"""Every verdict on a candidate, on a setting's value and on an index type, with constructed figures."""

from __future__ import annotations

import pytest

from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm
from orchestrator.tuning.choice import Option, Point, choose, decide
from orchestrator.tuning.experiment import Tried, best
from orchestrator.tuning.record import Change, IndexDesign, Knob
from orchestrator.tuning.verdict import Answered, Bounds, Measured, bounds, exactly, judge

ARM = Arm(name="indexes only", query="SELECT 1", indexes=("idx_a", "idx_b"))
EXACT_RULE, APPROXIMATE_RULE = "filter-without-index", "distance-without-index"


def measured(ms=1.0, *, overlap=1.0, same_rows=True, rows=10, cpu=True):
    return Measured(
        wall_ms=ms, cpu_ms=ms if cpu else None, overlap=overlap, same_rows=same_rows, fewest_rows=rows, probes=8
    )


def judged(after, *, before=50.0, in_order=1.0, used=("idx_a", "idx_b"), limits=None):
    return judge(measured(before), Answered(measured=after, in_order=in_order), ARM, frozenset(used), limits)


@pytest.mark.parametrize(
    ("after", "more", "verdict", "says"),
    [
        (measured(2.0), {}, "kept", "25 times faster at overlap 1.000, same number of rows"),
        (measured(20.0), {}, "kept", "2.5 times faster"),
        (measured(2.0, overlap=0.96), {}, "kept", "overlap 0.960"),
        (measured(2.0, overlap=0.94), {}, "rejected", "changes the answer: overlap 0.940 with the exact rows, 0.95"),
        (
            measured(2.0, same_rows=False, rows=3),
            {},
            "rejected",
            "another number of rows than the exact answer (as few as 3)",
        ),
        (measured(2.0), {"in_order": 0.5}, "rejected", "in another order: 50%"),
        (measured(45.0), {}, "rejected", "not faster: 45.0 ms against 50.0 ms"),
        (measured(45.0), {"used": ("idx_a",)}, "rejected", "the planner does not use idx_b"),
        (measured(0.5), {"before": 1.2}, "rejected", "by less than a millisecond: 0.5 ms against 1.2 ms"),
        (measured(2.0), {"limits": Bounds(refused="loses rows")}, "rejected", "loses rows (overlap 1.000"),
        (measured(2.0, overlap=0.99), {"limits": Bounds(overlap=1.0, in_order=1.0)}, "rejected", "1 is needed"),
        (measured(2.0), {"in_order": 0.99, "limits": Bounds(overlap=1.0, in_order=1.0)}, "rejected", "another order"),
        (measured(2.0, overlap=0.6), {"limits": Bounds(overlap=1.0, left_open=True)}, "kept", "the query leaves open"),
        (measured(2.0, same_rows=False), {"limits": Bounds(left_open=True)}, "rejected", "another number of rows"),
    ],
)
def test_a_candidate_is_judged_by_its_answer_first_and_then_by_its_time(after, more, verdict, says):
    found, reason = judged(after, **more)
    assert (found, says in reason) == (verdict, True), reason


def test_cpu_time_decides_where_the_system_tells_it():
    busy = Measured(wall_ms=49.0, cpu_ms=2.0, overlap=1.0, same_rows=True, fewest_rows=1, probes=8)
    assert judged(busy)[0] == "kept"
    assert busy.cost == 2.0
    assert measured(3.0, cpu=False).cost == 3.0


def baseline(**more):
    figures = {"exact": (), "wall_ms": 1.0, "cpu_ms": 1.0, "parallel_ms": 1.0, "probes": 1, "plan": {}, "causes": []}
    return Baseline(**{**figures, **more})


def test_exact_rules_demand_the_exact_answer_and_approximate_ones_an_overlap():
    assert exactly([EXACT_RULE])
    assert not exactly([EXACT_RULE, APPROXIMATE_RULE])
    assert bounds(baseline(), measured(), [EXACT_RULE], rewritten=True) == Bounds(overlap=1.0, in_order=1.0)
    assert bounds(baseline(), measured(), [EXACT_RULE], rewritten=False).left_open
    assert bounds(baseline(), measured(), [APPROXIMATE_RULE], rewritten=False) == Bounds()


def test_a_query_that_does_not_repeat_its_answer_cannot_be_judged():
    limits = bounds(baseline(repeats=False), measured(), [EXACT_RULE], rewritten=False)
    assert "other rows each time" in judged(measured(1.0), limits=limits)[1]


def test_a_query_on_an_approximate_index_need_not_become_better_than_it_was():
    before = measured(50.0, overlap=0.9)
    assert bounds(baseline(approximate=True), before, [APPROXIMATE_RULE], rewritten=False).overlap == 0.9
    assert bounds(baseline(), before, [APPROXIMATE_RULE], rewritten=False).overlap == 0.95


def tried(name, ms, verdict="kept"):
    return Tried(arm=Arm(name=name, query=""), rules=(), measured=measured(ms), used=(), verdict=verdict, reason="")


@pytest.mark.parametrize(
    ("candidates", "winner"),
    [
        ([tried("a", 5.0), tried("b", 2.0)], "b"),
        ([tried("a", 2.4), tried("b", 2.0)], "a"),
        ([tried("a", 1.0, "rejected"), tried("b", 2.0)], "b"),
        ([tried("a", 1.0, "rejected")], None),
        ([], None),
    ],
)
def test_the_fastest_kept_candidate_wins_unless_an_earlier_one_is_about_as_fast(candidates, winner):
    found = best(candidates)
    assert (found and found.arm.name) == winner


def point(value, ms, overlap, *, same_rows=True, used=True):
    return Point(value=value, measured=measured(ms, overlap=overlap, same_rows=same_rows), index_used=used)


@pytest.mark.parametrize(
    ("points", "value"),
    [
        # the smallest that finds enough
        ([point(20, 1.0, 0.90), point(80, 2.0, 0.99), point(160, 3.0, 1.0)], 80),
        # nothing below the default, which needs no setting at all
        ([point(20, 1.0, 0.99), point(40, 1.3, 0.99)], 40),
        # fewer rows, or an index that is not read, do not count
        ([point(20, 1.0, 1.0, same_rows=False), point(80, 2.0, 0.99)], 80),
        ([point(20, 1.0, 0.99), point(160, 0.5, 1.0, used=False)], 20),
        # nothing is good: the best overlap, and of equal ones the smallest value
        ([point(20, 1.0, 0.90), point(80, 2.0, 0.97), point(160, 3.0, 0.97)], 80),
        ([point(20, 1.0, 0.5, used=False)], 20),
    ],
)
def test_a_setting_is_chosen_from_its_curve(points, value):
    assert choose(points, default=40).value == value


def option(index, ms, *, workload="w", overlap=1.0, preferred=0, query="", slot="ann", same_rows=True):
    design = IndexDesign(
        name=index, table="t", method="hnsw", definition="", knob=Knob(setting="k", values=(1,), default=1)
    )
    change = Change(rule="r", title=index, why="", slot=slot, preferred=preferred, index=design, query=query)
    chosen = point(1, ms, overlap, same_rows=same_rows)
    return Option(workload=workload, change=change, arm=ARM, curve=(chosen,), point=chosen)


SIZES = {"a": 100_000_000, "b": 50_000_000, "c": 150_000_000}


@pytest.mark.parametrize(
    ("options", "chosen", "rejected"),
    [
        ([option("a", 1.0), option("b", 0.9, preferred=1)], "a", ", 50% smaller"),
        (
            [option("a", 1.0), option("c", 1.0, preferred=1, query="x")],
            "a",
            "w 1.0 ms at overlap 1.000, 150 MB; every query has to repeat its cast",
        ),
        ([option("a", 2.0), option("b", 0.9, preferred=1)], "b", "slower: w 2.0 ms"),
        ([option("a", 0.5, overlap=0.9), option("b", 0.9, preferred=1)], "b", "loses rows of the exact answer"),
        ([option("a", 0.5, same_rows=False), option("b", 0.9, preferred=1)], "b", "loses rows"),
        # nothing is good enough: the confirmation will say so
        ([option("a", 0.5, overlap=0.9), option("b", 0.4, overlap=0.8, preferred=1)], "a", "loses rows"),
        # an index that serves only one of two queries is not cheaper for that
        (
            [option("a", 1.0), option("a", 1.0, workload="v"), option("b", 0.9, preferred=1)],
            "a",
            "w 0.9 ms",
        ),
    ],
)
def test_one_index_type_is_chosen_for_all_queries_and_the_others_are_told_why_not(options, chosen, rejected):
    (choice,) = decide(options, SIZES)
    assert choice.index.name == chosen
    ((_, reason),) = choice.rejected
    assert rejected in reason


def test_each_slot_is_decided_on_its_own():
    found = decide([option("a", 1.0), option("b", 1.0, slot="other")], SIZES)
    assert [choice.index.name for choice in found] == ["a", "b"]
