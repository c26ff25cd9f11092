"""The output that the text shows does not satisfy the schema that it will be held against."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext, paths
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import contract
from orchestrator.plugin.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

OUTPUT = "Review it.\n\n## Output\n\n```json\n{}\n```\n"
SCHEMA = "  output_schema: schemas/review-output.schema.json\n"
SOUND = '{"verdict": "approved", "subject": "a.py", "findings": [], "questions": [], "not_checked": [], "evidence": []}'


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    name = agent.output_schema.removeprefix("schemas/").removesuffix(".schema.json")
    blocks = [block for block in bodytext.blocks(agent.document) if block.language == "json"]
    shown = [block for block in blocks if "output" in block.heading.lower()]
    for block in shown:
        try:
            example = json.loads(block.text)
        except (ValueError, RecursionError) as error:
            if agent.is_contract:
                yield Fault(message=f"the example is not JSON: {error}", line=block.number, fix="Correct it.")
            continue
        for problem in validate(example, name) if name in paths.schema_names() else ():
            message = f"the example output at {problem.place}: {problem.message}"
            yield Fault(message=message, line=block.number, fix=problem.fix)


CHECK = Check(
    id="example-invalid",
    severity="error",
    of=("agent",),
    why="the agent copies the example, and its answer is refused",
    mend="correct the example by the schema",
    find=find,
    fires_on=(
        contract(SCHEMA, OUTPUT.format('{"verdict": "fine"}')),
        contract(SCHEMA, OUTPUT.format('{"verdict": ')),
        contract(SCHEMA, OUTPUT.format(SOUND) + "\nOr:\n\n```json\n{}\n```\n"),
    ),
    silent_on=(
        contract(SCHEMA, OUTPUT.format(SOUND)),
        contract(SCHEMA, '## Input\n\n```json\n{"verdict": "fine"}\n```\n'),
        contract("", OUTPUT.format('{"verdict": "fine"}')),
    ),
)
