"""How much memory and processor time a gate at rest takes, process by process, beside the machine's own limits."""

import os
import time
from pathlib import Path
from typing import Any

from tools.gate.gate import Gate
from tools.gate.keeper import Status

_SETTLE_S = 5.0
_MEASURE_S = 20.0
# All of ours together at rest; PostgreSQL and the simulated world are not ours to deploy at a gate.
LIMIT_MIB = 1024
LIMIT_CPU_PERCENT = 10.0
_NOT_COUNTED = {"postgres", "simulator"}


def measure() -> list[dict[str, Any]]:
    """Starts a gate whose cameras and barriers work but where nobody comes, and reads /proc twice."""
    with Gate.start(seed=False, traffic=False) as gate:
        time.sleep(_SETTLE_S)  # what start-up still does is no idling
        programs = gate.supervisor.statuses()
        before = {one.name: cpu_seconds(one) for one in programs}
        begin = time.monotonic()
        time.sleep(_MEASURE_S)
        seconds = time.monotonic() - begin
        rows = [
            {
                "process": one.name,
                "resident MiB": round(resident_bytes(one) / 1024**2, 1),
                "CPU %": round(100 * (cpu_seconds(one) - before[one.name]) / seconds, 2),
            }
            for one in programs
        ]
    ours = [row for row in rows if row["process"] not in _NOT_COUNTED]
    rows.append(
        {
            "process": "all of ours",
            "resident MiB": round(sum(row["resident MiB"] for row in ours), 1),
            "CPU %": round(sum(row["CPU %"] for row in ours), 2),
        }
    )
    rows.append({"process": "limit", "resident MiB": LIMIT_MIB, "CPU %": LIMIT_CPU_PERCENT})
    return rows


def cpu_seconds(program: Status) -> float:
    """Processor time of a program and its child processes that are alive, user and system."""
    ticks = 0
    for pid in _with_children(program):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_bytes(program: Status) -> int:
    """Proportional set size: shared pages are counted once, split among those who share them."""
    total = 0
    for pid in _with_children(program):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def _with_children(program: Status) -> list[int]:
    if program.pid is None:
        return []
    found = [program.pid]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    return found
