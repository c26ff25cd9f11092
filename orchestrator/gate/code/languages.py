"""What the reader has to know of a language."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.scanner import Scanner

WORDS = {
    "python": "if elif else while for in try except finally with and or not is return yield raise async await"
    " def class lambda"
    " pass break continue import from del global nonlocal assert as",
    "javascript": "if else for while do return break continue new await async const let var function"
    " class extends throw"
    " try catch finally switch case default typeof instanceof in of void delete yield static import export as",
    "ruby": "if elsif else unless while until for in do end begin rescue ensure return yield def class module case when"
    " then and or not break next redo retry",
    "perl": "if elsif else unless while until for foreach my our local sub return and or not use package"
    " last next redo",
    "php": "if elseif else endif while endwhile for endfor foreach endforeach as do return new function"
    " fn class extends"
    " implements try catch finally throw use namespace public private protected static final const global and or xor"
    " instanceof yield case switch break continue default abstract match",
    "lua": "if then elseif else end for in do while repeat until return function local and or not break goto",
    "r": "if else for in while repeat function next break",
    "go": "if else for range return func go defer var const type struct interface package import switch case default"
    " select chan break continue",
    "elixir": "if else unless do end def defp defmodule fn case cond when and or not in use import alias with for try"
    " rescue catch after",
    "awk": "if else while for in do return function func getline",
}
# Words of PHP that take an argument without brackets.
PHP_COMMANDS = frozenset("echo print include require include_once require_once".split())


class Language:
    """`joins` are the signs that join two strings, `dots` those before a member. With `commands` a call needs no
    brackets; with `adjacent` two strings side by side are one. `words` are those that mean something to the language.
    """

    __slots__ = ("adjacent", "commands", "dots", "joins", "name", "scanner", "words")

    def __init__(  # noqa: PLR0917
        self, name: str, scanner: str, joins: str, dots: str, commands: bool = False, adjacent: bool = False
    ) -> None:
        self.name = name
        self.scanner = scanner
        self.joins = frozenset(joins.split())
        self.dots = frozenset(dots.split())
        self.commands = commands
        self.adjacent = adjacent
        self.words = frozenset(WORDS[name].split())

    def scan(self, text: str) -> Scanner:
        module, _, name = self.scanner.partition(":")
        full = "orchestrator.gate.code." + module
        found: Scanner = getattr(__import__(full, fromlist=[name]), name)(text)
        return found


LANGUAGES = {
    language.name: language
    for language in (
        Language("python", "scan_python:PythonScanner", "+", ".", adjacent=True),
        Language("javascript", "scan_javascript:JavaScriptScanner", "+", ". ?."),
        Language("ruby", "scan_ruby:RubyScanner", "+", ". &. ::", commands=True, adjacent=True),
        Language("perl", "scan_perl:PerlScanner", ".", "-> ::", commands=True),
        Language("php", "scan_php:PhpScanner", ".", "-> :: ?->", commands=True),
        Language("lua", "scan_plain:LuaScanner", "..", ". :", commands=True),
        Language("r", "scan_plain:RScanner", "", "$ ::"),
        Language("go", "scan_plain:GoScanner", "+", "."),
        Language("elixir", "scan_ruby:ElixirScanner", "<>", ".", commands=True),
        Language("awk", "scan_plain:AwkScanner", "", ".", commands=True, adjacent=True),
    )
}
