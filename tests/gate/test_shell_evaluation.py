"""What a command line starts: the words of every program, as far as they can be known."""

from __future__ import annotations

import pytest

from orchestrator.gate import judge
from orchestrator.gate.judgement import Judgement
from orchestrator.gate.place import Place
from orchestrator.gate.text import shown


@pytest.fixture
def started(tmp_path):
    """The program starts that a command line leads to, as text; builtins and filters are programs, too."""

    def run(command, files=()):
        for name, text in dict(files).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        found = Judgement()
        judge.shell(command, Place(cwd=str(tmp_path), home="/home/ann"), found)
        return [shown(" ".join(words)) for _, words in found.steps]

    return run


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        # quoting and words
        ("'prog'ram \"a b\" c\\ d", "program a b c d"),
        ("$'prog\\x72am' $'\\t'x", "program \tx"),
        ('"pro"gram', "program"),
        ("pro\\\ngram x", "program x"),
        ("program {a,b}{1..2}", "program a1 a2 b1 b2"),
        ("program ~/x ~ann", "program /home/ann/x ~ann"),
        # variables
        ("A=program; $A x", "program x"),
        ("A='program x'; $A y", "program x y"),
        ("A='program x'; \"$A\" y", "program x y"),
        ("A=pro B=gram; ${A}${B} x", "program x"),
        ("program $UNSEEN x", "program <UNSEEN> x"),
        ("program ${UNSEEN:-x}", "program <UNSEEN>"),
        ("A=x; program ${A:-y} ${A:+z}", "program x z"),
        ("A=; program ${A:-y}", "program y"),
        ("A=abcdef; program ${A:1:3} ${A#ab} ${A%ef} ${A/cd/X} ${A^^} ${#A}", "program bcd cdef abcd abXef ABCDEF 6"),
        ('A=(program x y); "${A[@]}"', "program x y"),
        ("A=(x program); ${A[1]} y", "program y"),
        ("A=program; B=A; ${!B} x", "program x"),
        ('set -- program x; "$@"', "program x"),
        ("A=a; A+=b; program $A", "program ab"),
        ("program${IFS}x", "program x"),
        ("program $((1+2))", "program 3"),
        ("A=$(echo program); $A x", "program x"),
        ("A=`echo program`; $A x", "program x"),
        ("read A B <<< 'program x'; $A $B", "program x"),
        ("printf -v A '%s' program; $A x", "program x"),
        ("program \"$(printf '%s-%s' a b)\"", "program a-b"),
        # decoding
        ("$(echo cHJvZ3JhbQ== | base64 -d) x", "program x"),
        ("$(echo 70726f6772616d | xxd -r -p) x", "program x"),
        ("$(echo margorp | rev) x", "program x"),
        ("$(echo cebtenz | tr 'a-z' 'n-za-m') x", "program x"),
        ("$(echo PROGRAM | tr '[:upper:]' '[:lower:]') x", "program x"),
        ("$(echo prXgram | sed s/X/o/) x", "program x"),
        ("$(printf 'pro\\147ram') x", "program x"),
        ("$(cat <<< program) x", "program x"),
        # code that reaches a shell
        ("eval 'program x'", "program x"),
        ("bash -c 'program x'", "program x"),
        ("bash -lc 'program $1' name y", "program y"),
        ("sh <<'E'\nprogram x\nE", "program x"),
        ("echo 'program x' | bash", "program x"),
        ("bash <(echo program x)", "program x"),
        ("source <(echo program x)", "program x"),
        ("echo program x > s.sh; bash s.sh", "program x"),
        ("echo program x > s.sh; chmod +x s.sh; ./s.sh", "program x"),
        ("cat > s.sh <<'E'\nprogram $1\nE\nsh s.sh y", "program y"),
        ("trap 'program x' EXIT", "program x"),
        ('f() { program "$1"; }; f x', "program x"),
        ('function f { program "$@"; }; f x y', "program x y"),
        ("alias p='program x'\np y", "program x y"),
        ("coproc program x", "program x"),
        # control
        ("if true; then program x; fi", "program x"),
        ("[ -f y ] && program x", "program x"),
        ("while :; do program x; done", "program x"),
        ("for i in a; do program $i; done", "program a"),
        ("for i in *.sql; do program $i; done", "program q.sql"),
        ("case x in y) other;; x) program x;; esac", "program x"),
        ("( program x ) & wait", "program x"),
        ("! time program x", "program x"),
        # wrappers
        ("sudo -u postgres program x", "program x"),
        ("sudo -E A=b program x", "program x"),
        ("env -i A=b program x", "program x"),
        ("env -S 'program x'", "program x"),
        ("A=b program x", "program x"),
        ("timeout -k 5 10s program x", "program x"),
        ("nice -n 5 nohup program x", "program x"),
        ("stdbuf -oL setsid -w program x", "program x"),
        ("flock /tmp/l -c 'program x'", "program x"),
        ("flock -n /tmp/l program x", "program x"),
        ("xargs program x < /dev/null", "program x"),
        ("echo x | xargs -I{} program {}", "program x"),
        ("echo x | xargs -n1 program", "program x"),
        ("echo 'program x' | xargs -0 -I% sh -c %", "program x"),
        ("find . -name q.sql -exec program {} \\;", "program ./q.sql"),
        ("parallel program ::: x", "program x"),
        ("watch -n 2 'program x'", "program x"),
        ("ssh -p 22 host program x", "program x"),
        ("ssh host 'A=x; program $A'", "program x"),
        ("su - postgres -c 'program x'", "program x"),
        ("runuser -u postgres -- program x", "program x"),
        ("tmux new-session -d -s a 'program x'", "program x"),
        ("tmux send-keys -t a 'program x' Enter", "program x"),
        ("screen -dmS a program x", "program x"),
        ("script -qc 'program x' /dev/null", "program x"),
        ("command program x", "program x"),
        ("exec program x", "program x"),
        ("busybox program x", "program x"),
        ("time -p program x", "program x"),
        ("echo 'program x' | at now", "program x"),
        ("(crontab -l; echo '* * * * * program x') | crontab -", "program x"),
    ],
)
def test_a_program_is_found_behind_every_spelling(started, command, expected):
    assert expected in started(command, {"q.sql": "SELECT 1"})


@pytest.mark.parametrize(
    "command",
    [
        "echo program x",
        "echo 'program x' > notes.txt",
        "cat <<'E'\nprogram x\nE",
        "git commit -m 'program x'",
        "# program x",
        "f() { program x; }",
        "A='program x'",
        "grep 'program x' file",
        "echo $(( program ))",
        "[[ program == x ]]",
        "case x in program) true;; esac",
    ],
)
def test_text_that_reaches_no_executor_starts_nothing(started, command):
    assert not [text for text in started(command) if text.startswith("program")]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("if a; then C=one; else C=two; fi; program $C", {"program one", "program two"}),
        ("C=one; test -f x && C=two; program $C", {"program one", "program two"}),
        ("case $X in a) C=one;; *) C=two;; esac; program $C", {"program one", "program two"}),
        ("while read -r L; do program $L; done <<< $'one\\ntwo'", {"program one", "program two"}),
        ("printf 'one\\ntwo\\n' | while read L; do program \"$L\"; done", {"program one", "program two"}),
        ("for i in one two; do program $i; done", {"program one", "program two"}),
        ("program ${X:-one}", {"program <X>", "program one"}),
        ("echo one two | xargs -n1 program", {"program one", "program two"}),
    ],
)
def test_every_value_that_a_variable_may_have_is_followed(started, command, expected):
    assert expected <= set(started(command))


@pytest.fixture
def decision(tmp_path):
    def decide(command):
        found = Judgement()
        judge.shell(command, Place(cwd=str(tmp_path)), found)
        return found.decision

    return decide


@pytest.mark.parametrize(
    "command",
    [
        "eval " * 40 + "dropdb x",
        "for a in {1..60}; do for b in {1..60}; do for c in {1..60}; do $a$b; done; done; done; psql -c x",
        "echo " + "{" * 1000 + "; dropdb x",
    ],
)
def test_a_command_line_that_is_not_followed_to_its_end_is_held(decision, command):
    assert decision(command)


@pytest.mark.parametrize(
    "command",
    [
        "f() { f; }; f",
        "f() { g; }; g() { f; f; }; f",
        "echo 'bash s.sh' > s.sh; bash s.sh",
        "eval " * 40 + "true",
        "echo " + "{" * 1000,
        "echo " + "{a,b}" * 60,
    ],
)
def test_a_program_that_starts_itself_is_no_reason_to_stop(decision, command):
    assert decision(command) == ""


def test_a_function_that_builds_its_command_while_it_calls_itself_is_followed(decision):
    assert decision('f() { C="$C$1"; shift; if [ $# -gt 0 ]; then f "$@"; fi; }; f drop db; $C stacks') == "deny"
