"""Calls that hand SQL to a database."""

from __future__ import annotations

from orchestrator.gate.code import shape
from orchestrator.gate.code.fold import options
from orchestrator.gate.code.values import Chain, Choice, texts
from orchestrator.gate.rule import DENY
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.site import Program, Site
    from orchestrator.gate.code.values import Value

# Calls whose argument is SQL, whatever the library. Those in CERTAIN mean nothing else where a library is loaded.
CERTAIN = frozenset(
    "execute executemany executescript execute_sql exec_driver_sql exec_query execute_batch execute_values mogrify"
    " exec_params async_exec sync_exec send_query select_all select_value select_values select_rows exec_update"
    " exec_delete exec_insert execute_async copy_expert read_sql read_sql_query fetchrow fetchval"
    " $executeRawUnsafe $queryRawUnsafe $executeRaw $queryRaw unsafe queryRaw executeRaw nativeQuery"
    " statement unprepared executeStatement executeQuery executeUpdate fetchAllAssociative pg_query pg_send_query"
    " mysqli_query mysql_query multi_query pg_execute real_query pg_query_params pg_exec"
    " selectall_arrayref selectrow_array selectall_hashref selectrow_hashref selectcol_arrayref"
    " dbExecute dbSendQuery dbGetQuery dbSendStatement sqlQuery dbQuery"
    " ExecContext QueryContext QueryRowContext ExecuteSqlRaw MustExec".split()
)
LIKELY = frozenset(
    "query exec run raw prepare do all get each any one many none oneOrNone manyOrNone multi result text sql SQL"
    " command queryOne fetch fetch_all scalar scalars stream execute_command Exec Query QueryRow Queryx fetchall select"
    " ` insert update delete insertGetId query! query_many query_many! iterate begin transaction << list".split()
)
# Of these an argument that cannot be read is SQL that cannot be read.
OPAQUE = CERTAIN | frozenset(("query", "raw", "do", "Exec", "<<"))
# Calls that run SQL even where no library of a database is in sight.
MEANT = frozenset(("exec", "run", "prepare", "none", "any", "query!", "Query", "QueryRow"))
# Calls that show, compare or store a text: it goes nowhere near a database.
INERT = frozenset(
    "print println printf puts echo say log info warn warning error debug trace fatal critical exception write"
    " writelines writeFile writeFileSync write_text appendFile appendFileSync console.log p pp pprint"
    " inspect dump dumps"
    " assert assertEqual assertIn assert_equal assertTrue expect toBe toEqual toContain toMatch include includes"
    " startswith endswith startsWith endsWith indexOf index find count search match fullmatch findall finditer test"
    " compile replace replaceAll gsub sub split join append_text in_ field Field help add_argument add_parser"
    " ArgumentParser Exception Error ValueError RuntimeError TypeError KeyError die raise describe it fail skip"
    " input getpass prompt len format equals contains title label flash jsonify render send_message Response"
    " render_template_string parse parse_one transpile tokenize fingerprint file_put_contents Println Printf Errorf"
    " cat message of warn_with confirm abort exit stringify require import".split()
)
TEMPLATES = frozenset(("Template", "from_string", "dedent", "cleandoc", "template"))
# How the names of functions begin that look at a text or rewrite it.
LOOKS = (
    "is_", "has_", "assert", "check", "lint", "classif", "parse", "format", "judge", "valid",
    "truncatec", "truncatew", "truncator", "slug", "tokeni", "normali", "highlight", "shorten", "escape", "lex",
    "split", "describe", "prettif", "beautif",
)  # fmt: skip


def judge(site: Site) -> bool:
    """Judges the SQL among the arguments of a call. True if the call is one that runs SQL."""
    name = site.name
    if site.link.args is None or name in INERT or name == "[]" or _only_looks(site):
        return False
    opaque = site.program.evidence.dialects and (name in CERTAIN or _is_opaque_call(site))
    for value in _arguments(site):
        if isinstance(value, str):
            _text(site, value)
        elif opaque:
            _elsewhere(site, value)
    return name in CERTAIN


def _only_looks(site: Site) -> bool:
    """A function of another module that takes a text to look at it: is_safe, check, truncatechars."""
    if site.name in site.program.reader.functions:
        return False
    name = site.name.lstrip("_")
    looks = name.lower().startswith(LOOKS) or (name[:2] == "is" and name[2:3].isupper())
    return looks and not any(word in name for word in ("_run", "Run", "exec", "Exec", "apply"))


def _is_opaque_call(site: Site) -> bool:
    return site.receiver and (site.name in OPAQUE or (site.name == "exec" and site.program.language in {"ruby", "php"}))


def _arguments(site: Site) -> list[Value]:
    """The arguments that may be SQL, lists and choices taken apart; what follows the SQL are its parameters."""
    found: list[Value] = []
    for given in site.args():
        value = given
        if isinstance(given, dict):
            value = next((given[key] for key in ("text", "sql", "query", "statement") if key in given), None)
        for each in options(value):
            found += texts(each) if isinstance(each, list) else [each]
        if found and isinstance(found[-1], str) and shape.reads_as_sql(found[-1]):
            break
    found += [value for value in site.link.named.values() if isinstance(value, str)]
    strings = [value for value in found if isinstance(value, str) and shape.reads_as_sql(value)]
    # Where one argument is SQL the others are a connection and parameters.
    return strings or found[:2]


def _text(site: Site, text: str) -> None:
    program, name = site.program, site.name
    known = bool(program.evidence.libraries)
    meant = site.receiver and (name in OPAQUE or name in MEANT)
    if shape.reads_as_sql(text) and (meant or name in CERTAIN or (known and name in LIKELY)):
        # What follows the SQL in the call are its parameters.
        report(program, text, sink=len(site.link.args or []) < 2)
    elif program.evidence.dialects and shape.is_telling(text) and not _is_template(site):
        report(program, text, sink=False)
    elif name in CERTAIN and program.evidence.dialects and not program.script and shape.starts_unknown(text):
        program.call.effect("unread-program", text)


def _is_template(site: Site) -> bool:
    """A text to be filled in, in a program that runs no SQL at all."""
    if site.name not in TEMPLATES:
        return False
    every = (link.name for chain in site.program.reader.calls for link in chain.links if link.args is not None)
    return not any(name in CERTAIN or name in OPAQUE or name in MEANT for name in every)


def report(program: Program, text: str, sink: bool = True) -> None:
    """Judges SQL. In a script of the project everyday statements are not worth a question."""
    evidence = program.evidence
    if evidence.memory:
        return
    if program.language == "python":
        text = _placeholders(text)
    if not program.script:
        program.call.sql(text, evidence.dialect)
        return
    from orchestrator.gate.sql.judge import effects

    everyday = not sink or shape.has_parameters(text) or is_everyday(text)
    for effect in effects(text, evidence.dialect):
        if effect.rule.decision == DENY or not (everyday or effect.rule.id == "unread-sql"):
            program.call.report(effect)


def is_everyday(text: str) -> bool:
    """Rows that are added and tables that are made if they are missing."""
    words = [word.upper() for word in shape.bare(text)[:200].split()[:8]]
    if not words:
        return True
    if words[0] in {"INSERT", "REPLACE", "WITH", "MERGE"}:
        return True
    return words[0] == "CREATE" and "EXISTS" in words


def _placeholders(text: str) -> str:
    """%s and %(name)s of Python's drivers as unknown values."""
    if "%" not in text:
        return text
    pieces = text.split("%(")
    made = [pieces[0]]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition(")s")
        made.append(UNKNOWN + rest if closed and name.isidentifier() else "%(" + piece)
    return "".join(made).replace("%s", UNKNOWN)


def _elsewhere(site: Site, value: Value) -> None:
    """SQL that is not written in the call: a file, or something that only the run can tell."""
    program = site.program
    if program.evidence.memory:
        return
    found = program.outside.file(value)
    if found is not None:
        path, content = found
        if content is not None:
            report(program, content)
        elif not program.script:
            program.call.effect("unread-program", "SQL of the file " + (path or "that it names"))
        return
    if not program.script and is_opaque(program, value):
        program.call.effect("unread-program", site.source())


SOURCES = frozenset(
    "read input argv environ getenv readlines readline recv decode stdin gets prompt b64decode decode64 loads json ARGV"
    " ENV env content text body args STDIN @ARGV $argv decompress".split()
)


def is_opaque(program: Program, value: Value, depth: int = 0) -> bool:
    """True if the value comes from outside the program text, so that nothing can be said about it."""
    value = program.resolved(value)
    if isinstance(value, Choice):
        return any(is_opaque(program, each, depth + 1) for each in value.options[:16]) if depth < 4 else False
    if not isinstance(value, Chain):
        return False
    if value.bare:
        return value.bare not in program.reader.parameters
    return value.has(*SOURCES)


def loose(program: Program) -> None:
    """SQL that the program keeps in variables, where some call runs text that comes from variables."""
    if not program.evidence.dialects or program.evidence.memory:
        return
    kept = [text for value in program.reader.variables.values() for text in texts(value)] + program.reader.loose
    for text in kept:
        if shape.is_telling(text) and len(text) > 8:
            report(program, text, sink=False)


def runs_variables(program: Program) -> bool:
    """True if a call runs SQL whose text is not in the call."""
    for chain in program.reader.calls:
        for link in chain.links[chain.start :]:
            if link.name in OPAQUE and link.args and not isinstance(program.resolved(link.args[0]), str):
                return True
    return False
