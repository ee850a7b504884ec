"""What the commands print: steps with their times, links, problems. Vietnamese first, English beside it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools.gate.problem import Problem, Problems

_LINE_WIDTH = 78


def plain(text: str = "") -> None:
    """Prints one line at once, also when nobody's terminal can show every letter."""
    print(text, flush=True)


def problem(error: Problem | Problems) -> None:
    """Prints one line a problem on stderr."""
    for one in error.problems if isinstance(error, Problems) else [error]:
        print(f" ✘ {one.cause} → {one.remedy}", file=sys.stderr, flush=True)


def use_utf8() -> None:
    """Every letter is printable: a terminal with another encoding gets a replacement sign, not an exception."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")


class Step:
    """One line of progress. On a terminal it is rewritten in place, elsewhere only its end is printed."""

    def __init__(self, title: str):
        self.title = title
        self.note = ""
        self._start = time.monotonic()
        self._live = sys.stdout.isatty()
        if self._live:
            self._draw("•", "")

    def progress(self, text: str) -> None:
        """Shows how far it is; keeps nothing."""
        if self._live:
            self._draw("•", text)

    def done(self) -> None:
        seconds = f"{time.monotonic() - self._start:.1f} s".replace(".", ",")
        self._draw("✔", self.note, seconds)
        print(flush=True)

    def failed(self) -> None:
        self._draw("✘", self.note)
        print(flush=True)

    def _draw(self, mark: str, note: str, seconds: str = "") -> None:
        text = f" {mark} {self.title}" + (f": {note}" if note else "")
        text = text[: _LINE_WIDTH - len(seconds) - 1].ljust(_LINE_WIDTH - len(seconds)) + seconds
        sys.stdout.write(("\r" if self._live else "") + text.rstrip() + ("\x1b[K" if self._live else ""))
        sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[Step]:
    """One step of a command: a tick with its time at the end, a cross when it raises."""
    one = Step(title)
    try:
        yield one
    except BaseException:
        one.failed()
        raise
    one.done()
