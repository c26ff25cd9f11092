"""What counts as a right answer: number of rows, overlap, order, and what the query leaves open."""

from __future__ import annotations

import decimal

import pytest

from orchestrator.tuning import answers
from orchestrator.tuning.answers import Exact, match


def exactly(*keys):
    """An answer in which each row has its own place."""
    groups = tuple(range(len(keys)))
    return Exact(rows=len(keys), keys=keys, digests=keys, groups=groups, needed=(1,) * len(keys), ordered=True)


@pytest.mark.parametrize(
    ("exact", "found", "overlap", "same_rows"),
    [
        ("abc", "abc", 1.0, True),
        ("abc", "abx", 2 / 3, True),
        ("abc", "ab", 2 / 3, False),
        ("abc", "abcd", 1.0, False),
        ("abc", "", 0.0, False),
        ("", "", 1.0, True),
        ("", "a", 0.0, False),
        ("aab", "aab", 1.0, True),
        ("aab", "abb", 2 / 3, True),
        ("aab", "aaa", 2 / 3, True),
        ("ab", "aa", 1 / 2, True),
    ],
)
def test_overlap_is_the_share_of_the_exact_rows_that_came_back(exact, found, overlap, same_rows):
    agreed = match(exactly(*exact), list(found), by_digest=False)
    assert agreed.overlap == pytest.approx(overlap)
    assert agreed.same_rows is same_rows


@pytest.mark.parametrize(
    ("found", "in_order"),
    [("abcd", 1.0), ("dcba", 0.0), ("abdc", 5 / 6), ("acxd", 1.0), ("xyzw", 1.0), ("", 1.0), ("a", 1.0)],
)
def test_order_is_the_share_of_pairs_that_stand_right(found, in_order):
    assert match(exactly(*"abcd"), list(found), by_digest=False).in_order == pytest.approx(in_order)


# a comes first; b, c and d are equal in the order, two of them are wanted.
TIED = Exact(rows=3, keys="abcd", digests="abcd", groups=(0, 1, 1, 1), needed=(1, 2), ordered=True)


@pytest.mark.parametrize(
    ("found", "overlap", "in_order"),
    [
        ("abc", 1.0, 1.0),
        ("acd", 1.0, 1.0),
        ("adc", 1.0, 1.0),
        ("bcd", 2 / 3, 1.0),
        ("bac", 1.0, 2 / 3),
        ("axb", 2 / 3, 1.0),
        ("abb", 2 / 3, 1.0),
    ],
)
def test_rows_that_are_equal_in_the_order_are_interchangeable(found, overlap, in_order):
    agreed = match(TIED, list(found), by_digest=False)
    assert agreed.overlap == pytest.approx(overlap)
    assert agreed.in_order == pytest.approx(in_order)


def test_more_equal_rows_than_were_listed_may_stand_for_each_other_but_not_for_others():
    tied = Exact(rows=3, keys="abc", digests="abc", groups=(0, 1, 1), needed=(1, 2), open=(1,), ordered=True)
    assert match(tied, list("axy"), by_digest=False).overlap == 1.0
    assert match(tied, list("xyz"), by_digest=False).overlap == pytest.approx(2 / 3)


def test_any_rows_are_right_where_a_limit_has_no_order():
    anything = Exact(rows=2, needed=(2,), open=(0,))
    assert match(anything, ["p", "q"], by_digest=True).overlap == 1.0
    assert not match(anything, ["p"], by_digest=True).same_rows
    assert answers.match_whole(anything, 1, "").overlap == 0.5


def test_a_long_answer_is_right_as_a_whole_or_not_at_all():
    rows = [(number, f"row {number}", number / 7) for number in range(1500)]
    long = Exact(rows=1500, whole=answers.digest_of_all(rows))
    assert answers.match_whole(long, 1500, answers.digest_of_all(rows[::-1])).overlap == 1.0
    assert answers.match_whole(long, 1500, answers.digest_of_all([*rows[:-1], rows[0]])).overlap == 0.0


@pytest.mark.parametrize(
    ("columns", "key", "position"),
    [
        (("title", "id"), "id", 1),
        (("title", "doc_id"), "doc_id", 1),
        (("title", "Doc Id"), '"Doc Id"', 1),
        (("id", "doc_id"), "doc_id", 1),
        (("title", "id"), None, 1),
        (("title", "id"), "doc_id", 1),
        (("title",), "id", None),
    ],
)
def test_a_row_is_named_by_its_key_where_the_query_returns_it(columns, key, position):
    assert answers.identity(columns, key) == position


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((1, 0.1 + 0.2), (1, 0.3)),
        (([0.1 + 0.2],), ([0.3],)),
        (({"a": 0.1 + 0.2},), ({"a": 0.3},)),
        ((float("nan"),), (float("nan"),)),
        ((None, b"x"), (None, b"x")),
    ],
)
def test_equal_rows_have_one_digest_whatever_floats_do_in_the_tenth_digit(left, right):
    assert answers.digests([left]) == answers.digests([right])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((1, 2), (2, 1)),
        ((None,), ("",)),
        (("a", "b"), ("ab",)),
        ((0.3,), (0.30000001,)),
        ((decimal.Decimal("1.5"),), (decimal.Decimal("1.4"),)),
    ],
)
def test_different_rows_have_different_digests(left, right):
    assert answers.digests([left]) != answers.digests([right])
