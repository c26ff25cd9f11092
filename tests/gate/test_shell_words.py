"""What the bash parser makes of quotes, expansions and substitutions in a word."""

from __future__ import annotations

import pytest
from shell_tree import EMPTY, n, sub, tree, v

from orchestrator.gate.shell import parser, show

WORDS = [
    ("a", "a"),
    ("a\\ b", ["a", ("q", " "), "b"]),
    ("'a b'", ("q", "a b")),
    ("''", ("q", "")),
    ('""', ("q", "")),
    ('"a b"', ("q", "a b")),
    ("a'b'c", ["a", ("q", "b"), "c"]),
    ("'a''b'\"c\"", ("q", "abc")),
    (r'"a\"b\\c\d\$e\`f"', ("q", 'a"b\\c\\d$e`f')),
    ('"a\\\nb"', ("q", "ab")),
    ("a\\\nb", "ab"),
    ("a\\", ["a", ("q", "\\")]),
    ("$x", v("x")),
    ('"$x"', v("x", True)),
    ("$x.y", [v("x"), ".y"]),
    ("$12", [v("1"), "2"]),
    ("$@$*$#$?$$$!$-", [v("@"), v("*"), v("#"), v("?"), v("$"), v("!"), v("-")]),
    ("$", "$"),
    ("$.", "$."),
    ('"$"', ("q", "$")),
    ("\"$'a'\"", ("q", "$'a'")),
    ("$fo\\\no", v("foo")),
    ("$\\\nx", v("x")),
    ("${x}", v("x")),
    ("${10}", v("10")),
    ("${@}", v("@")),
    ("${#}", v("#")),
    ("${!}", v("!")),
    ("${#x}", v("x", op="length")),
    ("${##}", v("#", op="length")),
    ("${#a[@]}", v("a", op="length", index="@")),
    ("${#:-x}", v("#", op=":-", argument="x")),
    ("${##x}", v("#", op="#", argument="x")),
    ("${!x}", v("x", op="indirect")),
    ("${!x*}", v("x", op="names")),
    ("${!x@}", v("x", op="names")),
    ("${!x[@]}", v("x", op="indirect", index="@")),
    ("${!x:-y}", v("!x", op=":-", argument="y")),
    ("${a[0]}", v("a", index="0")),
    ("${a[$i+1]}", v("a", index=[v("i", True), "+1"])),
    ('${a["x ]"]}', v("a", index=("q", "x ]"))),
    ("${a[b[0]]}", v("a", index="b[0]")),
    ("${x:-a b}", v("x", op=":-", argument="a b")),
    ("${x-}", v("x", op="-", argument=EMPTY)),
    ("${x:=a}${x=a}", [v("x", op=":=", argument="a"), v("x", op="=", argument="a")]),
    ("${x:+a}${x+a}", [v("x", op=":+", argument="a"), v("x", op="+", argument="a")]),
    ("${x:?a}${x?a}", [v("x", op=":?", argument="a"), v("x", op="?", argument="a")]),
    ("${x:-$y'z'}", v("x", op=":-", argument=[v("y"), ("q", "z")])),
    ("${x:-${y:-z}}", v("x", op=":-", argument=v("y", op=":-", argument="z"))),
    ("${x:-'}'}", v("x", op=":-", argument=("q", "}"))),
    (r"${x:-\}}", v("x", op=":-", argument=("q", "}"))),
    (r'"${x:-\}}"', v("x", True, op=":-", argument=("q", "}"))),
    ('"${x:-a b}"', v("x", True, op=":-", argument=("q", "a b"))),
    ('"${x:-"a b"}"', v("x", True, op=":-", argument=("q", "a b"))),
    ("\"${x:-'a'}\"", v("x", True, op=":-", argument=("q", "'a'"))),
    ("\"${x:-'$y}'}\"", v("x", True, op=":-", argument=[("q", "'"), v("y", True), ("q", "}'")])),
    ("\"${x:-$'a\\t'}\"", v("x", True, op=":-", argument=("q", "a\t"))),
    ("\"${x#'a'}\"", v("x", True, op="#", argument=("q", "a"))),
    ("${x#a}${x##a}", [v("x", op="#", argument="a"), v("x", op="##", argument="a")]),
    ("${x%a}${x%%a}", [v("x", op="%", argument="a"), v("x", op="%%", argument="a")]),
    ("${x/a/b}", v("x", op="/", argument="a", second="b")),
    ("${x//a}", v("x", op="//", argument="a")),
    ("${x/#a/b/c}", v("x", op="/#", argument="a", second="b/c")),
    ("${x/%a/}", v("x", op="/%", argument="a", second=EMPTY)),
    (r"${x//\//_}", v("x", op="//", argument=("q", "/"), second="_")),
    ("${x:1}", v("x", op=":", argument="1")),
    ("${x: -1:2}", v("x", op=":", argument=" -1", second="2")),
    ("${x:a?b:c:d}", v("x", op=":", argument="a?b:c", second="d")),
    ("${x:(1?2:3)}", v("x", op=":", argument="(1?2:3)")),
    (
        "${x^}${x^^}${x,}${x,,a}",
        [v("x", op=op, argument=EMPTY) for op in ("^", "^^", ",")] + [v("x", op=",,", argument="a")],
    ),
    ("${x@Q}", v("x", op="@", argument="Q")),
    ("${a b}", v("a b")),
    ("${a*}", v("a*")),
    ("${a[}", v("a[")),
    ("${(f)x}", v("(f)x")),
    ("${a $(b)}", v("a $(b)", op=":-", argument=["a ", sub(["b"])])),
    ("${ a; }", sub(["a"])),
    ("$(a b)", sub(["a", "b"])),
    ('"$(a "b")"', sub(["a", ("q", "b")], quoted=True)),
    ("$()", n("Substitution")),
    ("$(a # )\n)", sub(["a"])),
    ("$(case x in a) b;; esac)", sub(n("Case", word="x", branches=[[["a"], [["b"]]]]))),
    ("`a b`", sub(["a", "b"])),
    (r"`a \`b\` \$c \\d`", sub(["a", sub(["b"]), v("c"), ("q", "d")])),
    (r'"`a \"b\"`"', sub(["a", ("q", "b")], quoted=True)),
    (r"`a \"b\"`", sub(["a", [("q", '"'), "b", ("q", '"')]])),
    ("`)`", sub([v("`", True)])),
    ("$((1 + $x))", n("Arithmetic", word=["1 + ", v("x", True)])),
    ("$(((1)+(2)))", n("Arithmetic", word="(1)+(2)")),
    ("$(( ${x ))", n("Arithmetic", word=" ${x ")),
    ("$[1+(2)]", n("Arithmetic", word="1+(2)")),
    ("$((a); b)", sub(n("Subshell", body=[["a"]]), ["b"])),
    ("$((a) )", sub(n("Subshell", body=[["a"]]))),
    ("$((1+1)for )", sub([v("`", True)])),
    ("<(a)", n("Process", direction="<", script=[["a"]])),
    (">(a)", n("Process", direction=">", script=[["a"]])),
    ("x=<(a)", ["x=", n("Process", direction="<", script=[["a"]])]),
    (r"$'a\n\t\e\\\'\"'", ("q", "a\n\t\x1b\\'\"")),
    (r"$'\x41\101\u00e9\U0001F600\cA\?\q'", ("q", "AAé😀\x01?\\q")),
    (r"$'\xc3\xa9\x{42}'", ("q", "éB")),
    (r"$'a\0b'", ("q", "a")),
    (r"$'a\\'", ("q", "a\\")),
    (r"`a \\\\`", sub(["a", ("q", "\\")])),
    (r"$'\ud800\U00110000\x'", ("q", "?�\\x")),
    ('$"a $x"', [("q", "a "), v("x", True)]),
    ("a@(b|c d)e", "a@(b|c d)e"),
    ("!(*.txt)", "!(*.txt)"),
    ("+('a b'|$x)", ["+(", ("q", "a b"), "|", v("x"), ")"]),
    ("{a,b}*[c]?~", "{a,b}*[c]?~"),
    ("a#b", "a#b"),
    ("a=b", "a=b"),
    ("é\ue000x\ue001", "é\ue000x\ue001"),
    ("a\r", "a\r"),
    ("a\fb\vc", "a\fb\vc"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS, ids=[text for text, _ in WORDS])
def test_a_word_has_these_parts(text, expected):
    assert tree(parser.parse("echo " + text)) == [["echo", expected]]


@pytest.mark.parametrize("text", [text for text, _ in WORDS])
def test_show_knows_every_part(text):
    lines = show.lines(parser.parse("echo " + text))
    assert all(line.strip() and "\n" not in line for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a b"', "'a b'"),
        ('"it\'s"', '"it\'s"'),
        ("'say \"it'\\''s\"'", "'say \"it'\\''s\"'"),
        ("$'a\\nb'", "'a\\nb'"),
    ],
)
def test_show_quotes_a_text_so_that_its_end_is_seen(text, expected):
    assert show.lines(parser.parse("echo " + text)) == ["echo " + expected]
