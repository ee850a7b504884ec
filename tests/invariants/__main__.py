"""Checks the invariants of a run of ./run, going on or stopped and kept:

/usr/bin/python3 -m tests.invariants [RUN]      # `demo` by default; ends with 1 when something is violated

At a gate that goes on, everybody must have caught up within 30 s. The records that services verify
themselves (yard's order, fee's ledger, lane's journal) are checked only while they run.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.invariants.checker import verify_records, violations
from tests.invariants.facts import collect
from tests.invariants.sources import Sources
from tools.gate.places import RunFolder


def main(arguments: list[str]) -> int:
    folder = RunFolder.named(arguments[0] if arguments else "demo")
    with Sources.of_run(folder) as sources:
        running = _running(folder)
        due = sources.heads() if running else {}
        sources.wait_applied(due)
        facts = collect(sources, due)
        found = violations(facts)
        if running:
            found += verify_records(lambda service, command: _run_as(running[service], command))
    for text in found:
        print(text)
    counts = f"{len(facts.passages())} passages, {sum(map(len, facts.events.values()))} events"
    print(f"{folder.name}: {len(found)} violations; {counts}; services' own checks: {'run' if running else 'not run'}")
    return 1 if found else 0


def _running(folder: RunFolder) -> dict[str, int]:
    """Pids of the programs of a run that goes on; none when it does not."""
    if not folder.state_file.exists():
        return {}
    programs = json.loads(folder.state_file.read_text("utf-8"))["programs"]
    alive = {one["name"]: one["pid"] for one in programs if one["pid"] and Path(f"/proc/{one['pid']}").exists()}
    return alive if {"yard", "fee", "lane"} <= set(alive) else {}


def _run_as(pid: int, command: str) -> subprocess.CompletedProcess[str]:
    """A command of the program that runs as this process, with its configuration."""
    lines = Path(f"/proc/{pid}/environ").read_text("utf-8").split("\0")
    settings = dict(line.split("=", 1) for line in lines if line.startswith("BORDERGATE_"))
    return subprocess.run([os.readlink(f"/proc/{pid}/exe"), command], env=settings, capture_output=True, text=True,
                          check=False, timeout=60)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
