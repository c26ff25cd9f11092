"""The benchmark of the router: its tasks and agents are always the same, and a figure behind its bar is told."""

from __future__ import annotations

import pytest

from benchmarks import route, route_agents

GOOD = {
    "3 agents": {"next_start_min_ms": 120.0, "tasks_a_second": 4000, "peak_mb": 34.0},
    "500 agents": {"next_start_min_ms": 140.0, "tasks_a_second": 4000, "peak_mb": 30.0, "top_1": 0.94},
}


def test_a_run_within_every_bar_misses_none():
    assert route.missed(GOOD) == []


@pytest.mark.parametrize(
    ("arm", "figure", "value", "told"),
    [
        ("3 agents", "next_start_min_ms", 201.0, "start to answer"),
        ("3 agents", "tasks_a_second", 1999, "tasks a second"),
        ("500 agents", "tasks_a_second", 1300, "times as slow"),
        ("500 agents", "top_1", 0.89, "of the requests reach"),
        ("500 agents", "peak_mb", 81.0, "MB for a stream"),
    ],
)
def test_a_figure_behind_its_bar_is_told(arm, figure, value, told):
    measured = {name: dict(figures) for name, figures in GOOD.items()}
    measured[arm][figure] = value
    (missed,) = route.missed(measured)
    assert told in missed


def test_tasks_and_agents_are_the_same_in_every_run():
    assert route.tasks(50) == route.tasks(50)
    assert route_agents.agents(20) == route_agents.agents(20)


def test_there_are_500_different_agents_with_requests_of_their_own():
    made = route_agents.agents(500)
    assert len({agent.name for agent in made}) == len({agent.text for agent in made}) == 500
    assert all(len(set(agent.requests)) == 3 for agent in made)
