"""The arithmetic of the report's charts."""

from __future__ import annotations

import copy
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from orchestrator.report import charts, plantree, scale, timeline

RUN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "run.json").read_text(encoding="utf-8"))


@pytest.fixture
def run() -> dict[str, Any]:
    return copy.deepcopy(RUN)


def test_equal_ratios_are_equally_far_apart_on_a_logarithmic_axis():
    axis = scale.Log(low=1, high=100, left=0, right=100)
    assert [axis.at(value) for value in (1, 10, 100)] == [0, 50, 100]


def test_what_lies_outside_an_axis_stands_at_its_end():
    axis = scale.Log(low=1, high=100, left=0, right=100)
    assert (axis.at(0.0), axis.at(-5), axis.at(1e9)) == (0, 0, 100)


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([0.98, 103.4], 0.5, 200),
        ([1.0, 10.0], 1, 10),
        ([5.0], 5, 10),
        ([], 1, 2),
        ([0.0, float("nan"), 3.0], 0.001, 5),
    ],
)
def test_a_logarithmic_axis_has_round_ends_around_its_values(values, low, high):
    axis = scale.log_over(values)
    assert (axis.low, axis.high) == (low, high)


@pytest.mark.parametrize(
    ("low", "high", "ticks"), [(1, 10, (1, 2, 5, 10)), (0.5, 200, (1, 10, 100)), (2, 5, (2, 5)), (5, 20, (5, 10, 20))]
)
def test_a_logarithmic_axis_names_round_values(low, high, ticks):
    assert scale.Log(low=low, high=high).ticks() == ticks


@pytest.mark.parametrize(
    ("values", "ticks"),
    [([652.0], (0, 200, 400, 600)), ([1.0], (0, 0.25, 0.5, 0.75, 1.0)), ([], (0, 0.25, 0.5, 0.75, 1))],
)
def test_a_linear_axis_begins_at_zero_and_has_round_steps(values, ticks):
    assert scale.linear_from_zero(values).ticks() == ticks


def test_each_trial_is_a_dot_at_its_time_and_the_median_is_where_the_document_says(run):
    first, second = charts.trials(run["queries"])
    before, after = first.rows
    assert [len(row.dots) for row in (before, after)] == [12, 12]
    every = [
        value
        for query in run["queries"]
        for name in ("before", "after")
        for value in query["trials"][f"{name}_wall_ms"]
    ]
    axis = scale.log_over(every)
    assert [dot.x for dot in after.dots] == [axis.at(value) for value in run["queries"][0]["trials"]["after_wall_ms"]]
    assert before.median.x == axis.at(run["queries"][0]["effect"]["wall"]["before_ms"])
    assert first.ticks[0].x == second.ticks[0].x, "two queries share one axis"


def test_faster_stands_to_the_left(run):
    for chart in charts.trials(run["queries"]):
        before, after = chart.rows
        assert after.median.x < before.median.x
        assert after.low <= after.median.x <= after.high


def test_a_ratio_stands_inside_its_interval_and_right_of_one(run):
    chart = charts.ratios(run["queries"])
    assert chart is not None
    assert len(chart.whiskers) == 4
    assert all(chart.unity < each.low <= each.x <= each.high for each in chart.whiskers)


def test_without_cpu_time_only_the_clock_has_a_ratio(run):
    for query in run["queries"]:
        query["effect"]["cpu"] = None
    chart = charts.ratios(run["queries"])
    assert chart is not None
    assert [each.name for each in chart.whiskers] == ["rank fusion, wall clock", "weighted sum, wall clock"]


def test_without_a_confirmed_change_there_is_no_chart(run):
    for query in run["queries"]:
        query["effect"] = query["trials"] = None
    assert charts.trials(run["queries"]) == []
    assert charts.ratios(run["queries"]) is None


def test_a_curve_has_one_ring_and_leaves_out_where_the_index_is_not_used(run):
    hnsw, _, ivfflat = charts.curves(run["queries"][0], {"idx_chunks_embedding_hnsw"})
    assert [point.chosen for point in hnsw.points] == [False, True, False, False, False]
    assert (hnsw.taken, ivfflat.taken) == (True, False)
    assert len(ivfflat.points) == 3
    assert ivfflat.left_out == ("16 (68.0 ms)",)


def test_better_recall_is_higher_and_more_time_is_further_right(run):
    for query in run["queries"]:
        for chart in charts.curves(query):
            measured = [
                point["measured"]
                for curve in query["curves"]
                if curve["index"] == chart.index
                for point in curve["points"]
            ]
            drawn = list(zip(chart.points, measured, strict=False))
            for (left, less), (right, more) in pairwise(drawn):
                assert (left.x <= right.x) == (less["wall_ms"] <= more["wall_ms"])
                assert (left.y >= right.y) == (less["overlap"] <= more["overlap"])


def test_a_query_without_curves_has_none(run):
    run["queries"][0]["curves"] = []
    assert charts.curves(run["queries"][0]) == []


def test_an_overlap_of_one_is_at_the_top_and_the_lowest_at_the_bottom():
    assert charts.height_of(1.0, 0.6) == charts.CURVE_TOP
    assert charts.height_of(0.6, 0.6) == charts.CURVE_BOTTOM
    assert charts.height_of(0.1, 0.6) == charts.CURVE_BOTTOM


def test_labels_of_points_that_almost_meet_do_not_cover_each_other():
    places = [(40.0, 50.0), (42.0, 50.0), (44.0, 50.0), (46.0, 50.0)]
    labels = charts.place_labels(places, ["20", "40", "80", "160"])
    boxes = [(label.x / 100 * charts.CURVE_WIDTH, label.y, len(label.text) * 3.6) for label in labels]
    for number, (x, y, half) in enumerate(boxes):
        for other_x, other_y, other_half in boxes[number + 1 :]:
            assert abs(x - other_x) >= half + other_half or abs(y - other_y) >= 10


@pytest.mark.parametrize(("x", "anchor"), [(2, "start"), (50, "middle"), (97, "end")])
def test_words_at_the_edge_run_inwards(x, anchor):
    assert charts.anchor(x) == anchor


def test_a_lock_is_as_wide_as_it_was_held_and_starts_where_it_was_taken(run):
    proof = run["migration"]["proof"]
    upgrade = timeline.locks(proof)[0]
    held = next(each for each in proof["timeline"] if each["statement_index"] == 4 and each["relation"] == "chunks")
    axis = scale.linear_from_zero(
        [each["to_ms"] for each in proof["timeline"]] + [each["from_ms"] + each["ms"] for each in proof["statements"]]
    )
    bar = upgrade.groups[0].bars[0]
    assert bar.x == axis.at(held["from_ms"])
    assert bar.width == pytest.approx(axis.at(held["to_ms"]) - axis.at(held["from_ms"]))
    assert bar.blocks == "schema"


def test_only_locks_on_what_was_there_before_are_drawn(run):
    every = [bar for chart in timeline.locks(run["migration"]["proof"]) for group in chart.groups for bar in group.bars]
    assert {bar.text.split(",")[0] for bar in every} == {"SHARE UPDATE EXCLUSIVE on chunks"}


def test_a_lock_that_was_seen_once_still_has_a_width(run):
    downgrade = timeline.locks(run["migration"]["proof"])[1]
    assert all(bar.width == timeline.NARROWEST for group in downgrade.groups for bar in group.bars)


def test_a_phase_that_was_not_reached_has_no_chart(run):
    proof = run["migration"]["proof"]
    del proof["phases"]["second_upgrade"]
    assert [chart.name for chart in timeline.locks(proof)] == ["upgrade", "downgrade"]


def test_the_longest_step_has_the_whole_width():
    steps = timeline.steps({"measure": 18.0, "review": 0.0, "build": 9.0})
    assert [step.width for step in steps] == [100.0, 0.3, 50.0]
    assert timeline.steps({}) == []


def test_own_times_of_a_plan_are_shares_of_the_whole(run):
    root = plantree.shown(run["queries"][0]["plans"]["before"])
    assert root is not None
    shares = {(node.kind, node.share) for node in root.walk() if node.dear}
    assert shares == {("Seq Scan", 77.7), ("Seq Scan", 20.6)}
    assert plantree.shown(None) is None
