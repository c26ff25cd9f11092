"""Takes passwords, tokens and keys out of a command line before anybody reads it again.

A scanner, not a parser: where it cannot tell, it takes out more than it has to.
"""

from __future__ import annotations

from orchestrator.gate import secret_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "***"
# The last word of the name of something secret; "key" and "pass" alone mean other things too often.
LAST_WORDS = ("password", "passwd", "pwd", "passphrase", "token", "secret", "apikey", "credential", "credentials", "pw")
ENDINGS = ("_key", "-key", "_pass", "-pass", "accesskey", "secretkey", "key_base")
IDENTIFIED = "identified"
AUTHORIZATION = "authorization"
QUOTES = "'\"`"
ENDS_WORD = " \t\r\n;|&<>(){},"


def redacted(text: str) -> str:
    """The text with *** for every secret that can be recognised by what stands before it."""
    lower = _lowered(text)
    spans = sorted([*_named(text, lower), *_in_addresses(text), *secret_options.spans(text, lower)])
    secrets = {text[start:end] for start, end in spans if end - start >= 6}
    return _without(_masked(text, spans), secrets)


def _lowered(text: str) -> str:
    """Lower case, of the same length: some letters have a lower case of two characters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join([each.lower() if each < "\x80" else each for each in text])


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if end <= done:
            continue
        pieces += (text[done : max(start, done)], MASK)
        done = end
    return "".join(pieces) + text[done:]


def _without(text: str, secrets: Iterable[str]) -> str:
    """The same secret may stand elsewhere without its name."""
    for each in sorted(secrets, key=len, reverse=True)[:50]:
        text = text.replace(each.strip(QUOTES), MASK) if len(each.strip(QUOTES)) >= 6 else text
    return text


def _found(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _named(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """PGPASSWORD=…, password = '…' in a connection string, "token": "…", PASSWORD '…' and IDENTIFIED BY '…' in SQL."""
    opened = _open_quotes(text)
    for word in (*LAST_WORDS, *ENDINGS, IDENTIFIED, AUTHORIZATION):
        done = 0
        for at in _found(lower, word):
            # What is in a value already is not looked at again, or a long value would be read once a word.
            span = _after(text, lower, at, word, opened) if at >= done else None
            if span:
                done = span[1]
                yield span


def _after(text: str, lower: str, at: int, word: str, opened: str) -> tuple[int, int] | None:
    end = at + len(word)
    if word == AUTHORIZATION:
        return _header(text, end, opened)
    if word == "password" and lower[end : end + 5] == " for ":  # SET PASSWORD FOR name = '…'
        sign = lower.find("=", end, end + 200)
        return _quoted(text, sign + 1 + _blank(text, sign + 1)) if sign > 0 else None
    if word == IDENTIFIED:
        way, by, _ = lower[end : end + 200].partition("by")
        start = end + len(way) + 2
        return _quoted(text, start + _blank(text, start)) if by else None
    return _value(text, end, opened) if word[0] not in "-_" or text[at - 1 : at].isalnum() else None


def _header(text: str, end: int, opened: str) -> tuple[int, int] | None:
    """Authorization: Bearer …, to the end of the quote or the line that it stands in."""
    start = end
    while start < len(text) and text[start] in " '\":=":
        start += 1
    if start == end:
        return None
    around = opened[start : start + 1]
    stop = min([at for at in (text.find(sign, start) for sign in (around, "\n") if sign != " ") if at >= 0], default=-1)
    return start, stop if stop >= 0 else len(text)


def _value(text: str, end: int, opened: str) -> tuple[int, int] | None:
    """The value after a name that ends at `end`, if there is one: after = or :, or a quoted one in SQL."""
    start = end
    if text[start : start + 1] in QUOTES and start < len(text):
        start += 1
    blank = _blank(text, start)
    sign = text[start + blank : start + blank + 2]
    if sign[:1] == "=" or (sign[:1] == ":" and sign != "::"):
        start += blank + (2 if sign in ("==", ":=", "=>") else 1)
        start += _blank(text, start)
        return _word(text, start, opened[start : start + 1])
    if blank and start == end and (sign[:1] in "'\"\\$" or sign.lower() == "e'"):
        return _quoted(text, start + blank)
    return None


def _blank(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in " \t\r\n":
        end += 1
    return end - start


def _word(text: str, start: int, around: str) -> tuple[int, int]:
    """A word of a shell, of a connection string or of a program, from `start` on, inside of the quote `around`."""
    end = start
    while end < len(text) and text[end] not in ENDS_WORD:
        here = text[end]
        if here == around:
            break
        if here in QUOTES or (here == "\\" and around != " " and end == start) or here == "$":
            end = max(_quoted(text, end)[1], end + 1)
        else:
            end += 2 if here == "\\" else 1
    return start, min(end, len(text))


def _open_quotes(text: str) -> str:
    """For each character the quote that is open before it, a blank where there is none. Each line begins anew."""
    found = []
    opened = " "
    skip = False
    for each in text:
        found.append(opened)
        if skip:
            skip = False
        elif each == "\n":
            opened = " "
        elif each == "\\" and opened != "'":
            skip = True
        elif opened != " ":
            opened = " " if each == opened else opened
        elif each in QUOTES:
            opened = each
    return "".join(found)


def _quoted(text: str, start: int) -> tuple[int, int]:
    """A quoted value: '…', "…", $'…', E'…', $$…$$, $(…), and the forms that stand inside of other quotes, \\'…\\'."""
    at = start
    if text[at : at + 1] in ("e", "E", "$") and text[at + 1 : at + 2] in ("'", '"', "\\"):
        at += 1
    if text[at : at + 1] == "$":
        return start, _dollar(text, at)
    while at < len(text) and text[at] in "'\"\\`":
        at += 1
    opening = text[start:at].lstrip("eE$").lstrip("\\")[:1]
    if not opening:
        return start, start
    return start, _closing(text, at, opening)


def _closing(text: str, at: int, quote: str) -> int:
    """Where the value ends: after the quote, its doubled forms passed over, and what is written right after it."""
    while at < len(text):
        if text[at] == "\\" and quote != "'":
            at += 2
        elif text[at] != quote:
            at += 1
        elif text[at + 1 : at + 2] == quote:
            at += 2
        else:
            break
    end = min(at + 1, len(text))
    while end < len(text) and text[end] not in ENDS_WORD and text[end] not in QUOTES and text[end] not in "\\]":
        end += 1
    return end


def _dollar(text: str, at: int) -> int:
    """The end of $tag$…$tag$, $(…), ${…} or $NAME."""
    tag = text.find("$", at + 1, at + 64)
    name = text[at + 1 : tag] if tag > 0 else " "
    if name == "" or name.isidentifier():
        end = text.find(text[at : tag + 1], tag + 1)
        return end + tag + 1 - at if end >= 0 else len(text)
    pair = {"(": ")", "{": "}"}.get(text[at + 1 : at + 2])
    if pair:
        end = text.find(pair, at)
        return end + 1 if end >= 0 else len(text)
    end = at + 1
    while end < len(text) and text[end] not in ENDS_WORD and text[end] not in QUOTES:
        end += 1
    return end


def _in_addresses(text: str) -> Iterator[tuple[int, int]]:
    """The password of scheme://user:password@host."""
    done = 0
    for at in _found(text, "://"):
        start = at + 3
        if start < done:
            continue
        end = start
        while end < len(text) and text[end] not in " \t\r\n'\"`<>|;":
            end += 1
        stop = min([found for found in (text.find(each, start, end) for each in "/?#") if found >= 0], default=end)
        done = end
        # A password may hold a slash that should have been encoded.
        whole = text[start : stop if "@" in text[start:stop] else end]
        colon, last = whole.find(":"), whole.rfind("@")
        if 0 <= colon < last and not whole[colon + 1 :].split("/")[0].isdecimal():
            yield start + colon + 1, start + last
