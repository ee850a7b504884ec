"""Enterprises that declare trips without pause and repeat what was not answered, under the same key."""

import http.client
import random
import threading
import time

from tests.harness.truck import Truck, World
from tools.gate.rest import Rest, RestError

# What says nothing about whether it was done, or that it was not done yet: the same request again.
_AGAIN = (502, 503, 504, 429)
_ANSWER_S = 60.0


class Declarers:
    """Threads that declare trips until they are stopped; the trip each was working on is then declared too."""

    def __init__(self, world: World, count: int):
        self.trip_ids: list[str] = []
        self._world = world
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._faults: list[str] = []
        # Sign-ups cost a password hash each: done before anything is broken.
        enterprises = [world.new_enterprise() for _ in range(count)]
        self.enterprise_ids = {one.get("/v1/me")["enterprise_id"] for one in enterprises}
        self._threads = [threading.Thread(target=self._declare, args=(one,), daemon=True) for one in enterprises]

    def __enter__(self) -> "Declarers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        assert not self._faults, self._faults

    def _declare(self, enterprise: Rest) -> None:
        patient = PatientRest(enterprise)
        try:
            while not self._stop.is_set():
                truck = Truck(self._world, patient, _plate())
                truck.declare()
                with self._lock:
                    self.trip_ids.append(truck.trip_id)
        except (RestError, AssertionError) as error:
            self._faults.append(str(error))


class PatientRest(Rest):
    """A client that repeats a request until it is answered, as the same change."""

    def __init__(self, client: Rest):
        super().__init__(client.url, client.token, timeout_s=5)

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        deadline = time.monotonic() + _ANSWER_S
        while True:
            try:
                return super().send(method, path, body, headers)
            except RestError as error:
                if error.status not in _AGAIN or time.monotonic() > deadline:
                    raise
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, f"{method} {path} was not answered within {_ANSWER_S} s"
            time.sleep(0.1)


def _plate() -> str:
    number = random.SystemRandom().randrange(10000, 100000)
    return f"{random.choice((12, 14, 15, 29, 88, 98))}{random.choice('CDH')}-{number // 100}.{number % 100:02}"
