"""The tracked files of the repository, for the tests of its order."""

import functools
import re
import subprocess
from pathlib import Path

from tools.gate.places import ROOT

_INCLUDE = re.compile(r'^\s*#include\s+(["<])([^">]+)[">]', re.MULTILINE)


@functools.cache
def tracked() -> tuple[str, ...]:
    """Paths of every file git knows that is still there, and of new files it would not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file()))


def with_suffix(*suffixes: str) -> list[str]:
    return [path for path in tracked() if path.endswith(suffixes)]


@functools.cache
def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def includes(path: str) -> list[tuple[str, bool]]:
    """Each include of a C++ file: its name, and whether it stands in angle brackets."""
    return [(name, bracket == "<") for bracket, name in _INCLUDE.findall(text(path))]


def folders_under(parent: str) -> list[str]:
    """Names of the folders directly under a folder that hold tracked files."""
    depth = len(Path(parent).parts)
    return sorted({Path(path).parts[depth] for path in tracked() if path.startswith(f"{parent}/") and "/" in path[len(parent) + 1 :]})
