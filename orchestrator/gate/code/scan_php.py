"""Strings of PHP: heredoc, nowdoc, variables within strings, the text around <?php … ?>."""

from __future__ import annotations

from orchestrator.gate.code.scanner import FEW, FULL, Scanner, closing
from orchestrator.gate.code.tokens import TEXT


class PhpScanner(Scanner):
    line_comments = ("//",)
    block_comments = (("/*", "*/"),)
    starts = "_$\\"
    parts = "_\\"
    many_lines = True

    def __init__(self, text: str) -> None:
        super().__init__(text)
        if "<?" in text:
            self.to_code()

    def to_code(self) -> None:
        begin = self.text.find("<?", self.at)
        self.at = self.end if begin < 0 else begin + 2
        for tag in ("php", "="):
            if self.text.startswith(tag, self.at):
                self.at += len(tag)

    def comment(self) -> bool:
        if self.text.startswith("#", self.at) and not self.text.startswith("#[", self.at):
            self.at = min(self.stop_of_line(), self.end)
            return True
        return super().comment()

    def stop_of_line(self) -> int:
        stop = self.text.find("\n", self.at)
        return self.end if stop < 0 else stop

    def special(self, mark: str) -> bool:
        if mark == "?" and self.text.startswith("?>", self.at):
            self.to_code()
            return True
        if mark == "<" and self.text.startswith("<<<", self.at):
            return self.heredoc()
        if mark not in {"'", '"', "`"}:
            return False
        self.at += 1
        if mark == "'":
            self.string(mark, FEW)
        else:
            self.string(mark, FULL, "${", shell=mark == "`")
        return True

    def heredoc(self) -> bool:
        stop = self.stop_of_line()
        word = self.text[self.at + 3 : stop].strip()
        plain = word.startswith("'")
        word = word.strip("'\"")
        if not word.isidentifier():
            return False
        body: list[str] = []
        self.at = stop + 1
        while self.at < self.end:
            line = self.text[self.at : self.stop_of_line()]
            if line.lstrip().startswith(word):
                self.at += len(line) - len(line.lstrip()) + len(word)
                break
            body.append(line)
            self.at = self.stop_of_line() + 1
        self.at = min(self.at, self.end)
        inner = PhpScanner("")
        inner.text = "\n".join(body)
        inner.end = len(inner.text)
        self.add(TEXT, word, [inner.text] if plain else inner.body("\0", FULL, "${"))
        return True

    def code_in_string(self, mark: str) -> str | None:
        if mark == "{":
            return self.bracketed(self.at + 1) if self.text.startswith("{$", self.at) else None
        if self.text.startswith("${", self.at):
            return "$" + self.bracketed(self.at + 2)
        return variable(self)


def variable(scanner: Scanner) -> str | None:
    """A $name within a string, with one index or member; the scanner is moved behind it."""
    text, stop = scanner.text, scanner.at + 1
    while stop < scanner.end and (text[stop].isalnum() or text[stop] == "_"):
        stop += 1
    if stop == scanner.at + 1:
        return None
    name = text[scanner.at : stop]
    if text.startswith("->", stop) and text[stop + 2 : stop + 3].isalpha():
        stop += 2
        while stop < scanner.end and (text[stop].isalnum() or text[stop] == "_"):
            stop += 1
        name = text[scanner.at : stop]
    elif text[stop : stop + 1] == "[":
        stop = closing(text, stop + 1, "[", "]") + 1
    scanner.at = min(stop, scanner.end)
    return name
