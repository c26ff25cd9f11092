"""Strings, quoted names and comments. Every reader takes the lexer and the place of the first character."""

from __future__ import annotations

from orchestrator.gate.sql.tokens import DIGITS, PARAMETER, QUOTED, STRING, WORD_CHARS
from orchestrator.gate.text import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.lexer import Lexer


def unicode(lexer: Lexer, i: int, quote: int) -> int:
    """U&'…' is a string like others. U&"…" may spell any name in escapes."""
    if lexer.text[quote] == "'":
        return standard(lexer, i, quote)
    end = lexer.text.find('"', quote + 1)
    return lexer.broke(i, end + 1 if end >= 0 else len(lexer.text))


def string(lexer: Lexer, i: int) -> int:
    return backslashed(lexer, i, i) if lexer.style.backslash else standard(lexer, i, i)


def standard(lexer: Lexer, i: int, quote: int) -> int:
    """A string that ends at its quote; two of them are one inside."""
    mark = lexer.text[quote]
    end = closing(lexer.text, quote, mark)
    if lexer.text.find("\\" + mark, quote, end + 1 if end >= 0 else len(lexer.text)) >= 0:
        lexer.doubts.add("backslash")
    if end < 0:
        return lexer.broke(i, len(lexer.text))
    lexer.add(STRING, lexer.text[i : end + 1], i)
    return end + 1


def closing(text: str, start: int, quote: str) -> int:
    end = text.find(quote, start + 1)
    while end >= 0 and text[end + 1] == quote:
        end = text.find(quote, end + 2)
    return end


def backslashed(lexer: Lexer, i: int, quote: int) -> int:
    """A string, or in MySQL and ClickHouse a quoted name, in which a backslash takes the next character's meaning."""
    text = lexer.text
    mark = text[quote]
    at = quote + 1
    end = text.find(mark, at)
    while end >= 0:
        slash = text.find("\\", at, end)
        if slash >= 0:
            if text[slash + 1] == mark and lexer.style.backslash:
                lexer.doubts.add("backslash")
            at = slash + 2
        elif text[end + 1] == mark:
            at = end + 2
        else:
            break
        if end < at:
            end = text.find(mark, at)
    if end < 0:
        return lexer.broke(i, len(text))
    lexer.add(STRING if mark != "`" else QUOTED, text[i : end + 1] if mark != "`" else text[i + 1 : end], i)
    return end + 1


def quoted(lexer: Lexer, i: int) -> int:
    """A quoted name; the character is its quote."""
    text = lexer.text
    quote = text[i]
    end = closing(text, i, quote)
    if end < 0:
        return lexer.broke(i, len(text))
    lexer.add(QUOTED, text[i + 1 : end].replace(quote + quote, quote), i)
    return end + 1


def bracketed(lexer: Lexer, i: int) -> int:
    end = lexer.text.find("]", i)
    if end < 0:
        return lexer.broke(i, len(lexer.text))
    lexer.add(QUOTED, lexer.text[i + 1 : end], i)
    return end + 1


def dash(lexer: Lexer, i: int) -> int:
    text = lexer.text
    if text[i + 1] != "-" or (lexer.style.dash_space and text[i + 2] > " "):
        return lexer.sign(i)
    return line_end(text, i)


def line_end(text: str, i: int) -> int:
    end = text.find("\n", i)
    # PostgreSQL ends such a comment at a carriage return, too.
    alone = text.find("\r", i, end)
    return alone if alone >= 0 else end


def hash_sign(lexer: Lexer, i: int) -> int:
    return line_end(lexer.text, i)


def slash(lexer: Lexer, i: int) -> int:
    text = lexer.text
    if text[i + 1] != "*":
        return lexer.sign(i)
    marked = text[i + 2] == "!" or text[i + 2 : i + 4] == "M!"
    if marked and "executable" in lexer.style.doubts:
        lexer.doubts.add("executable")
        if lexer.style.executable:
            lexer.executing = True
            return executable(text, i)
    end = nested(text, i) if lexer.style.nested else text.find("*/", i + 2)
    if end < 0:
        return lexer.broke(i, len(text))
    if "nested" in lexer.style.doubts and text.find("/*", i + 2, end) >= 0:
        lexer.doubts.add("nested")
    return end + 2


def executable(text: str, i: int) -> int:
    """Past the mark and the version of a comment that MySQL runs; its end is dropped by the reader of the asterisk."""
    end = text.find("!", i) + 1
    while text[end] in DIGITS:
        end += 1
    return end


def nested(text: str, i: int) -> int:
    """Where a comment that may hold comments ends."""
    depth = 1
    at = i + 2
    opening = text.find("/*", at)
    end = text.find("*/", at)
    while end >= 0:
        if 0 <= opening < end:
            depth += 1
            at = opening + 2
        else:
            depth -= 1
            if not depth:
                return end
            at = end + 2
        opening = text.find("/*", at) if 0 <= opening < at else opening
        end = text.find("*/", at) if end < at else end
    return -1


def asterisk(lexer: Lexer, i: int) -> int:
    if lexer.executing and lexer.text[i + 1] == "/":
        lexer.executing = False
        return i + 2
    return lexer.sign(i)


def dollar(lexer: Lexer, i: int) -> int:
    """$tag$…$tag$ or $1."""
    text = lexer.text
    end = i + 1
    if text[end] in DIGITS:
        while text[end] in DIGITS:
            end += 1
        lexer.add(PARAMETER, text[i:end], i)
        return end
    while text[end] != "$" and (text[end] in WORD_CHARS or text[end] > "\x7f"):
        end += 1
    if text[end] != "$" or OPEN in text[i:end]:
        return lexer.sign(i)
    tag = text[i : end + 1]
    close = text.find(tag, end + 1)
    if close < 0:
        return lexer.broke(i, len(text))
    lexer.add(STRING, text[i : close + len(tag)], i)
    return close + len(tag)
