"""Runs another program to its end and turns a failure into one line."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.gate.problem import Problem


def run(
    command: Sequence[str],
    remedy: str,
    *,
    text: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    timeout_s: float = 60,
) -> str:
    """Standard output of a command that ended with 0; Problem with its last line and the remedy otherwise.

    text         what it reads on standard input
    environment  added to ours
    """
    title = Path(command[0]).name
    try:
        done = subprocess.run(
            list(command),
            input=text,
            capture_output=True,
            text=True,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
            timeout=timeout_s,
            check=False,
        )
    except FileNotFoundError:
        raise Problem(f"the program {title} is not installed", "./setup") from None
    except subprocess.TimeoutExpired:
        raise Problem(f"{title} did not end within {timeout_s:.0f} s", remedy) from None
    if done.returncode != 0:
        raise Problem(f"{title} failed: {_telling_line(done.stderr or done.stdout) or f'code {done.returncode}'}", remedy)
    return done.stdout


def _telling_line(output: str) -> str:
    """The first line that speaks of an error, else the last."""
    lines = output.strip().splitlines()
    for line in lines:
        if any(word in line.lower() for word in ("error", "fatal", "denied")):
            return line
    return lines[-1] if lines else ""
