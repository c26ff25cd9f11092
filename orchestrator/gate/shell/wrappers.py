"""Programs that only start another program. How many of their own words come first, and which options take a value."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# name: (short options as for getopt, long options that take a value, operands before the command)
TABLE: dict[str, tuple[str, str, int]] = {
    "busybox": ("", "", 0),
    "caffeinate": ("t:w:", "", 0),
    "catchsegv": ("", "", 0),
    "chronic": ("", "", 0),
    "chroot": ("", "groups userspec", 1),
    "chrt": ("T:P:D:p:", "sched-runtime sched-period sched-deadline", 1),
    "cpulimit": ("l:p:e:P:", "limit pid exe path", 0),
    "cross-env": ("", "", 0),
    "dbus-run-session": ("", "config-file dbus-daemon", 0),
    "dockerize": ("", "", 0),
    "doas": ("C:u:", "", 0),
    "eatmydata": ("", "", 0),
    "faketime": ("f:", "", 1),
    "fakeroot": ("l:s:i:b:", "lib faked", 0),
    "firejail": ("", "", 0),
    "gdb": ("x:p:d:", "", 0),
    "gtimeout": ("k:s:", "kill-after signal", 1),
    "ionice": ("c:n:p:P:u:", "class classdata pid", 0),
    "ltrace": ("e:o:p:s:u:n:l:x:a:A:F:D:", "output", 0),
    "nice": ("n:", "adjustment", 0),
    "noglob": ("", "", 0),
    "nocorrect": ("", "", 0),
    "nohup": ("", "", 0),
    "nsenter": ("t:S:G:", "target setuid setgid", 0),
    "numactl": ("i:N:m:C:p:P:", "interleave cpunodebind membind physcpubind preferred", 0),
    "perf": ("e:o:c:F:p:t:C:", "event output", 1),
    "proxychains": ("f:", "", 0),
    "proxychains4": ("f:", "", 0),
    "pv": ("L:s:i:w:H:N:F:P:R:", "rate-limit size", 99),
    "reptyr": ("", "", 0),
    "retry": ("t:d:m:", "times delay max", 0),
    "rlwrap": ("b:C:D:e:f:F:g:H:l:m:M:O:p:P:q:s:S:t:w:z:", "", 0),
    "rtk": ("", "", 0),
    "runcon": ("t:u:r:l:", "type user role range", 0),
    "setarch": ("", "", 0),
    "setpriv": ("", "reuid regid groups", 0),
    "setsid": ("", "", 0),
    "softlimit": ("", "", 0),
    "ssh-agent": ("a:E:t:P:", "", 0),
    "start-stop-daemon": ("", "", 99),
    "stdbuf": ("i:o:e:", "input output error", 0),
    "strace": ("a:b:e:E:I:o:O:p:P:s:S:u:U:X:", "trace output env user", 0),
    "systemd-cat": ("t:p:", "identifier priority", 0),
    "systemd-inhibit": ("", "what who why mode", 0),
    "systemd-run": ("p:u:M:H:E:t:", "unit property slice uid gid working-directory setenv description", 0),
    "taskset": ("p:", "", 1),
    "time": ("f:o:", "format output", 0),
    "timeout": ("k:s:", "kill-after signal", 1),
    "torify": ("", "", 0),
    "torsocks": ("", "", 0),
    "ts": ("", "", 99),
    "unbuffer": ("", "", 0),
    "unshare": ("S:G:R:w:", "setuid setgid root wd", 0),
    "valgrind": ("", "", 0),
    "wait-for": ("t:", "timeout", 1),
    "wait-for-it": ("h:p:t:", "host port timeout", 0),
    "winpty": ("", "", 0),
    "with-contenv": ("", "", 0),
    "xvfb-run": ("e:f:n:p:s:w:", "error-file auth-file server-num server-args", 0),
    "zsh-defer": ("t:", "", 0),
}


def read(call: Call) -> bool:
    """Judges the program behind a wrapper; False if this is none."""
    entry = TABLE.get(call.name)
    if entry is None:
        return False
    short, valued, skipped = entry
    options = parse(call.args, short=short, long={name + "=": name for name in valued.split()}, stop=True)
    rest = options.rest[skipped:]
    while rest and (rest[0] == "--" or _is_assignment(rest[0]) or _is_address(call.name, rest[0])):
        rest = rest[1:]
    if rest:
        call.run(rest)
    return True


def _is_assignment(word: str) -> bool:
    return word.partition("=")[0].isidentifier() and "=" in word


def _is_address(name: str, word: str) -> bool:
    """wait-for-it.sh host:port -- program"""
    return name.startswith("wait-for") and word.rpartition(":")[2].isdecimal()
