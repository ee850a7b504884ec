"""Keeps one program running: starts it, starts it again when it ends by itself, stops it when asked."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# First pause before a program is started again; doubled each time up to the longest, and back to the first once the
# program has run steadily. Short at first: a killed service shall be back within 3 seconds.
RESTART_FIRST_S = 0.2
RESTART_LONGEST_S = 10.0
STEADY_S = 30.0


@dataclass(frozen=True)
class Program:
    """What to run and how it likes to be stopped."""

    name: str
    command: tuple[str, ...]
    log_file: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    user: str | None = None  # runs as this user; only root may ask for it
    stop_signal: signal.Signals = signal.SIGTERM
    stop_grace_s: float = 15.0  # from the signal to SIGKILL


@dataclass(frozen=True)
class Status:
    """Where a program stands at one moment."""

    name: str
    pid: int | None  # of the running process; None between two starts and after a stop
    starts: int  # how often it was started
    last_exit: int | None  # exit code of the last end, negative for a signal; None before the first


class Keeper:
    """Keeps one program running. Safe for use by several threads.

    The program is a process group of its own, so Ctrl-C at the terminal reaches only us, and it gets its stop signal
    from the kernel if we die without stopping it. Its output is appended to its log file.
    """

    def __init__(self, program: Program, changed: Callable[[], None] = lambda: None):
        self.program = program
        self._changed = changed
        self._condition = threading.Condition()
        self._pid: int | None = None
        self._starts = 0
        self._last_exit: int | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._keep, name=f"keep {program.name}", daemon=True)
        self._thread.start()

    def status(self) -> Status:
        with self._condition:
            return Status(self.program.name, self._pid, self._starts, self._last_exit)

    def signal(self, number: signal.Signals) -> int:
        """Sends a signal to the running process and returns its pid.

        Raises ProcessLookupError when it is not running at this moment. After SIGKILL it is started again.
        """
        with self._condition:
            if self._pid is None:
                raise ProcessLookupError(f"{self.program.name} is not running")
            os.kill(self._pid, number)
            return self._pid

    def wait_for(self, holds: Callable[[Status], bool], timeout_s: float) -> bool:
        """Waits until the status fits; False when the time is over first."""
        with self._condition:
            return self._condition.wait_for(
                lambda: holds(Status(self.program.name, self._pid, self._starts, self._last_exit)), timeout_s
            )

    def stop(self, hurry: threading.Event | None = None) -> None:
        """Asks the program to end, forces it after its grace (or as soon as `hurry` is set). Returns when it is gone."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
            if self._pid is not None:
                os.kill(self._pid, self.program.stop_signal)
        deadline = time.monotonic() + self.program.stop_grace_s
        while self._thread.is_alive() and time.monotonic() < deadline and not (hurry and hurry.is_set()):
            self._thread.join(0.05)
        with self._condition:
            if self._pid is not None:
                os.killpg(self._pid, signal.SIGKILL)
        self._thread.join()

    def _keep(self) -> None:
        pause = RESTART_FIRST_S
        while True:
            with self._condition:
                if self._stopping:
                    return
                process = self._spawn()
                self._pid = process.pid
                self._starts += 1
                self._condition.notify_all()
            self._changed()
            started = time.monotonic()
            # Not reaped yet: the process group's id cannot be given to somebody else before we have cleared the group.
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            with self._condition:
                self._pid = None
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # what it may have left behind
                self._last_exit = process.wait()
                self._condition.notify_all()
            self._changed()
            if time.monotonic() - started > STEADY_S:
                pause = RESTART_FIRST_S
            with self._condition:
                if self._condition.wait_for(lambda: self._stopping, pause):
                    return
            pause = min(2 * pause, RESTART_LONGEST_S)

    def _spawn(self) -> subprocess.Popen[bytes]:
        program = self.program
        prefix = ["setpriv", "--pdeathsig", program.stop_signal.name.removeprefix("SIG")]
        if program.user is not None:
            prefix += [f"--reuid={program.user}", f"--regid={program.user}", "--init-groups"]
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(program.folder),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **program.environment,
        }
        with open(program.log_file, "ab") as log:
            return subprocess.Popen(
                [*prefix, "--", *program.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=program.folder,
                env=environment,
                start_new_session=True,
            )
