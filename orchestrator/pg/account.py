"""Who a disposable server runs as: ourselves, or, as `postgres` refuses root, an existing account without rights.

No account is ever made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Not `postgres`: that account may own a real cluster.
UNPRIVILEGED = "nobody"
# Inside the user namespace root looks like this ordinary user; outside, the files stay root's.
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")


@dataclass(frozen=True, kw_only=True)
class Account:
    name: str
    uid: int | None = None  # None: the process keeps our user
    gid: int | None = None
    prefix: tuple[str, ...] = ()  # words before the program

    def run(self, argv: Sequence[str | Path], *, deadline_s: float = 20.0) -> subprocess.CompletedProcess[str]:
        """Runs a short program as this account. Raises OSError when it cannot be started."""
        who: dict[str, Any] = {}
        if self.uid is not None:
            who = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [*self.prefix, *argv],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=deadline_s,
            cwd="/",
            check=False,
            **who,
        )

    def can_run(self, *argv: str | Path) -> bool:
        try:
            return self.run(argv).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    def can_enter(self, folder: Path) -> bool:
        return self.can_run("/bin/sh", "-c", 'cd -- "$0"', folder)

    def own(self, folder: Path) -> None:
        """Makes `folder`, which we have just created, this account's own."""
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid if self.gid is not None else -1)


def unprivileged() -> Account | None:
    """The account made for programs without rights, None where the system has none."""
    import pwd

    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        return None
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid) if entry.pw_uid else None


def in_namespace() -> Account | None:
    """Root seen as an ordinary user, None where user namespaces are switched off."""
    account = Account(name="root in a user namespace", prefix=NAMESPACE)
    return account if shutil.which(NAMESPACE[0]) and account.can_run("true") else None


def candidates() -> list[Account]:
    """The accounts to try, best first."""
    if os.geteuid() != 0:
        return [Account(name=f"user {os.geteuid()}")]
    return [account for account in (unprivileged(), in_namespace()) if account is not None]
