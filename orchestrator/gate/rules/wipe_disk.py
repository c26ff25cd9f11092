"""A disk or partition is overwritten."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="wipe-disk",
    decision=DENY,
    why="overwrites a disk or partition with everything on it, databases included",
    instead="name the device to the user and let the user do it",
    source="https://man7.org/linux/man-pages/man8/mkfs.8.html",
    fires_on=(
        "mkfs.ext4 /dev/sdb1",
        "wipefs -a /dev/nvme1n1",
        "dd if=/dev/zero of=/dev/sda bs=1M",
        "mkfs -t xfs /dev/vdb",
    ),
    silent_on=(
        "dd if=/dev/zero of=blob.bin bs=1M count=4",
        "dd if=/dev/urandom of=/dev/null count=1",
        "wipefs /dev/sdb",
        "mkfs.ext4 disk.img",
        "lsblk",
    ),
)
