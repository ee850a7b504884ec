"""Builds the C++ side into build/release, the one optimised folder that ./run, ./test and ./bench share."""

import fcntl
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tools.gate import tools
from tools.gate.places import BUILD, ROOT
from tools.gate.problem import Problem

_PROGRESS = re.compile(r"^\[(\d+)/(\d+)\] (.*)")
_LOG = BUILD.parent / "release.log"
_CONFIGURED = BUILD / "configured-for"
_SOURCES = ("libs", "proto", "services", "tests", "tools")
_FAILURE_LINES_MAX = 40


def build(targets: list[str], progress: Callable[[str], None] = lambda text: None) -> None:
    """Configures when needed and builds the targets; an empty list means all of them.

    Problem when it fails: the first errors of the compiler stand above it.
    """
    BUILD.parent.mkdir(exist_ok=True)
    with _one_build_at_a_time(progress):
        _configure(progress)
        # Two jobs, whatever the machine: a file with Beast or gRPC takes a gigabyte to compile.
        environment = {**os.environ, "NINJA_STATUS": "[%f/%t] "}
        with subprocess.Popen(
            ["ninja", "-C", str(BUILD), "-j2", *targets],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
        ) as ninja, open(_LOG, "w", encoding="utf-8") as log:
            assert ninja.stdout
            try:
                for line in ninja.stdout:
                    log.write(line)
                    step = _PROGRESS.match(line)
                    if step:
                        progress(f"{step[1]}/{step[2]} {step[3][:50].strip()}")
            except KeyboardInterrupt:
                ninja.terminate()
                raise
    if ninja.returncode != 0:
        text = _LOG.read_text("utf-8", "replace")
        raise BuildFailed(_first_failure(text))


def _configure(progress: Callable[[str], None]) -> None:
    """Runs CMake for a new folder and when a folder of sources has come or gone, which ninja does not notice."""
    listed = "\n".join(sorted(_cmake_files()))
    if (BUILD / "build.ninja").exists() and _CONFIGURED.exists() and _CONFIGURED.read_text("utf-8") == listed:
        return
    progress("cmake")
    remedy = "read what it prints: cmake --preset release"
    tools.run(["cmake", "--preset", "release"], remedy, folder=ROOT, timeout_s=300)
    _CONFIGURED.write_text(listed, "utf-8")


def _cmake_files() -> Iterator[str]:
    for part in _SOURCES:
        for path, folders, files in os.walk(ROOT / part):
            folders[:] = [folder for folder in folders if folder != "node_modules"]
            if "CMakeLists.txt" in files:
                yield os.path.relpath(path, ROOT)


class BuildFailed(Problem):
    """The compiler refused; `output` is what it said of the first file."""

    def __init__(self, output: str):
        super().__init__("the build failed (first error above)", f"read {_LOG}")
        self.output = output


def _first_failure(text: str) -> str:
    lines = text.splitlines()
    begins = [number for number, line in enumerate(lines) if line.startswith(("FAILED:", "CMake Error"))]
    start = begins[0] if begins else max(0, len(lines) - _FAILURE_LINES_MAX)
    shown = [line for line in lines[start : start + _FAILURE_LINES_MAX] if len(line) < 1000]
    return "\n".join(shown)


@contextmanager
def _one_build_at_a_time(progress: Callable[[str], None]) -> Iterator[None]:
    """ninja does not notice a second ninja in its folder; this does, and waits."""
    with open(BUILD.parent / "release.lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            progress("waiting for another build")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
