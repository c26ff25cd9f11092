"""Every rule does to its own examples what it says, and says it in the form in which people read it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from examples import Example, fires_on, judged, silent_on
from hook_process import STRICTNESS, Outcome, run_hook

from orchestrator.gate import catalogue
from orchestrator.gate.rule import Rule

RULES = catalogue.every()
BATCH = 20
BATCHES = [RULES[start : start + BATCH] for start in range(0, len(RULES), BATCH)]
batches = pytest.mark.parametrize("rules", BATCHES, ids=lambda rules: f"{rules[0].id}..{rules[-1].id}")


def told(example: Example, what: str) -> str:
    return f"{example.rule.id} ({example.rule.decision}): {what}\n    {example.written}"


@batches
def test_rule_fires_on_its_examples(rules: list[Rule]) -> None:
    failures = []
    for example in fires_on(rules):
        found = judged(example.event, example.files)
        ids = [effect.rule.id for effect in found.effects]
        if example.rule.id not in ids or STRICTNESS[found.decision or "allow"] < STRICTNESS[example.rule.decision]:
            failures.append(told(example, f"want the rule, got {found.decision or 'silence'} by {ids}"))
    assert not failures, "\n".join(failures)


@batches
def test_rule_is_silent_on_its_counter_examples(rules: list[Rule]) -> None:
    failures = [
        told(example, "fires where it should be silent")
        for example in silent_on(rules)
        if any(effect.rule.id == example.rule.id for effect in judged(example.event, example.files).effects)
    ]
    assert not failures, "\n".join(failures)


def first(examples: Callable[[list[Rule]], Iterator[Example]], rules: list[Rule]) -> list[Example]:
    """The first example of each rule that has one; test_rule_is_written_for_people misses the others."""
    return [example for rule in rules for example in itertools.islice(examples([rule]), 1)]


def process(example: Example) -> Outcome:
    return run_hook(example.event, example.files)


@batches
def test_hook_process_names_every_rule_on_its_first_example(rules: list[Rule]) -> None:
    firsts = first(fires_on, rules)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(process, firsts))
    failures = [
        told(example, f"the hook process says {outcome.decision}: {outcome.reason}")
        for example, outcome in zip(firsts, outcomes, strict=True)
        if outcome.broken or outcome.decision != example.rule.decision or example.rule.id + ":" not in outcome.reason
    ]
    assert not failures, "\n".join(failures)


@batches
def test_hook_process_does_not_name_a_rule_on_its_counter_example(rules: list[Rule]) -> None:
    firsts = first(silent_on, rules)
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(process, firsts))
    failures = [
        told(example, f"the hook process says {outcome.decision}: {outcome.reason}")
        for example, outcome in zip(firsts, outcomes, strict=True)
        if outcome.broken or example.rule.id + ":" in outcome.reason
    ]
    assert not failures, "\n".join(failures)


def test_ids_are_unique_and_named_like_their_files() -> None:
    assert [name for name, times in Counter(rule.id for rule in RULES).items() if times > 1] == []
    files = {path.stem for path in Path(catalogue.HERE, "rules").rglob("*.py") if path.stem != "__init__"}
    assert {rule.id.replace("-", "_") for rule in RULES} == files


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_written_for_people(rule: Rule) -> None:
    assert rule.decision in {"deny", "ask"}
    assert rule.source.startswith("https://")
    for text in (rule.why, rule.instead):
        assert text
        assert text == text.strip()
        assert not text.endswith(".")
        assert "\n" not in text
    assert rule.fires_on
    assert rule.silent_on
    assert lower_start(rule.why)
    assert lower_start(rule.instead)


def lower_start(text: str) -> bool:
    """True unless the text begins like a sentence; words of SQL and names keep their capitals."""
    word = text.split(maxsplit=1)[0].rstrip(",:;")
    return not word[0].isupper() or word.isupper() or word != word.capitalize()
