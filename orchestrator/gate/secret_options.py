"""Options of database clients that carry a password: -pSECRET of mysql, -a of redis-cli, --password=… of most."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Beginning of the program's name: its letter, and whether the value may be a word of its own.
LETTERS = {
    "mysql": ("-p", False),
    "mariadb": ("-p", False),
    "mycli": ("-p", True),
    "mongo": ("-p", True),
    "redis-cli": ("-a", True),
    "sqlcmd": ("-P", True),
    "curl": ("-u", True),
    "sqlplus": ("-p", True),
    "sshpass": ("-p", True),
    "cqlsh": ("-p", True),
    "cypher-shell": ("-p", True),
    "bcp": ("-P", True),
}
# How the name of an option ends, whatever stands before it: --master-user-password, and -password of some.
LONG = ("password", "passwd", "passphrase", "-pass", "token", "secret", "api-key", "access-key")
BREAKS = ";|&\n"


def spans(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Start and end of each value."""
    if not any(name in lower for name in (*LETTERS, *LONG)):
        return
    rule = ("", False)
    takes = False
    for start, end in _words(text):
        word = text[start:end].strip("'\"")
        if word and word[0] in BREAKS:
            rule, takes = ("", False), False
        elif takes and not word.startswith("-"):
            yield start, end
            takes = False
        else:
            rule = _program(word) or rule
            takes = _is_secret(word) or (rule[1] and word == rule[0])
            yield from _attached(text, start, end, rule[0])


def _attached(text: str, start: int, end: int, letter: str) -> Iterator[tuple[int, int]]:
    lead = len(text[start:end]) - len(text[start:end].lstrip("'\""))
    at = start + lead + len(letter)
    if letter and at < end and text.startswith(letter, start + lead):
        yield at, end
    equals = text.find("=", start, end)
    if equals > 0 and _is_secret(text[start:equals].strip("'\"")):
        yield equals + 1, end


def _is_secret(option: str) -> bool:
    return option.startswith("-") and option.lower().endswith(LONG)


def _program(word: str) -> tuple[str, bool] | None:
    name = word.rsplit("/", 1)[-1].lower()
    for begin, rule in LETTERS.items():
        if name.startswith(begin):
            return rule
    return None


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Words of a command line by blanks outside of quotes, and the signs that separate commands."""
    start, quote = -1, ""
    for at, each in enumerate(text):
        if quote:
            quote = "" if each == quote else quote
        elif each in " \t" or each in BREAKS:
            if start >= 0:
                yield start, at
            start = -1
            if each in BREAKS:
                yield at, at + 1
        else:
            if each in "'\"":
                quote = each
            start = at if start < 0 else start
    if start >= 0:
        yield start, len(text)
