"""An independent Modbus client that watches a barrier: pymodbus, not the library the product uses."""

import threading
import time
from dataclasses import dataclass

from pymodbus.client import ModbusTcpClient

COILS = ("raise", "lower", "stop", "heartbeat", "green", "red")
INPUTS = ("up", "down", "arming_loop", "safety_loop", "exit_loop", "emergency", "fault", "local")


@dataclass(frozen=True)
class Sight:
    """What the controller showed at one moment."""

    seconds: float  # since the watch began
    coils: dict[str, bool]
    inputs: dict[str, bool]


class BarrierWatch:
    """Reads coils and discrete inputs a hundred times a second, far more often than a pulse lasts, and keeps every change."""

    BETWEEN_S = 0.01

    def __init__(self, address: str, unit_id: int = 1):
        host, port = address.split(":")
        self._client = ModbusTcpClient(host, port=int(port))
        self._unit = unit_id
        self._changed = threading.Condition()
        self._sights: list[Sight] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "BarrierWatch":
        assert self._client.connect(), "the barrier controller does not answer"
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._client.close()

    def wait_for(self, what: str, is_on: bool = True, timeout_s: float = 30) -> Sight:
        """The first sight from now on in which a coil or input is as asked."""
        with self._changed:
            self._changed.wait_for(lambda: self._sights and self._shows(self._sights[-1], what) == is_on, timeout_s)
            last = self._sights[-1] if self._sights else None
            assert last and self._shows(last, what) == is_on, f"{what} did not become {is_on}; last: {last}"
            return last

    def sights(self) -> list[Sight]:
        """Every change so far."""
        with self._changed:
            return list(self._sights)

    def count(self, what: str) -> int:
        """How often a coil or input has gone on."""
        shown = [self._shows(sight, what) for sight in self.sights()]
        return sum(now and not before for before, now in zip([False, *shown], shown))

    @staticmethod
    def _shows(sight: Sight, what: str) -> bool:
        return sight.coils[what] if what in COILS else sight.inputs[what]

    def _watch(self) -> None:
        begin = time.monotonic()
        while not self._stop.wait(self.BETWEEN_S):
            coils = self._client.read_coils(0, len(COILS), slave=self._unit)
            inputs = self._client.read_discrete_inputs(0, len(INPUTS), slave=self._unit)
            if coils.isError() or inputs.isError():
                continue
            sight = Sight(
                time.monotonic() - begin, dict(zip(COILS, coils.bits)), dict(zip(INPUTS, inputs.bits))
            )
            with self._changed:
                if not self._sights or (sight.coils, sight.inputs) != (self._sights[-1].coils, self._sights[-1].inputs):
                    self._sights.append(sight)
                    self._changed.notify_all()
