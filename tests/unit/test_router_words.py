"""What single words say: the features, the evidence, the file of weights, and what it does to a route."""

from __future__ import annotations

import json

import pytest

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.plugin import paths
from orchestrator.router import learn, lexicon, mend, text, words
from orchestrator.router.answer import Router, router
from orchestrator.router.decision import SKILLED, SURE, decide
from orchestrator.router.examples import Example
from orchestrator.router.match import match

AGENTS = ("baker", "florist")
SKILLS = ("kneading", "proving", "icing", "selling")


def cut(task):
    folded, origin = text.fold(task)
    return text.cut(folded, origin, {}, {})


def learned(tmp_path, monkeypatch, rows, bias="0\t0\t0\t0\t0\t0"):
    """The weights of a small file."""
    columns = "\t".join([*(f"agent:{name}" for name in AGENTS), *(f"skill:{name}" for name in SKILLS)])
    file = tmp_path / "words.tsv"
    file.write_text("\n".join(["# made", f"feature\t{columns}", f"bias\t{bias}", *rows]) + "\n", encoding="utf-8")
    monkeypatch.setattr(words, "FILE", file)
    return words.Learned(json.loads(json.dumps(words.image())))


@pytest.mark.parametrize(
    ("task", "there", "absent"),
    [
        ("slow queries", ["f:slow", "w:slow", "w:queri", "b:slow queri", "c:^quer", "c:ries$"], ["c:slow", "f:queri"]),
        ("the disk", ["w:disk"], ["c:disk", "c:^disk"]),
        ("version 12345", ["w:12345"], ["c:1234"]),
        ("查询很慢", ["w:查", "b:查 询", "b:很 慢"], ["b:询 慢"]),
    ],
)
def test_a_task_has_stems_pairs_runs_of_letters_and_its_first_word(task, there, absent):
    found = words.features(cut(task))
    assert set(found) >= set(there)
    assert set(found).isdisjoint(absent)


def test_a_word_counts_once_and_no_pair_spans_a_word_that_does_not_count():
    read = cut("bread rolls bread")
    assert words.features(read).count("w:bread") == 1
    assert "b:bread roll" in words.features(read)
    found = words.features(read, frozenset({0}))
    assert {"f:roll", "w:bread", "b:roll bread"} <= set(found)
    assert "b:bread roll" not in found


def test_words_that_do_not_count_give_nothing(tmp_path, monkeypatch):
    known = learned(tmp_path, monkeypatch, ["w:rye\t0:60\t1:-60"])
    assert known.evidence(cut("rye"), frozenset()).agent == "baker"
    assert known.evidence(cut("rye"), frozenset({0})) is words.NOTHING
    assert known.evidence(cut("zub wix"), frozenset()) is words.NOTHING
    assert known.evidence((), frozenset()) is words.NOTHING


def test_the_points_grow_with_the_gap_up_to_a_bound_and_the_shares_sum_to_them(tmp_path, monkeypatch):
    known = learned(tmp_path, monkeypatch, ["w:rye\t0:8", "w:oat\t0:4", "w:tulip\t1:2", "w:yeast\t0:127\t1:-127"])
    little, more = (known.evidence(cut(task), frozenset()) for task in ("oat tulip", "rye tulip oat"))
    assert 0 < little.points < more.points < words.MOST_POINTS
    assert [place for place, _ in more.words] == [0, 2]
    shares = dict(more.words)
    assert shares[0] > shares[2] > 0
    assert sum(shares.values()) == pytest.approx(more.points, abs=0.02)
    assert known.evidence(cut("yeast"), frozenset()).points == words.MOST_POINTS


def test_the_document_says_how_points_are_counted():
    said = (paths.root() / "docs" / "routing.md").read_text(encoding="utf-8")
    assert f"{words.POINTS_PER_GAP:g} times the gap, at most {words.MOST_POINTS:g}," in said


def test_no_more_words_are_named_than_can_be_read(tmp_path, monkeypatch):
    known = learned(tmp_path, monkeypatch, ["w:rye\t0:3", "w:oat\t0:4", "w:bun\t0:5", "w:pie\t0:6", "w:jam\t0:7"])
    found = known.evidence(cut("rye oat bun pie jam"), frozenset())
    assert [place for place, _ in found.words] == [1, 2, 3, 4]
    assert sum(points for _, points in found.words) == pytest.approx(found.points, abs=0.03)


def test_skills_have_points_of_their_own(tmp_path, monkeypatch):
    known = learned(tmp_path, monkeypatch, ["w:rye\t0:9\t2:3\t4:9"])
    found = known.evidence(cut("rye"), frozenset())
    skills = found.skills()
    assert len(skills) == words.SKILLS
    assert skills["icing"] > skills["kneading"] > 0


@pytest.mark.parametrize("task", ["the nightly dump is gone", "查询很慢 and so on", "plant a tree", ""])
def test_the_same_words_always_give_the_same_evidence(task):
    ours = router().lexicon
    read = match(task, ours)
    fresh = lexicon.load_folders((paths.root() / "agents",))
    again = match(task, fresh)
    assert (read.learned, read.leaning()) == (again.learned, again.leaning())


def test_words_that_are_left_out_or_mean_something_else_are_no_evidence():
    ours = router().lexicon
    read = match("do not touch the REST endpoint of the orders, zub", ours)
    assert not {"rest", "endpoint", "orders"} & {hit.rule.removeprefix("word:") for hit in read.learned}
    assert match("touch the REST endpoint of the orders", ours).learned


def test_the_file_was_made_from_the_examples_as_they_are():
    first = words.FILE.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.split()[-1] == learn.digest(), "the labelled examples changed: run `make words`"


def test_every_file_of_examples_is_named_after_an_agent_or_a_skill():
    ours = router().lexicon
    labels = {label for label, _ in learn.examples()}
    assert labels <= {*ours.agents, *ours.skills, "none"}
    assert labels > {*ours.agents, "none"} - {SKILLED}  # the skills speak for the agent that has them


def test_the_weights_come_back_from_an_image_as_they_were_written():
    made = words.image()
    kept = json.loads(json.dumps(made))
    assert kept == made
    rows = words.FILE.read_text(encoding="utf-8").splitlines()[3:]
    features = kept["features"].split("\n")
    assert features == [row.split("\t")[0] for row in rows]
    width = len(kept["agents"]) + len(kept["skills"])
    assert len(kept["bias"]) == width
    known = words.Learned(kept)
    for number in (0, len(rows) // 2, len(rows) - 1):
        cells = dict(map(int, cell.split(":")) for cell in rows[number].split("\t")[1:])
        start = number * width
        assert list(known._weights[start : start + width]) == [cells.get(column, 0) for column in range(width)]


def test_agents_of_another_collection_are_chosen_by_rules_alone(tmp_path):
    for name, says in (("database-engineer", "Paints databases."), ("florist", "Binds tulips.")):
        (tmp_path / f"{name}.md").write_text(f"---\nname: {name}\ndescription: {says}\n---\n")
    assert router(agents=[tmp_path]).lexicon.learned is None
    assert router().lexicon.learned is not None


@pytest.mark.parametrize(
    "torn",
    [
        lambda _: "",
        lambda whole: whole.split("\n", 1)[0] + "\n",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: whole + "w:zub\t999:4\n",
        lambda whole: whole + "w:zub\t0:400\n",
        lambda whole: whole + "w:zub\tmany\n",
        lambda whole: whole.replace("bias\t", "bias\t1\t", 1),
    ],
)
def test_a_torn_file_is_said_in_plain_words(tmp_path, monkeypatch, torn):
    file = tmp_path / "words.tsv"
    file.write_text(torn(words.FILE.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.setattr(words, "FILE", file)
    monkeypatch.setenv("ORCHESTRATE_CACHE", "off")
    with pytest.raises(CouldNotFindOut, match=r"words\.tsv is not whole") as raised:
        lexicon.load_folders((paths.root() / "agents",))
    assert "make words" in raised.value.hint


@pytest.fixture
def orchard(tmp_path, monkeypatch):
    """Two agents with a rule each, and words that speak for the baker."""
    entries = [{"agent": "baker", "weight": 3, "phrases": ["loaf"]}]
    entries += [{"agent": "florist", "weight": 4, "phrases": ["tulip"]}]
    entries += [{"agent": "florist", "weight": SURE, "phrases": ["bouquet"]}]
    made = lexicon.build({"lexicon": entries}, ())
    made.learned = learned(tmp_path, monkeypatch, ["w:rye\t0:60\t1:-60", "w:oat\t0:6", "w:tulip\t1:1"])
    return made


@pytest.mark.parametrize(
    ("task", "agent", "by"),
    [
        ("rye", "baker", "words: rye"),
        ("rye tulip", "baker", "words: rye"),
        ("oat tulip", "florist", "score"),  # not more than the rules give
        ("rye bouquet", "florist", "score"),  # a rule that is sure
        ("rye loaf", "baker", "score"),  # the rules say so already
        ("oat", "none", "none: no agent reaches the threshold"),
        ("zub", "none", "none: no agent reaches the threshold"),
    ],
)
def test_words_decide_where_they_lead_to_another_agent_than_the_rules(orchard, task, agent, by):
    found = decide(match(task, orchard), orchard, {})
    assert (found.agent, found.decided_by) == (agent, by)
    assert bool(found.learned) == by.startswith("words")


def test_a_proposed_phrase_is_tried_beside_the_words(orchard):
    florist = Example(task="rye for the vase", agent="florist")
    today = Router(lexicon=orchard, prior={}, labelled={})
    assert today.route(florist.task).decided_by == "words: rye"
    beside = mend.propose(florist, today, ())
    orchard.learned = None
    alone = mend.propose(florist, today, ())
    assert beside is not None
    assert alone is not None
    assert beside.weight == SURE > alone.weight  # against these words only a phrase that is sure helps


def test_a_task_that_no_rule_knows_reaches_its_agent_by_its_words():
    tasks = [task for label, task in learn.examples() if label not in ("none", "code-quality-reviewer")]
    ours = router()
    found = next(route for route in map(ours.route, tasks) if route.decided_by.startswith("words: "))
    assert found.agent != "none"
    named = [hit for hit in found.matched if hit.rule.startswith("word:")]
    assert named
    assert {hit.agent for hit in named} == {found.agent}
    assert found.decided_by == f"words: {', '.join(hit.rule.removeprefix('word:') for hit in named)}"
