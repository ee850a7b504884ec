"""The measurements that ./bench knows. Each stands beside its floor, measured in the same run.

A measurement is a function that returns its rows; a program of ours prints them as JSON: {"rows": [{"case": …}, …]}.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tools.gate import camera_bench, footprint, tools
from tools.gate.places import BUILD

Row = dict[str, Any]  # column title → number or word; the first column names the case


@dataclass(frozen=True)
class Bench:
    title: str
    measure: Callable[[], list[Row]]
    programs: tuple[str, ...] = ()  # build targets it needs; empty means the services


def program(name: str, *arguments: str) -> Callable[[], list[Row]]:
    """A measurement made by a program of build/release/bin that prints its rows as JSON."""

    def measure() -> list[Row]:
        output = tools.run([str(BUILD / "bin" / name), *arguments], f"run it by hand: {BUILD}/bin/{name}", timeout_s=600)
        rows: list[Row] = json.loads(output)["rows"]
        return rows

    return measure


BENCHES: dict[str, Bench] = {
    "gate": Bench("From a plate read to the barrier's coil, 14 lanes busy, beside stream + fdatasync + Modbus",
                  program("gate_bench")),
    "watchlist": Bench("From an entry of the watch list to a new decision in each of 14 lanes, beside a bare stream",
                       program("watchlist_bench")),
    "rest": Bench("Requests a second through the gateway, beside a bare Beast -> gRPC echo", program("rest_bench")),
    "camera": Bench("Reading plates: processor time a picture on one core", camera_bench.measure, ("camera_bench",)),
    "cameras": Bench("Fourteen cameras at ten frames a second, three with a truck, lanes running",
                     program("cameras_bench"), ("cameras_bench",)),
    "footprint": Bench("Memory and idle CPU of each process at rest", footprint.measure),
}
