"""Agents of any collection: what is read from their files, and who gets a task."""

from __future__ import annotations

import pytest

from benchmarks import route_agents
from orchestrator.router.answer import router

TEAM = {
    "frontend-developer": "UI engineer for React components, layouts and accessibility. Use PROACTIVELY for UI work.",
    "devops-engineer": "Builds continuous deployment with containers, monitoring and infrastructure as code.",
    "security-auditor": "Audits logins and APIs for vulnerabilities, threat modelling and OWASP standards.",
    "data-scientist": "Data analysis for BigQuery and notebooks. Not for dashboards or machine translation.",
    "code-reviewer": "Expert code review specialist. Use immediately after writing or modifying code.",
    "rapid-prototyper": (
        r"Use this agent when you need an application prototype, an MVP or a proof of concept. Examples:\n\n<example>"
        r"\nContext: a new experiment\nuser: \"Make something that calms people before a phone call\"\nassistant: "
        r"\"I'll use the rapid-prototyper agent for spaceships\"\n</example>"
    ),
    "rust-pro": "Master of Rust with async patterns and unsafe blocks.",
    "react-native-developer": "React Native apps with native modules.",
}


def write(folder, name, header, *, file=None):
    path = folder / f"{file or name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nname: {name}\n{header}\n---\nBody.\n", encoding="utf-8")


@pytest.fixture(autouse=True)
def kept_nowhere(monkeypatch):
    monkeypatch.setenv("ORCHESTRATE_CACHE", "off")


@pytest.fixture
def team(tmp_path):
    for name, description in TEAM.items():
        write(tmp_path, name, f'description: "{description}"')
    return router(agents=[tmp_path])


@pytest.mark.parametrize(
    ("task", "agent"),
    [
        ("the React components of the checkout are not accessible", "frontend-developer"),
        ("set up continuous deployment with containers", "devops-engineer"),
        ("check our login for vulnerabilities", "security-auditor"),
        ("analyse the numbers in BigQuery", "data-scientist"),
        ("please review my code", "code-reviewer"),
        ("build an MVP", "rapid-prototyper"),
        ("something that calms me before a call", "rapid-prototyper"),
        ("my async Rust code panics", "rust-pro"),
        ("the native modules of our React Native app crash", "react-native-developer"),
        ("numbers from BigQeury", "data-scientist"),
        ("bake a cake", "none"),
        ("use an expert to improve the project", "none"),
        ("a spaceship", "none"),
    ],
)
def test_a_plain_agent_is_known_by_its_name_and_description(team, task, agent):
    found = team.route(task)
    assert found.agent == agent, [(hit.rule, hit.agent, hit.weight) for hit in found.matched]


def test_what_an_agent_says_it_is_not_for_does_not_count_for_it(team):
    found = team.route("machine translation of the data analysis")
    because = {entry.because for entry in found.suppressed if entry.hit.agent == "data-scientist"}
    assert because <= {"not for machine translation, it says"}
    assert not any(hit.agent == "data-scientist" and "translat" in hit.rule for hit in found.matched)


@pytest.mark.parametrize(
    "header",
    [
        "description: Helps.\nkeywords: [sourdough, rye bread]",
        "description: Helps.\nkeywords: sourdough, rye bread",
        "description: Helps.\ntriggers:\n  - pattern: sourdough",
        "description: Helps.\nexpertise:\n  baking: [sourdough]",
        "description: Helps.\nrouting:\n  keywords: [sourdough]",
        "description: Helps.\nx-orchestrate:\n  routing:\n    keywords: [sourdough]",
        "description: 'Helps. Auto Mode keywords: sourdough, rye bread'",
        "description: Helps with sourdough starters and sourdough crusts.",
    ],
)
def test_keywords_are_read_wherever_collections_put_them(tmp_path, header):
    write(tmp_path, "helper", header)
    write(tmp_path, "gardener", "description: Prunes roses.")
    assert router(agents=[tmp_path]).route("my sourdough starter smells").agent == "helper"


def test_a_phrase_adds_to_the_description_and_a_whole_routing_replaces_it(tmp_path):
    phrases = "x-orchestrate:\n  routing:\n    phrases: [{phrase: rye bread, weight: 4}]"
    write(tmp_path, "baker", f"description: Sourdough bakery.\n{phrases}")
    write(tmp_path, "gardener", "description: Prunes roses.")
    assert router(agents=[tmp_path]).route("sourdough bakery").agent == "baker"
    assert router(agents=[tmp_path]).route("rye bread").agent == "baker"
    write(tmp_path, "baker", f"description: Sourdough bakery.\n{phrases}\n    about: bread")
    assert router(agents=[tmp_path]).route("sourdough bakery").agent == "none"
    assert router(agents=[tmp_path]).route("rye bread").agent == "baker"


def test_examples_below_the_header_are_read_as_well(tmp_path):
    write(tmp_path, "designer", "description: Designs.")
    with (tmp_path / "designer.md").open("a") as file:
        file.write('<example>\n  user: "a temperature slider"\n  assistant: "spaceships"\n</example>\n')
    write(tmp_path, "gardener", "description: Prunes roses.")
    assert router(agents=[tmp_path]).route("add a temperature slider").agent == "designer"
    assert router(agents=[tmp_path]).route("a spaceship").agent == "none"


def test_agents_of_one_name_are_told_apart_by_their_folders(tmp_path):
    write(tmp_path / "bakery" / "agents", "reviewer", "description: Judges sourdough crusts.")
    write(tmp_path / "garden" / "agents", "reviewer", "description: Judges rose hedges.")
    write(tmp_path / "garden" / "agents", "waterer", "description: Waters lawns.")
    found = router(agents=[tmp_path])
    assert sorted(found.lexicon.agents) == ["bakery/reviewer", "garden/reviewer", "waterer"]
    assert found.route("judge the rose hedge").agent == "garden/reviewer"


def test_agents_of_one_name_in_one_folder_are_told_apart_by_their_files(tmp_path):
    write(tmp_path, "reviewer", "description: Judges sourdough crusts.", file="one")
    write(tmp_path, "reviewer", "description: Judges rose hedges.", file="two")
    found = router(agents=[tmp_path])
    assert sorted(found.lexicon.agents) == ["one/reviewer", "two/reviewer"]
    assert found.route("a reviewer of rose hedges").agent == "two/reviewer"


def test_a_file_is_read_once_however_often_it_is_named(tmp_path):
    write(tmp_path, "waterer", "description: Waters lawns.")
    assert list(router(agents=[tmp_path, tmp_path / "waterer.md", tmp_path]).lexicon.agents) == ["waterer"]


def test_what_is_no_agent_is_passed_over_and_what_is_broken_is_a_warning(tmp_path):
    write(tmp_path / "agents", "waterer", "description: Waters lawns.")
    (tmp_path / "README.md").write_text("# Agents\n")
    (tmp_path / "commands").mkdir()
    (tmp_path / "commands" / "deploy.md").write_text("---\ndescription: A command.\n---\n")
    write(tmp_path / "skills" / "watering", "watering", "description: A skill.", file="SKILL")
    (tmp_path / "broken.md").write_bytes(b"---\nname: a\x00\n---\n")
    (tmp_path / "latin.md").write_bytes(b"---\nname: caf\xe9\n---\n")
    (tmp_path / "large.md").write_bytes(b"---\nname: large\n---\n" + b"x" * 1_000_001)
    found = router(agents=[tmp_path]).lexicon
    assert list(found.agents) == ["waterer"]
    assert sorted(line.partition(".md")[0].rpartition("/")[2] for line in found.warnings) == [
        "broken",
        "large",
        "latin",
    ]


@pytest.mark.parametrize(
    "routing",
    [
        "phrases: [{phrase: '...', weight: 4}]",
        "phrases: [{phrase: rye, weight: 4, near: [1]}]",
        "negatives: [{phrase: rye, word: 1}]",
    ],
)
def test_a_phrase_that_cannot_be_read_costs_only_the_phrases_of_its_file(tmp_path, routing):
    write(tmp_path, "waterer", "description: Waters lawns.")
    write(tmp_path, "baker", f"description: Bakes.\nrouting:\n  {routing}")
    found = router(agents=[tmp_path])
    assert found.route("water the lawns").agent == "waterer"
    assert len(found.lexicon.warnings) == 1


def test_our_phrases_do_not_speak_for_another_collection(tmp_path):
    write(tmp_path, "database-engineer", "description: Paints databases on canvas.")
    write(tmp_path, "designer", "description: Styles CSS buttons.")
    write(tmp_path, "model-trainer", "description: Trains a language model, then judges its table of results.")
    found = router(agents=[tmp_path])
    assert found.route("train the language model").agent == "model-trainer"
    assert found.route("train the language model").suppressed == ()
    assert found.route("ERROR: deadlock detected").agent == "none"
    assert found.route("a css button").agent == "designer"


def test_our_own_agents_named_as_a_folder_answer_as_ever():
    from orchestrator.plugin import paths

    task = "slow query on the orders table"
    assert router(agents=[paths.root() / "agents"]).route(task).as_json() == router().route(task).as_json()


def test_most_requests_reach_their_agent_in_a_large_collection(tmp_path):
    made = route_agents.agents(200)
    route_agents.write(tmp_path, made)
    found = router(agents=[tmp_path])
    answers = [(agent.name, found.route(task).agent) for agent in made for task in agent.requests]
    astray = [pair for pair in answers if pair[1] not in (pair[0], "none")]
    assert len(found.lexicon.agents) == 200
    assert sum(wanted == given for wanted, given in answers) >= 0.9 * len(answers)
    assert len(astray) <= 0.03 * len(answers)


def test_a_task_looks_at_a_bounded_number_of_agents(tmp_path):
    made = route_agents.agents(120)
    route_agents.write(tmp_path, made)
    found = router(agents=[tmp_path]).route("testing, security, performance and upgrades of kubernetes pods in docker")
    assert 1 < len({hit.agent for hit in found.matched}) <= 6


def test_a_name_that_would_break_an_answer_is_passed_over(tmp_path):
    write(tmp_path, "waterer", "description: Waters lawns.")
    (tmp_path / "two.md").write_text('---\nname: "two\\nlines"\ndescription: Bakes.\n---\n')
    found = router(agents=[tmp_path]).lexicon
    assert list(found.agents) == ["waterer"]
    assert "line break" in found.warnings[0]


def test_an_agent_is_found_by_the_same_words_before_and_after_it_is_mended(tmp_path):
    from orchestrator.plugin.fix.run import fix_all

    said = 'Keeps books. <example>user: "The till is short again"</example>'
    write(tmp_path, "keeper", f"description: {said}\nexpertise: [stocktaking]")
    write(tmp_path, "waterer", "description: Waters lawns.")
    tasks = ("the till is short again", "stocktaking on friday")
    before = [router(agents=[tmp_path]).route(task).agent for task in tasks]
    for each in fix_all([tmp_path / "keeper.md"]):
        each.write()
    assert "<example>" not in (tmp_path / "keeper.md").read_text()
    assert [router(agents=[tmp_path]).route(task).agent for task in tasks] == before == ["keeper", "keeper"]
