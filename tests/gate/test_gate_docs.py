"""docs/gate.md shows what the gate says today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_ten_examples_are_what_the_gate_says():
    done = subprocess.run([sys.executable, DOCS / "gate.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (DOCS / "gate.md").read_text().count("\n## ") == 10
