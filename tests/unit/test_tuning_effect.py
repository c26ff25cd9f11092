"""The size of a change and its interval, from paired times."""

from __future__ import annotations

from random import Random

import pytest

from orchestrator.tuning.effect import TooFewTrials, compare, p95


def test_a_known_ratio_comes_out():
    effect = compare([10.0] * 8, [2.5] * 8)
    assert (effect.ratio, effect.ratio_low, effect.ratio_high) == (4.0, 4.0, 4.0)
    assert (effect.before_ms, effect.after_ms, effect.pairs) == (10.0, 2.5, 8)


def test_the_interval_holds_the_true_ratio_nearly_always():
    held = 0
    for seed in range(60):
        draw = Random(seed)
        before = [30 * draw.lognormvariate(0, 0.2) for _ in range(20)]
        after = [10 * draw.lognormvariate(0, 0.2) for _ in range(20)]
        effect = compare(before, after)
        held += effect.ratio_low <= 3.0 <= effect.ratio_high
        assert effect.ratio_low <= effect.ratio <= effect.ratio_high
    assert held >= 52


def test_noise_alone_is_no_speed_up():
    draw = Random(5)
    times = [[draw.lognormvariate(2, 0.3) for _ in range(20)] for _ in range(2)]
    effect = compare(*times)
    assert effect.ratio_low < 1 < effect.ratio_high


def test_one_outlier_does_not_make_a_speed_up():
    assert compare([10.0] * 19 + [900.0], [10.0] * 20).ratio_high == 1.0


def test_the_same_trials_give_the_same_interval():
    draw = Random(1)
    before, after = ([draw.uniform(1, 9) for _ in range(12)] for _ in range(2))
    assert compare(before, after) == compare(before, after)


def test_fewer_than_eight_pairs_are_refused():
    with pytest.raises(TooFewTrials, match="7 pairs"):
        compare([1.0] * 7, [1.0] * 7)


def test_trials_without_a_partner_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        compare([1.0] * 9, [1.0] * 8)


@pytest.mark.parametrize(("times", "expected"), [(range(1, 101), 95), (range(1, 21), 19), ([5.0], 5.0), ([3, 1, 2], 3)])
def test_the_95th_percentile_is_one_of_the_times(times, expected):
    assert p95(list(times)) == expected
