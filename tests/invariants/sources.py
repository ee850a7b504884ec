"""Where the truth about one gate lies: the lane's SQLite file, the services' schemas, the simulator's ground truth, the logs."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.gate.gate import Gate
from tools.gate.keeper import Keeper
from tools.gate.lock import RunLock
from tools.gate.places import RunFolder
from tools.gate.ports import Ports
from tools.gate.postgres import DATABASE, Postgres, data_folder

Row = dict[str, Any]
SERVICES = ("identity", "vehicle", "customs", "fee", "yard", "exchange", "report")  # with a schema of their own
# Who follows whose events.
FOLLOWS = {
    "customs": ("lane",),
    "fee": ("customs",),
    "yard": ("customs", "fee", "lane"),
    "exchange": ("vehicle", "customs", "fee", "yard", "lane"),
    "report": ("customs", "fee", "yard", "lane"),
    "lane": ("vehicle", "customs", "fee", "yard"),
}

APPLIED = " union all ".join(
    f"select '{name}' as name, source, sequence from {name}.applied_sequence" for name in FOLLOWS if name != "lane"
)


@dataclass(frozen=True)
class Sources:
    """Reads, and changes nothing. The database must be up; the services may be running or not."""

    lane_file: Path
    truth_file: Path
    log_folder: Path
    query: Callable[[str], str]  # statements to the database, as its superuser

    @staticmethod
    def of(gate: Gate) -> "Sources":
        assert gate.postgres, "this gate has no database"
        return Sources._in(gate.folder, gate.postgres)

    @staticmethod
    @contextmanager
    def of_run(folder: RunFolder) -> Iterator["Sources"]:
        """Of a run by its folder. When its database is down, it is up for as long as the block takes."""
        pid_file = data_folder(folder) / "cluster" / "postmaster.pid"
        lines = pid_file.read_text().splitlines() if pid_file.exists() else []
        if len(lines) > 3 and Path(f"/proc/{lines[0]}").exists():
            yield Sources._in(folder, Postgres(folder, int(lines[3])))
            return
        with ExitStack() as undo:
            undo.callback(RunLock(folder.lock_file, folder.name).release)
            ports = undo.enter_context(closing(Ports()))
            postgres = Postgres(folder, ports.take())
            keeper = Keeper(postgres.program())
            undo.callback(keeper.stop)
            postgres.wait_ready(keeper)
            yield Sources._in(folder, postgres)

    @staticmethod
    def _in(folder: RunFolder, postgres: Postgres) -> "Sources":
        lane_file = folder.data / "lane" / "lane.sqlite"
        return Sources(lane_file, folder.truth_file, folder.logs, lambda statement: postgres.query(DATABASE, statement))

    def select(self, statement: str) -> list[Row]:
        """Rows of the database."""
        rows: list[Row] = json.loads(self.query(f"select coalesce(json_agg(one), '[]') from ({statement}) one"))
        return rows

    def select_all(self, statements: dict[str, str]) -> dict[str, list[Row]]:
        """Rows of several statements by name, all of one moment."""
        parts = ", ".join(
            f"'{name}', (select coalesce(json_agg(one), '[]') from ({statement}) one)" for name, statement in statements.items()
        )
        rows: dict[str, list[Row]] = json.loads(self.query(f"select json_build_object({parts})"))
        return rows

    def select_lane(self, statements: dict[str, str]) -> dict[str, list[Row]]:
        """Rows of several statements to the lane's journal and admission table by name; none when there is no lane."""
        if not self.lane_file.exists():
            return {name: [] for name in statements}
        with closing(sqlite3.connect(f"file:{self.lane_file}?mode=ro", uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            connection.isolation_level = None
            connection.execute("attach ? as admission", (f"file:{self.lane_file.with_name('admission.sqlite')}?mode=ro",))
            connection.execute("begin")
            return {name: [dict(row) for row in connection.execute(text)] for name, text in statements.items()}

    def truth(self) -> list[Row]:
        """What really happened at the lanes, in order; none without a simulator."""
        if not self.truth_file.exists():
            return []
        lines = self.truth_file.read_text("utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def log(self, service: str) -> list[Row]:
        """The lines that a service has logged; a line that was cut by a kill is left out."""
        file = self.log_folder / f"{service}.log"
        found = []
        for line in file.read_text("utf-8", "replace").splitlines() if file.exists() else []:
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def heads(self) -> dict[str, int]:
        """The last sequence of each service that tells events."""
        statement = " union all ".join(f"select '{name}' as name, sequence from {name}.event_head" for name in SERVICES)
        found = {row["name"]: int(row["sequence"]) for row in self.select(statement)}
        at_lane = self.select_lane({"head": "select coalesce(max(sequence), 0) as head from journal"})["head"]
        return found | {"lane": at_lane[0]["head"] if at_lane else 0}

    def applied(self) -> dict[tuple[str, str], int]:
        """(who follows, whom) → the sequence it has applied."""
        found = {(row["name"], row["source"]): int(row["sequence"]) for row in self.select(APPLIED)}
        at_lane = self.select_lane({"applied": "select source, sequence from applied_sequences"})["applied"]
        return found | {("lane", row["source"]): row["sequence"] for row in at_lane}

    def behind(self, heads: dict[str, int]) -> dict[tuple[str, str], int]:
        """(who follows, whom) → how many of the events up to these sequences it has still to apply."""
        applied = self.applied()
        missing = {(who, whom): heads.get(whom, 0) - applied.get((who, whom), 0) for who in FOLLOWS for whom in FOLLOWS[who]}
        return {pair: count for pair, count in missing.items() if count > 0}

    def wait_applied(self, heads: dict[str, int], timeout_s: float = 30) -> None:
        """Returns when every follower has applied everything up to these sequences."""
        deadline = time.monotonic() + timeout_s
        while behind := self.behind(heads):
            assert time.monotonic() < deadline, f"not caught up within {timeout_s:.0f} s: {behind}"
            time.sleep(0.05)

    def wait_rest(self, timeout_s: float = 30) -> None:
        """Returns when every follower has applied everything and nothing new comes of it."""
        deadline = time.monotonic() + timeout_s
        while True:
            heads = self.heads()
            self.wait_applied(heads, deadline - time.monotonic())
            if self.heads() == heads:
                return
