"""Constant folding: what a call on constants comes to. Anything else stays as it is."""

from __future__ import annotations

from orchestrator.gate.code import decode
from orchestrator.gate.code.values import LONGEST, Chain, Choice, Link, as_text, bounded, join
from orchestrator.gate.text import OPEN, UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.values import Value

SAME = frozenset(
    "encode decode strip trim lstrip rstrip chomp freeze dup to_s toString to_str squish"
    " strip_heredoc stripMargin valueOf"
    " b force_encoding removeprefix expandtabs resolve absolute expanduser as_posix toList to_a values join_lines"
    " html_safe unsafe_str with_indifferent_access clone copy astext".split()
)
MOST_OPTIONS = 200
STRIPS = frozenset(("strip", "trim", "lstrip", "rstrip", "chomp", "squish"))
# Functions that hand their first argument on: SQL as text, text without indentation, a path as text.
WRAPPERS = frozenset(
    "text SQL literal_column raw dedent cleandoc str String sql lit abspath realpath normpath expanduser fspath"
    " PurePath Path PosixPath bytes Identifier quote unquote decodeURIComponent fromBase64 TextClause resolve"
    " encodeURI tuple list iter expand_path shellquote escapeshellarg escapeshellcmd new_sql".split()
)


def step(chain: Chain) -> Value:
    """The value of the last step of a chain, the chain itself if it is not constant."""
    link = chain.links[-1]
    first = link.args[0] if link.args and len(link.args) == 1 else None
    if isinstance(chain.root, Choice) and len(chain.links) == 1:
        found = _each(chain.root, link)
    elif isinstance(first, Choice) and link.name in decode.CODES:
        found = Choice([step(Chain([Link(link.name, [each])])) for each in first.options[:MOST_OPTIONS]])
    elif chain.root is not None and len(chain.links) == 1:
        found = _method(chain.root, link)
    elif link.args is None:
        return chain
    else:
        found = _function(chain, link)
    return chain if found is None else bounded(found)


def _each(root: Choice, link: Link) -> Value:
    """The method of every option."""
    found = [_method(each, link) for each in root.options[:MOST_OPTIONS]]
    return Choice(found) if found and all(each is not None for each in found) else None


def _method(root: Value, link: Link) -> Value:
    args = link.args
    if link.name == "parent" and isinstance(root, str):
        return dirname(root)
    if args is None and link.name not in SAME and link.name not in {"reverse", "upcase", "downcase", "chr", "length"}:
        return None
    known = METHODS.get(link.name)
    if isinstance(root, str):
        decoded = decode.method(root, link.name, args or [])
        if decoded is not None:
            return decoded
        if link.name in SAME:
            return root.strip() if link.name in STRIPS and not args else root
    if known is None:
        return None
    return known(root, args or [], link.named)


HANDED_ON = frozenset(("promisify", "wraps", "bind", "escape"))
REFLECTING = frozenset(
    ("call_user_func", "call_user_func_array", "getattr", "send", "public_send", "__send__", "method", "attrgetter")
)


def _reflected(chain: Chain, link: Link) -> Value:
    """getattr(a, "name") is a.name, a.send(:name, b) is a.name(b)."""
    args = link.args or []
    if link.name in {"call_user_func", "call_user_func_array"}:
        rest = args[1] if link.name.endswith("array") and len(args) > 1 and isinstance(args[1], list) else args[1:]
        return Chain([Link(args[0], rest)]) if args and isinstance(args[0], str) else None
    if link.name == "getattr":
        if len(args) > 1 and isinstance(args[1], str) and isinstance(args[0], Chain):
            return Chain([*args[0].links, Link(args[1])], args[0].root)
        return None
    if args and isinstance(args[0], str) and len(chain.links) > 1:
        return Chain([*chain.links[:-1], Link(args[0], args[1:] if link.name != "method" else None)], chain.root)
    return None


def _function(chain: Chain, link: Link) -> Value:
    args = link.args or []
    if link.name in REFLECTING:
        return _reflected(chain, link)
    decoded = decode.function(chain, link.name, args)
    if decoded is not None or not args:
        return decoded
    known = _known(chain, link.name)
    if known is not None:
        return known(args)
    return args[0] if _hands_on(link, args) else None


def _known(chain: Chain, name: str) -> Callable[[list[Value]], Value] | None:
    alone = len(chain.links) == 1
    if name == "join" and alone:
        return _implode
    # a.split(b) splits a, shlex.split(b) splits b.
    if name == "split" and not alone and not chain.has("shlex", "Shellwords"):
        return None
    return FUNCTIONS.get(name)


def _hands_on(link: Link, args: list[Value]) -> bool:
    if isinstance(args[0], Chain):
        return link.name in HANDED_ON
    return link.name in WRAPPERS and len(args) == 1 and isinstance(args[0], (str, list)) and not link.named


def formatted(template: str, args: list[Value], named: dict[str, Value]) -> str:
    """str.format."""
    made: list[str] = []
    following = 0
    at = 0
    while at < len(template):
        mark = template[at]
        stop = template.find("}", at) if mark == "{" else -1
        if template[at : at + 2] in {"{{", "}}"}:
            made.append(mark)
            at += 2
        elif stop < 0:
            made.append(mark)
            at += 1
        else:
            field = template[at + 1 : stop].partition("!")[0].partition(":")[0]
            made.append(_field(field or str(following), args, named))
            following += not field
            at = stop + 1
    return "".join(made)[:LONGEST]


def _field(field: str, args: list[Value], named: dict[str, Value]) -> str:
    if field.isdecimal():
        return as_text(args[int(field)]) if int(field) < len(args) else UNKNOWN
    return as_text(named.get(field))


def percent(template: str, value: Value) -> str:
    """template % value, and sprintf."""
    values = value if isinstance(value, list) else [value]
    named = value if isinstance(value, dict) else {}
    made: list[str] = []
    pieces = template.split("%")
    made.append(pieces[0])
    following = 0
    skip = False
    for piece in pieces[1:]:
        if skip:
            made.append(piece)
            skip = False
        elif not piece:
            made.append("%")
            skip = True
        elif piece.startswith("(") and ")" in piece:
            name, _, rest = piece[1:].partition(")")
            made.append(as_text(named.get(name)) + rest[1:])
        else:
            made.append((as_text(values[following]) if following < len(values) else UNKNOWN) + _after_format(piece))
            following += 1
    return "".join(made)[:LONGEST]


def _after_format(piece: str) -> str:
    """What follows the conversion at the beginning of `piece`."""
    at = 0
    while at < len(piece) and piece[at] in "-+ #0123456789.*":
        at += 1
    return piece[at + 1 :]


def dirname(path: str) -> str:
    head, slash, _ = path.rstrip("/").rpartition("/")
    return head or ("/" if slash else ".")


def path_join(parts: list[Value]) -> str:
    made = ""
    for part in parts:
        text = as_text(part)
        made = text if not made or text.startswith("/") else made.rstrip("/") + "/" + text
    return made


def _join(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    """ ", ".join(list), list.join(", "), and pathlib's joinpath."""
    if isinstance(root, str):
        parts = args[0] if len(args) == 1 else args
        return root.join(as_text(each) for each in parts) if isinstance(parts, list) and parts else None
    if isinstance(root, list):
        return (args[0] if args and isinstance(args[0], str) else "").join(as_text(each) for each in root)
    return None


def _replace(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    if isinstance(root, str) and len(args) >= 2 and isinstance(args[0], str) and isinstance(args[1], str):
        return root.replace(args[0], args[1])[:LONGEST] if args[0] else None
    return root + UNKNOWN if isinstance(root, str) else None


def _split(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    if not isinstance(root, str):
        return None
    separator = args[0] if args and isinstance(args[0], str) else None
    if separator == "":
        return list(root)
    return root.split(separator if args and separator != " " else None)


def _case(how: Callable[[str], str]) -> Callable[[Value, list[Value], dict[str, Value]], Value]:
    def change(root: Value, _args: list[Value], _named: dict[str, Value]) -> Value:
        return how(root) if isinstance(root, str) and OPEN not in root else None

    return change


def _reverse(root: Value, _args: list[Value], _named: dict[str, Value]) -> Value:
    return root[::-1] if isinstance(root, (str, list)) else None


def _concat(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    for each in args:
        root = join(root, each)
    return root if isinstance(root, (str, list)) else None


def _format(root: Value, args: list[Value], named: dict[str, Value]) -> Value:
    return formatted(root, args, named) if isinstance(root, str) else None


def _map(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    """[68, 82].map(&:chr)"""
    return decode.characters(root) if isinstance(root, list) and args == ["chr"] else None


def _pack(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    if not isinstance(root, list) or not args or not isinstance(args[0], str):
        return None
    if args[0][:1] in {"H", "m"}:
        return decode.hexadecimal(root[0]) if args[0][0] == "H" else decode.base64(root[0])
    return "".join(decode.characters(root) or []) or None


def _join_path(root: Value, args: list[Value], _: dict[str, Value]) -> Value:
    return path_join([root, *args]) if isinstance(root, str) else None


METHODS: dict[str, Callable[[Value, list[Value], dict[str, Value]], Value]] = {
    "join": _join,
    "joinpath": _join_path,
    "replace": _replace,
    "replaceAll": _replace,
    "gsub": _replace,
    "sub": _replace,
    "split": _split,
    "lower": _case(str.lower),
    "downcase": _case(str.lower),
    "toLowerCase": _case(str.lower),
    "upper": _case(str.upper),
    "upcase": _case(str.upper),
    "toUpperCase": _case(str.upper),
    "swapcase": _case(str.swapcase),
    "reverse": _reverse,
    "concat": _concat,
    "format": _format,
    "map": _map,
    "pack": _pack,
}


def _implode(args: list[Value]) -> Value:
    """implode($glue, $list) and Perl's join."""
    separator, rest = args[0], args[1:]
    if not isinstance(separator, str) or not rest:
        return None
    if len(rest) == 1 and isinstance(rest[0], list):
        return separator.join(as_text(each) for each in rest[0])
    return separator.join(as_text(each) for each in rest)


def _function_join(args: list[Value]) -> Value:
    """os.path.join(a, b), path.join(a, b), File.join(a, b), strings.Join(list, glue)."""
    lists = [each for each in args if isinstance(each, list)]
    if lists:
        return _implode([args[1], args[0]]) if len(args) == 2 and isinstance(args[1], str) else _implode(args)
    return path_join(args) if any(isinstance(each, str) for each in args) else None


def _sprintf(args: list[Value]) -> Value:
    return percent(args[0], list(args[1:])) if isinstance(args[0], str) else None


def _dirname(args: list[Value]) -> Value:
    return dirname(args[0]) if isinstance(args[0], str) else None


def _path(args: list[Value]) -> Value:
    return path_join(args) if isinstance(args[0], str) else None


def _function_split(args: list[Value]) -> Value:
    """shlex.split(text)."""
    if len(args) == 1 and isinstance(args[0], str):
        return [part.strip("'\"") for part in args[0].split()] if "'" not in args[0] and '"' not in args[0] else None
    return None


def _function_map(args: list[Value]) -> Value:
    """map(chr, list)."""
    if len(args) == 2 and isinstance(args[0], Chain) and args[0].name == "chr" and isinstance(args[1], list):
        return decode.characters(args[1])
    return None


def _reversed(args: list[Value]) -> Value:
    return args[0][::-1] if isinstance(args[0], (str, list)) else None


FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "join": _function_join,
    "Join": _function_join,
    "implode": _implode,
    "sprintf": _sprintf,
    "Sprintf": _sprintf,
    "dirname": _dirname,
    "Path": _path,
    "split": _function_split,
    "map": _function_map,
    "reversed": _reversed,
    "reverse": _reversed,
    "strrev": _reversed,
}


def options(value: Value) -> list[Value]:
    """The values that may be meant: the options of a choice, else the value itself."""
    if not isinstance(value, Choice):
        return [value]
    return [
        each for option in value.options[:16] for each in (option.options if isinstance(option, Choice) else [option])
    ]
