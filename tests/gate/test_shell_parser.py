"""What the bash parser makes of each command. Other people's reading of the same is in test_shell_oracles."""

from __future__ import annotations

import sys

import pytest
from shell_tree import EMPTY, assign, n, redirect, simple, sub, tree, v

from orchestrator.gate.shell import nodes, parser, show
from orchestrator.gate.shell.lexer import BUDGET, DEPTH_LIMIT

A, B, C = ["a"], ["b"], ["c"]
PIPE = n("Pipeline", commands=[A, B])
COMMANDS = [
    ("", []),
    ("# comment", []),
    ("a # b", [A]),
    ("a\n\n\tb ; c", [A, B, C]),
    ("a;#x\nb", [A, B]),
    ("\\\na", [A]),
    ("a | b", [PIPE]),
    ("a |\n # x\n b", [PIPE]),
    ("a |& b", [n("Pipeline", commands=[A, B], both=[True, False])]),
    ("a && b || c", [n("Item", first=A, rest=[["&&", B], ["||", C]])]),
    ("a &&\n\nb", [n("Item", first=A, rest=[["&&", B]])]),
    ("a &\\\n& b", [n("Item", first=A, rest=[["&&", B]])]),
    ("a & b", [n("Item", first=A, background=True), B]),
    ("! a", [n("Pipeline", commands=[A], negated=True)]),
    ("! ! a", [A]),
    ("time -p ! a", [n("Pipeline", commands=[A], negated=True, timed=True)]),
    ("!", [n("Pipeline", commands=[n("Simple")], negated=True)]),
    ("!(a)", [n("Pipeline", commands=[n("Subshell", body=[A])], negated=True)]),
    ("!a then if", [["!a", "then", "if"]]),
    ("a > f 2>&1", [simple(A, [redirect(">", "f"), redirect(">&", "1", fd=2)])]),
    ("<f a >>g", [simple(A, [redirect("<", "f"), redirect(">>", "g")])]),
    ("a 2 >f", [simple(["a", "2"], [redirect(">", "f")])]),
    (
        "a &>f &>>g >|h <>i",
        [simple(A, [redirect(*pair) for pair in [("&>", "f"), ("&>>", "g"), (">|", "h"), ("<>", "i")]])],
    ),
    ("a >&- <&3-", [simple(A, [redirect(">&", "-"), redirect("<&", "3-")])]),
    ("a {fd}>f", [simple(A, [redirect(">", "f", fd="fd")])]),
    ("a {x,y}>f", [simple(["a", "{x,y}"], [redirect(">", "f")])]),
    ("a> >(b)", [simple(A, [redirect(">", n("Process", direction=">", script=[B]))])]),
    ("a <<< b", [simple(A, [redirect("<<<", "b")])]),
    (">f", [simple(None, [redirect(">", "f")])]),
    ("x=1", [simple(assigns=[assign("x", "1")])]),
    ("x= y=$z a b=c", [simple(["a", "b=c"], assigns=[assign("x", EMPTY), assign("y", v("z"))])]),
    ("x+=1", [simple(assigns=[assign("x", "1", append=True)])]),
    ("a[1 + 2]=3", [simple(assigns=[assign("a", "3", index="1 + 2")])]),
    ("a[1 2]b", [["a[1 2]b"]]),
    (
        "a=(b 'c' [1]=d # x\n $e)",
        [simple(assigns=[assign("a", array=["b", ("q", "c"), assign("", "d", index="1"), v("e")])])],
    ),
    ("a=([x])", [simple(assigns=[assign("a", array=["[x]"])])]),
    ("a+=()", [simple(assigns=[assign("a", append=True)])]),
    ("1a=b 'x'=c", [["1a=b", [("q", "x"), "=c"]]]),
    ("export A=b", [["export", "A=b"]]),
    ("declare -a x=(a b) y", [["declare", "-a", assign("x", array=["a", "b"]), "y"]]),
    ("eval x=(a $b)", [["eval", ["x=", ("q", "(a "), v("b", True), ("q", ")")]]]),
    ("(a; b)", [n("Subshell", body=[A, B])]),
    ("{ a; } >f", [n("Group", body=[A], redirects=[redirect(">", "f")])]),
    ("{(a)}", [n("Group", body=[n("Subshell", body=[A])])]),
    ("((x = (1)))", [n("Calculation", word="x = (1)")]),
    ("((a); b)", [n("Subshell", body=[n("Subshell", body=[A]), B])]),
    ("if a; then b; fi", [n("If", branches=[[[A], [B]]])]),
    ("if a\nthen b\nelif b\nthen c\nelse a\nfi", [n("If", branches=[[[A], [B]], [[B], [C]]], otherwise=[A])]),
    ("if (a) then b; fi", [n("If", branches=[[[n("Subshell", body=[A])], [B]]])]),
    ("while a; do b; done <f", [n("Loop", kind="while", condition=[A], body=[B], redirects=[redirect("<", "f")])]),
    ("until a\ndo b\ndone", [n("Loop", kind="until", condition=[A], body=[B])]),
    ("for x in 1 $y; do a; done", [n("For", kind="for", name="x", words=["1", v("y")], body=[A])]),
    ("for x in a; { b; }", [n("For", kind="for", name="x", words=["a"], body=[B])]),
    ("for x\ndo a; done", [n("For", kind="for", name="x", body=[A])]),
    ("for x; do a; done", [n("For", kind="for", name="x", body=[A])]),
    ("for in in in; do a; done", [n("For", kind="for", name="in", words=["in"], body=[A])]),
    ("for ((i=0;i<9;)) { a; }", [n("ForArithmetic", header="i=0;i<9;", body=[A])]),
    ("select x in a; do b; done", [n("For", kind="select", name="x", words=["a"], body=[B])]),
    ("case $x in a|'b') a;; (*) b;& esac", [n("Case", word=v("x"), branches=[[["a", ("q", "b")], [A]], [["*"], [B]]])]),
    ("case x in @(a|b)) c; esac", [n("Case", word="x", branches=[[["@(a|b)"], [C]]])]),
    ("case x in (esac) ;; esac", [n("Case", word="x", branches=[[["esac"], []]])]),
    ("f() { a; } >g", [n("Function", name="f", body=n("Group", body=[A]), redirects=[redirect(">", "g")])]),
    ("function f\n(a)", [n("Function", name="f", body=n("Subshell", body=[A]))]),
    ("function f () [[ a ]]", [n("Function", name="f", body=n("Test", words=["a"]))]),
    ("+() { a; }", [n("Function", name="+", body=n("Group", body=[A]))]),
    (
        "[[ a == b* && ( -f c || ! d ) ]]",
        [n("Test", words=["a", "==", "b*", "&&", "(", "-f", "c", "||", "!", "d", ")"])],
    ),
    ("[[ $a =~ ^(x|y z)+$ ]]", [n("Test", words=[v("a"), "=~", "^(x|y z)+$"])]),
    ("[[ a<b\n|| !(c) ]]", [n("Test", words=["a", "<", "b", "||", "!", "(", "c", ")"])]),
    ("[[ a == !(b) ]]", [n("Test", words=["a", "==", "!(b)"])]),
    ("coproc a b", [n("Coproc", name="COPROC", command=["a", "b"])]),
    ("coproc X { a; } >f", [n("Coproc", name="X", command=n("Group", body=[A], redirects=[redirect(">", "f")]))]),
    ("echo if }; }x; if=1", [["echo", "if", "}"], ["}x"], simple(assigns=[assign("if", "1")])]),
    ("whi\\\nle a; do b; done", [n("Loop", kind="while", condition=[A], body=[B])]),
    ("a\r\nb\r\n", [["a\r"], ["b\r"]]),
]


@pytest.mark.parametrize(("text", "expected"), COMMANDS, ids=[text for text, _ in COMMANDS])
def test_a_command_has_this_structure(text, expected):
    assert tree(parser.parse(text)) == expected


BODIES = [
    ("cat <<E\na $x\nE\n", [[("q", "a "), v("x", True), ("q", "\n")]]),
    ("cat <<'E'\na $x\nE\n", [("q", "a $x\n")]),
    ("cat <<\\E\na $x\nE\n", [("q", "a $x\n")]),
    ('cat <<E"O"F\n$x\nEOF', [("q", "$x\n")]),
    ('cat <<"a b"\n$x\na b\n', [("q", "$x\n")]),
    ("cat <<$y\nx\n$y\n", [("q", "x\n")]),
    ("cat <<$(a b)\nx\n$(a b)\n", [("q", "x\n")]),
    ("cat <<E\nE", [("q", "")]),
    ("cat <<''\nx\n\ny", [("q", "x\n")]),
    ("cat <<E\n E\nE x\nE\n", [("q", " E\nE x\n")]),
    ("cat <<-E\n\t\ta\n\t b\n\tE\nc", [("q", "a\n b\n")]),
    ("cat <<-E\n\ta\nE\n", [("q", "a\n")]),
    ("cat <<-E\n\ta\\\n\tb\n\tE\n", [("q", "a\tb\n")]),
    ("cat <<E\na\\\nE\nE\n", [("q", "aE\n")]),
    ("cat <<'E'\na\\\nE\n", [("q", "a\\\n")]),
    ("cat <<E\\\nF\na\nEF\n", [("q", "a\n")]),
    (r"cat <<E" + "\n" + r'\$a \`b\` \\ \" \c "d"' + "\nE\n", [("q", '$a `b` \\ \\" \\c "d"\n')]),
    ("cat <<A <<B; cat <<C\na\nA\nb\nB\nc\nC\n", [("q", "a\n"), ("q", "b\n"), ("q", "c\n")]),
    ("cat <<E | b &&\na\nE\nc", [("q", "a\n")]),
    ("cat <<E '\n'\na\nE\n", [("q", "a\n")]),
    ("cat 3<<E >f\na\nE\n", [("q", "a\n")]),
    ("{ cat <<E; }\na\nE\n", [("q", "a\n")]),
    ("f() { cat <<E\na\nE\n}", [("q", "a\n")]),
    ("x=$(cat <<E\na)\nE\n)", [("q", "a)\n")]),
    ("x=$(cat <<E\na\nE)", [("q", "a\n")]),
    ("x=$(cat <<E)\na\nE\nb", [("q", "a\n")]),
    ("`cat <<E\na\nE`", [("q", "a\n")]),
    ("cat <<E", [("q", "")]),
    ("cat <<E\na", [("q", "a")]),
    ("cat <<E\na $(b\nE\n", [v("<<", True)]),
    ("cat <<E\r\na\r\nE\r\n", [("q", "a\r\n")]),
    ("cat <<E\n\"$x\" 'y'\nE\n", [[("q", '"'), v("x", True), ("q", "\" 'y'\n")]]),
    ("cat <<E\n$(a) `b`\\\n\nE\n", [[sub(["a"], quoted=True), ("q", " "), sub(["b"], quoted=True), ("q", "\n")]]),
]


def bodies(node):
    """The bodies of all here-documents below the node, in order."""
    if isinstance(node, (list, tuple)):
        return [body for each in node for body in bodies(each)]
    found = [tree(node.body)] if isinstance(node, nodes.Redirect) and node.body else []
    return found + [body for slot in getattr(node, "__slots__", ()) for body in bodies(getattr(node, slot))]


@pytest.mark.parametrize(("text", "expected"), BODIES, ids=[text for text, _ in BODIES])
def test_a_here_document_has_this_body(text, expected):
    assert bodies(parser.parse(text)) == expected


def test_commands_go_on_after_a_here_document():
    assert tree(parser.parse("a <<X | b\n)(\nX\nc"))[1] == C


def sources(text):
    return [item.first.commands[0].source for item in parser.parse(text).items]


def test_the_source_of_a_command_is_its_text_without_here_documents():
    text = "a=1  psql \"$x\" <<E 2>f # why\nbody\nE\n  b 'c;d' ; e $(f\n)"
    assert sources(text) == ['a=1  psql "$x" <<E 2>f', "b 'c;d'", "e $(f\n)"]


def test_an_error_says_what_and_where():
    with pytest.raises(nodes.Unparsable, match=r"unexpected '\|\| b'") as caught:
        parser.parse("a | || b")
    assert caught.value.position == 4


def test_text_with_nul_is_refused():
    with pytest.raises(nodes.Unparsable, match="NUL"):
        parser.parse("a\0b")


OPENINGS = [
    *("$(", '"$(', "${x:-", '"${x:-$(', "$((", "$(($(", "$((a) $(", "$[", "`", "<(", "> >(", "a=($(", "a[$(", "@($("),
    *(
        "{ ",
        "(",
        "((",
        "if ",
        "while ",
        "case x in a) ",
        "case $(",
        "for x in $(",
        "f() { ",
        "function f {\n",
        "time { ",
    ),
    *("coproc { ", "a | { ", "[[ $(", "[[ a =~ ($(", "$(cat <<E\n", "eval a=($(", "! ", "a && ", "a[", "${a[", "${#a["),
    *("${ ", "${x:(", "${x/", "\\\n", "&\\\n", "$\\\n", "$a\\\n", "\"${x:-'", "$(( '", "$((a) )", "${a b}", "\\`"),
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_depth_is_bounded_before_the_interpreter_is(opening):
    """A third of Python's stack is left to whoever calls, however deep the text."""
    before = sys.getrecursionlimit()
    frame, depth = sys._getframe(), 0
    while frame:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + 660)
    try:
        parser.parse(opening * 5000)
    except nodes.Unparsable:
        pass
    finally:
        sys.setrecursionlimit(before)


def backquoted(levels):
    text = "x"
    for _ in range(levels):
        text = "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"
    return text


@pytest.mark.parametrize(
    "text",
    [
        "{ " * (DEPTH_LIMIT - 5) + "a;" + "}; " * (DEPTH_LIMIT - 5),
        "$(" * 25 + "a" + ")" * 25,
        '"$(' * 25 + "a" + ')"' * 25,
        backquoted(12),
        "a |\\\n|\\\n b\n" * (BUDGET // 4),
        "echo $((a) )\n" * 30,
    ],
)
def test_what_people_may_write_is_not_too_deep(text):
    assert parser.parse(text).items


@pytest.mark.parametrize("text", ["$((a) )" * 100, "$((a); " * 20 + ")" * 20, "a |\\\n| b\n" * 2000, "${x[}" * 100])
def test_second_looks_are_bounded(text):
    with pytest.raises(nodes.Unparsable, match="second looks"):
        parser.parse(text)


def test_show_is_a_tree_with_one_line_for_each_part():
    text = "if a=$(b); then c 'd e' \"$x\" | f > g; fi &\ncase $y in z) h <<E;; esac\nbody ${i:-`j`}\nE\n"
    assert show.lines(parser.parse(text)) == [
        "in the background",
        "  if",
        "    a=$(...)",
        "      $( )",
        "        b",
        "  then",
        "    c 'd e' ${x}",
        "    |",
        "    f",
        "      > g",
        "case ${y}",
        "  z)",
        "    h",
        "      << E",
        "        | body ${i:-$(...)}",
        "        $( )",
        "          j",
    ]


@pytest.mark.parametrize("text", [text for text, _ in COMMANDS])
def test_show_knows_every_construct(text):
    lines = show.lines(parser.parse(text))
    assert all(line.strip() and "\n" not in line for line in lines)
