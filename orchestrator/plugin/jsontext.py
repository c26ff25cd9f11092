"""JSON read by the letter of RFC 8259, with the place of every key and value.

What editors let pass and the client does not (comments, trailing commas, single quotes, NaN) is named at its place, and
reading goes on behind it, so that one run shows every fault.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from orchestrator.plugin.parsed import MAX_DEPTH, CannotGoOn, Lines, Notes, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orchestrator.plugin.parsed import Span
    from orchestrator.plugin.problems import Pointer

_SPACE = re.compile(r"[ \t\n\r]*")
_COMMENT = re.compile(r"//[^\n]*|#[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
_SINGLE = re.compile(r"'(?:[^'\\\n]|\\[^\n])*'")
_BARE = re.compile(r"[^\s\[\]{},:\"'/#]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
_LOOSE_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_OTHER_WORDS = {"True": True, "False": False, "None": None, "TRUE": True, "FALSE": False, "undefined": None}
_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity", "+Infinity", "inf", "-inf", "nan"})
# Above it, two integers that differ are one and the same number for JavaScript.
_EXACT = 2**53
_QUOTE = "Put double quotes around it."


def parse(text: str) -> Parsed:
    """The value that `text` writes, and everything that is wrong with it. Never raises."""
    reader = _Reader(text)
    try:
        data = reader.document()
    except CannotGoOn:
        return reader.notes.parsed(None, is_complete=False)
    return reader.notes.parsed(data, is_complete=True)


class _Reader:
    def __init__(self, text: str) -> None:
        self.notes = Notes()
        self._text = text
        self._at = 0
        self._lines = Lines(text)

    def document(self) -> Any:
        self._skip()
        if self._at == len(self._text):
            self._stop(self._at, "the file is empty", "Write a value, such as {}.")
        data = self._value((), 0)
        self._skip()
        if self._at < len(self._text):
            self._stop(self._at, f"{self._seen()} stands behind the end of the document", "Remove what is behind it.")
        return data

    def _value(self, pointer: Pointer, depth: int) -> Any:
        start = self._at
        if depth > MAX_DEPTH:
            self.notes.stop(self._span(start), "too-deep", f"deeper than {MAX_DEPTH} levels", "Flatten it.")
        character = self._text[start : start + 1]
        readers: dict[str, Callable[[Pointer, int], Any]] = {"{": self._object, "[": self._array}
        if character in readers:
            self.notes.value(pointer, self._span(start))
            return readers[character](pointer, depth)
        data = self._string() if character in ('"', "'") and character else self._bare()
        self.notes.value(pointer, self._span(start, self._at))
        return data

    def _object(self, pointer: Pointer, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _ in self._entries("}"):
            start = self._at
            key = self._key()
            inner = (*pointer, key)
            span = self._span(start, self._at)
            if key in found:
                first = self.notes.keys[inner].line
                message = f'"{key}" appears twice, first in line {first}; the last one counts'
                self.notes.problem(span, "duplicate-key", message, "Keep one of the two.")
                self._forget(inner)
            self.notes.keys[inner] = span
            self._colon(key)
            found[key] = self._value(inner, depth + 1)
        return found

    def _colon(self, key: str) -> None:
        self._skip()
        character = self._text[self._at : self._at + 1]
        if character == ":":
            self._at += 1
        elif character in ("", "}", ",", "="):
            self._stop(self._at, f'the key "{key}" has no value', "Write a colon and a value behind the key.")
        else:
            self._note(self._at, "bad-json", f'no colon behind the key "{key}"', "Write a colon.")
        self._skip()

    def _array(self, pointer: Pointer, depth: int) -> list[Any]:
        found: list[Any] = []
        for _ in self._entries("]"):
            found.append(self._value((*pointer, len(found)), depth + 1))
        return found

    def _entries(self, closing: str) -> Iterator[None]:
        """Stands before each entry in turn, and at last behind `closing`."""
        self._at += 1
        is_first = True
        while self._more(closing, is_first=is_first):
            yield
            is_first = False

    def _more(self, closing: str, *, is_first: bool) -> bool:
        """Goes to the next entry. False behind the end."""
        self._skip()
        comma = -1
        if not is_first and self._text[self._at : self._at + 1] == ",":
            comma = self._at
            self._at += 1
            self._skip()
        character = self._text[self._at : self._at + 1]
        if character == closing:
            if comma >= 0:
                self._note(comma, "trailing-comma", f"a comma stands before the closing {closing}", "Remove the comma.")
            self._at += 1
            return False
        self._refuse_no_entry(character, closing)
        if not is_first and comma < 0:
            self._note(self._at, "bad-json", f"no comma before {self._seen()}", "Write a comma between the two.")
        return True

    def _refuse_no_entry(self, character: str, closing: str) -> None:
        if not character:
            self._stop(self._at, f"the file ends before the closing {closing}", f"Write the missing {closing}.")
        if character in ",:]}":
            self._stop(self._at, f"{self._seen()} stands where an entry or {closing} should", "Remove it.")

    def _key(self) -> str:
        if self._text[self._at] in "\"'":
            return self._string()
        match = _BARE.match(self._text, self._at)
        if not match:
            self._stop(self._at, f"{self._seen()} stands where a key should", "Write a key in double quotes.")
        self._note(self._at, "json-string", f'the key "{match[0]}" has no quotes', _QUOTE, match.end())
        self._at = match.end()
        return match[0]

    def _string(self) -> str:
        start = self._at
        is_single = self._text[start] == "'"
        match = (_SINGLE if is_single else _STRING).match(self._text, start)
        if not match:
            self._stop(start, "the text has no closing quote in its line", "Close it, and write line breaks as \\n.")
        self._at = match.end()
        token = match[0]
        if is_single:
            self._note(start, "json-string", "a text is in single quotes", "Use double quotes.", self._at)
            token = '"' + token[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
        return self._decoded(token, start)

    def _decoded(self, token: str, start: int) -> str:
        try:
            text: str = json.loads(token)
        except ValueError as error:
            position = getattr(error, "pos", 0)
            text = token[1:-1]
            bad = token[position : position + 1]
            what = f"U+{ord(bad):04X} stands in a text as it is" if bad and bad < " " else "an escape that JSON lacks"
            self._note(start + position, "json-string", what, "Write it as an escape such as \\t, \\n or \\\\.")
        if any("\ud800" <= character <= "\udfff" for character in text):
            self._note(start, "json-string", "an escape writes half a character", "Write both halves.", self._at)
            text = text.encode("utf-8", "replace").decode("utf-8")
        return text

    def _bare(self) -> Any:
        start = self._at
        match = _BARE.match(self._text, start)
        if not match:
            self._stop(start, f"{self._seen()} stands where a value should", "Write a value.")
        self._at = match.end()
        word = match[0]
        if word in _WORDS:
            return _WORDS[word]
        if _NUMBER.match(word):
            return self._number(word, start)
        return self._no_value(word, start)

    def _no_value(self, word: str, start: int) -> Any:
        if word in _NO_NUMBERS:
            self._note(start, "json-number", f"{word} is no number in JSON", "Write a number or null.", self._at)
            return None
        if word in _OTHER_WORDS:
            self._note(start, "bad-json", f"{word[:40]} is no word of JSON", "Write true, false or null.", self._at)
            return _OTHER_WORDS[word]
        if _LOOSE_NUMBER.match(word):
            self._note(
                start, "json-number", f"{word[:40]} is not written as a number in JSON", "Write digits.", self._at
            )
            return 0
        self._note(start, "json-string", f"the text {word[:40]} has no quotes", _QUOTE, self._at)
        return word

    def _number(self, word: str, start: int) -> int | float:
        value = float(word)
        if value in (float("inf"), float("-inf")):
            fix = "Write a smaller number, or a text."
            self._note(start, "json-number", "the number is so large that it is read as infinity", fix, self._at)
            return 0
        if not word.lstrip("-").isdigit():
            return value
        if abs(int(word)) > _EXACT:
            fix = "Write it as a text."
            message = "the number has more digits than the client keeps"
            self._note(start, "json-number", message, fix, self._at, severity="warning")
        return int(word)

    def _skip(self) -> None:
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            comment = _COMMENT.match(self._text, self._at)
            if not comment:
                return
            end = comment.end()
            self._note(self._at, "json-comment", "JSON has no comments", "Remove the comment.", end)
            self._at = end

    def _forget(self, pointer: Pointer) -> None:
        """The value of a key that is written again leaves no places behind."""
        for places in (self.notes.keys, self.notes.values):
            for known in [each for each in places if each[: len(pointer)] == pointer]:
                del places[known]

    def _seen(self) -> str:
        found = self._text[self._at : self._at + 1]
        return (
            f'"{found}"' if found.isprintable() and found else "the end of the file" if not found else "a control code"
        )

    def _span(self, start: int, end: int | None = None) -> Span:
        return self._lines.span(start, start + 1 if end is None else end)

    def _note(
        self, start: int, code: str, message: str, fix: str, end: int | None = None, *, severity: Any = "error"
    ) -> None:
        self.notes.problem(self._span(start, end), code, message, fix, severity=severity)

    def _stop(self, start: int, message: str, fix: str) -> NoReturn:
        self._note(start, "bad-json", message, fix)
        raise CannotGoOn
