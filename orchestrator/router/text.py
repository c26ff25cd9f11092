"""A task as words: folded, cut, stemmed, with the place of each word in the text as given."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CHARACTERS = 20_000
REMEMBERED = 20_000  # words whose keys are kept
_CJK = "\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(
    rf"(?P<stop>[;!?\n。！？；]+|\.(?=\s|$))"
    rf"|(?P<word>n\s?\+\s?1\b|\b[cf]#|\bc\+\+|count\(\*\)|->>?|#>>?|@@|@>|<=>|<->|<#>|[{_CJK}]"
    rf"|\d+(?=(?:ms|s|secs?|mins?|gb|tb)\b)|\.?[^\W{_CJK}]+(?:[._'][^\W{_CJK}]+)*)"
)
_FILES = frozenset(
    (
        *("py", "sql", "ini", "md", "txt", "html", "css", "scss", "js", "jsx", "ts", "tsx", "vue", "go", "rs", "java"),
        *("rb", "php", "yml", "yaml", "toml", "json", "xml", "csv", "xlsx", "pdf", "png", "jpg", "svg", "ipynb", "tex"),
        *("sh", "docx", "pptx", "env", "lock", "proto", "graphql", "prisma"),
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """`keys` are the stems under which the lexicon may know the word; `start` and `end` count in the given text."""

    text: str
    keys: tuple[str, ...]
    start: int
    end: int
    sentence: int


def fold(text: str) -> tuple[str, list[int] | None]:
    """`text` lower-cased, in compatibility form, without accents, and the origin of each character.

    The origin is None where the folded text has the same places as the given one.
    """
    if text.isascii():
        return text.lower(), None
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for part in _folded(character):
            folded.append(part)
            origin.append(index)
    origin.append(len(text))
    return "".join(folded), origin


@functools.lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in "’ʼ‘`":
        return "'"
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character).casefold())
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def words(text: str, same: Mapping[str, str]) -> list[Word]:
    """The words of `text` in order. `same` maps a word to the one that it is read as (db: database)."""
    return cut(*fold(text[:MAX_CHARACTERS]), same, {})


def cut(
    folded: str, origin: list[int] | None, same: Mapping[str, str], known: dict[str, tuple[str, ...]]
) -> list[Word]:
    """The words of a folded text. `known` remembers the keys of words from one text to the next."""
    found: list[Word] = []
    sentence = 0
    if len(known) > REMEMBERED:
        known.clear()
    for match in _TOKEN.finditer(folded):
        if match.lastgroup == "stop":
            sentence += 1
            continue
        start, end = match.span()
        raw = match[0]
        stems = known.get(raw)
        if stems is None:
            stems = known[raw] = keys(raw, same)
        if origin is not None:
            start, end = origin[start], origin[end - 1] + 1
        found.append(Word(raw, stems, start, end, sentence))
    return found


def keys(raw: str, same: Mapping[str, str]) -> tuple[str, ...]:
    """The stems of one folded word: the word itself, and the parts of a dotted name or the ending of a file's name."""
    if raw.isalpha():
        return (stem(same.get(raw, raw)),)
    word = raw.removesuffix("'s").replace("'", "").replace(" ", "")
    if "." not in word or word.startswith("."):
        return (stem(same.get(word, word)),)
    parts = word.split(".")
    if parts[-1] == "js":
        return (word, ".js", "".join(parts))
    if parts[-1] in _FILES:
        return (word, f".{parts[-1]}")
    return (word, *(stem(same.get(part, part)) for part in parts))


@functools.lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    if not word.isascii() or not word.isalpha():
        return word
    return _stemmer().stemWord(word)


@functools.cache
def _stemmer() -> _Stemmer:
    from snowballstemmer.english_stemmer import EnglishStemmer

    stemmer: _Stemmer = EnglishStemmer()
    return stemmer


class _Stemmer(Protocol):
    """The part of the library that is used; it has no types of its own."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802
