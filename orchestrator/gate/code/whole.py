"""A whole program: reads its text once, then judges every call in it."""

from __future__ import annotations

from orchestrator.gate.code import drops, evaluation, files, processes, queries, records, steps, web
from orchestrator.gate.code.languages import LANGUAGES
from orchestrator.gate.code.libraries import Evidence
from orchestrator.gate.code.site import Program, Site
from orchestrator.gate.code.statements import Reader
from orchestrator.gate.code.tokens import LINE
from orchestrator.gate.text import CLOSE, OPEN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.tokens import Token
    from orchestrator.gate.code.values import Chain

DEEPEST = 5
PRINTS = {
    "python": frozenset(("print", "write")),
    "javascript": frozenset(("log", "write")),
    "ruby": frozenset(("puts", "print")),
    "perl": frozenset(("print", "say")),
    "php": frozenset(("echo", "print")),
}


def inner(program: Program, text: str) -> None:
    """Judges text that a program runs as code of its own language."""
    program.outside.inner -= 1
    if program.depth < DEEPEST and program.outside.inner > 0:
        judge(Program(program.call, program.language, text, program.script, program.outside, program.depth + 1))


def judge(program: Program) -> None:
    language = LANGUAGES.get(program.language)
    if language is None:
        return
    reader = Reader(language, language.scan(program.text).scan(), program.outside, {})
    reader.read()
    program.reader = reader
    program.evidence = Evidence(program.outside.modules, reader.calls, program.text)
    _shells(program)
    for chain in reader.calls:
        _chain(program, chain)
    if queries.runs_variables(program):
        queries.loose(program)
    if not program.script:
        _one_off(program)


def _shells(program: Program) -> None:
    """Text between backticks, and pipes of awk."""
    for text in program.reader.shells:
        if not text.startswith(OPEN) or text.partition(CLOSE)[2].strip():
            processes.hand_over(program, text)
    if program.language == "awk":
        processes.awk_pipes(program)


def _one_off(program: Program) -> None:
    if program.evidence.libraries and has_unknown_statement(program.reader.tokens):
        program.call.effect("unread-program")
    if program.depth == 0:
        _prints(program)


def has_unknown_statement(tokens: list[Token]) -> bool:
    """True if a statement of the program is not known: python -c "import psycopg; $BODY"."""
    for at, token in enumerate(tokens):
        if token.value == OPEN and (at == 0 or tokens[at - 1].kind == LINE or tokens[at - 1].is_sign(";", "{")):
            return True
    return False


def _chain(program: Program, chain: Chain) -> None:
    for at in range(chain.start, len(chain.links)):
        if chain.links[at].args is None:
            continue
        site = Site(program, chain, at)
        if processes.judge(site) or evaluation.judge(site):
            continue
        queries.judge(site)
        records.judge(site)
        drops.judge(site)
        steps.judge(site)
        files.judge(site)
        web.judge(site)


def _prints(program: Program) -> None:
    """What the program prints, if all of it is constant."""
    names = PRINTS.get(program.language, frozenset())
    printed: list[str] = []
    for chain in program.reader.calls:
        for at, link in enumerate(chain.links[chain.start :], chain.start):
            if link.name in names and link.args is not None:
                value = Site(program, chain, at).arg()
                if not isinstance(value, str) or not is_known(value):
                    return
                printed.append(value)
    if printed and not program.reader.shells:
        program.call.output("\n".join(printed) + "\n")
