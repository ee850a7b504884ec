"""Where things are: the repository, its build folder, and the folder of one run."""

import os
import shutil
from pathlib import Path

from tools.gate.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
PROGRAMS = BUILD / "bin"
RUNS = ROOT / ".run"


class RunFolder:
    """The folder of one run: its data, keys, logs and state. Two runs never share one.

    Everything secret in it is readable by its owner only. `data`, `keys` and `site.toml` are thrown away when the run
    ends, unless it is kept; `logs` stay until the next start of the same name.
    """

    def __init__(self, path: Path):
        self.path = path
        self.name = path.name
        self.data = path / "data"
        self.keys = path / "keys"
        self.logs = path / "logs"
        self.lock_file = path / "lock"
        self.state_file = path / "state.json"
        self.accounts_file = path / "accounts.json"
        self.site_file = path / "site.toml"
        self.push_keys = self.keys / "push"  # of the readers of transponders that send to the camera service
        self.truth_file = self.data / "truth.jsonl"  # what really happened at the simulated lanes
        self.control_token_file = self.keys / "control.token"
        self.kept_file = path / "kept"

    @staticmethod
    def named(name: str) -> "RunFolder":
        """The folder of a run by its name: small letters, digits and hyphens."""
        if not name or len(name) > 40 or not all(c.isascii() and (c.islower() or c.isdigit() or c == "-") for c in name):
            raise Problem(f"“{name}” is no name for a run", "use 1 to 40 of a-z, 0-9 and hyphen")
        return RunFolder(RUNS / name)

    def create(self) -> None:
        """Makes the folders, empties the logs; the lock must be held."""
        # 0711: PostgreSQL runs as another user when we are root and must reach its own folder below.
        self.path.mkdir(parents=True, exist_ok=True, mode=0o711)
        os.chmod(self.path, 0o711)
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir()
        self.data.mkdir(mode=0o711, exist_ok=True)
        self.keys.mkdir(mode=0o700, exist_ok=True)

    def is_kept(self) -> bool:
        return self.kept_file.exists()

    def forget(self) -> None:
        """Removes what a run is made of; logs and the lock stay."""
        for folder in (self.data, self.keys):
            shutil.rmtree(folder, ignore_errors=True)
        for file in (self.site_file, self.accounts_file, self.state_file, self.kept_file):
            file.unlink(missing_ok=True)


def write_secret(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, wholly or not at all."""
    temporary = path.with_name(path.name + ".new")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)


class House:
    """Where the source and the programs of the services are. Tests build small houses of their own."""

    def __init__(self, root: Path = ROOT, programs: Path = PROGRAMS):
        self._root = root
        self._programs = programs

    @property
    def common_config_file(self) -> Path:
        return self._root / "libs" / "config" / "common.toml"

    def has(self, service: str) -> bool:
        """True when the service has a program of its own here."""
        return (self._root / "services" / service / "main.cc").exists()

    def config_file(self, service: str) -> Path:
        return self._root / "services" / service / "config.toml"

    def program(self, service: str) -> Path:
        return self._programs / service
