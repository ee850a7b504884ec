"""podman with a store, networks and a socket of its own: the machine's other containers are neither seen nor touched."""

import contextlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.harness.wait import until
from tools.gate import tools
from tools.gate.places import ROOT

# Written out, because podman cannot raise limits where the machine has set them, and because a name without a registry
# means an image that is here.
_CONF = """\
[containers]
default_ulimits = ["nofile=16384:16384", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
compat_api_enforce_docker_hub = false
lock_type = "file"
events_logger = "file"
runtime = "runc"
[network]
network_config_dir = "{folder}/networks"
"""


class Engine:
    """One podman. Made by start(), ended by stop(), which removes everything it made."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bordergate-compose-", dir="/var/tmp"))
        self._socket = self.folder / "podman.sock"
        conf = self.folder / "containers.conf"
        conf.write_text(_CONF.format(folder=self.folder), "utf-8")
        temporary = self.folder / "tmp"
        temporary.mkdir()
        self._environment = {
            "CONTAINERS_CONF": str(conf),
            "TMPDIR": str(temporary),
            # Without systemd nothing would ask for the containers' health; we do, with ask_health().
            "DISABLE_HC_SYSTEMD": "true",
        }
        self._service: subprocess.Popen[bytes] | None = None
        # netavark makes chains of its own and leaves them; with none before us, all of them are ours to remove.
        self._had_chains = bool(_netavark_rules())

    def start(self) -> None:
        """Opens the socket on which docker-compose speaks to it."""
        with open(self.folder / "podman.log", "ab") as log:
            self._service = subprocess.Popen(
                [*self.command(), "system", "service", "--time", "0", f"unix://{self._socket}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment(),
            )  # fmt: skip
        until(self._socket.exists, what="podman's socket")

    def podman(self, *arguments: str, timeout_s: float = 300) -> str:
        """Standard output of one command of podman."""
        return tools.run(
            [*self.command(), *arguments], f"read {self.folder}/podman.log",
            environment=self._environment, timeout_s=timeout_s,
        )  # fmt: skip

    def compose(self, project: Path, name: str, variables: dict[str, str]) -> list[str]:
        """The command that is docker-compose for docker-compose.yml, with a folder of its own for relative paths."""
        settings = {"DOCKER_HOST": f"unix://{self._socket}", "COMPOSE_HTTP_TIMEOUT": "300", **variables}
        return [
            "env", *(f"{key}={value}" for key, value in settings.items()), "docker-compose", "--ansi", "never",
            "--project-directory", str(project), "--file", str(ROOT / "docker-compose.yml"),
            "--file", str(ROOT / "deploy" / "podman.yml"), "--project-name", name,
        ]  # fmt: skip

    def build(self, target: str, image: str, **arguments: str) -> None:
        """Builds one target of deploy/Dockerfile."""
        given = [part for key, value in arguments.items() for part in ("--build-arg", f"{key}={value}")]
        # The host's network: this podman's own has no way out that every machine would allow. --format: see the file.
        self.podman("build", "--format", "docker", "--isolation", "chroot", "--network", "host", "--target", target,
                    "--tag", image, "--file", str(ROOT / "deploy" / "Dockerfile"), *given, str(ROOT),
                    timeout_s=1800)  # fmt: skip

    def inspect(self, name: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = json.loads(self.podman("container", "inspect", name))
        return found[0]

    def ask_health(self, name: str) -> bool:
        """Asks a container's own health check."""
        done = subprocess.run(
            [*self.command(), "healthcheck", "run", name],
            env=self.environment(), capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        return done.returncode == 0

    def stop(self) -> None:
        """Removes containers, networks, volumes, images and the folder. AssertionError when something stays."""
        self.podman("rm", "--all", "--force", "--time", "2")
        self.podman("network", "prune", "--force")
        if self._service:
            self._service.send_signal(signal.SIGTERM)
            self._service.wait(30)
        self.podman("volume", "prune", "--force")
        self.podman("rmi", "--all", "--force")
        for pid in self._left_behind():
            os.kill(pid, signal.SIGKILL)
        for mount in reversed(self._mounts()):
            tools.run(["umount", mount], "umount it by hand")
        assert not self._mounts()
        if not self._had_chains:
            _remove_netavark_rules()
        shutil.rmtree(self.folder)

    def _left_behind(self) -> Iterator[int]:
        """Watchers of health checks that podman forgets; their command line names our folder."""
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = line.read_bytes().split(b"\0")
                if words[0].endswith(b"/conmon") and any(word.startswith(bytes(self.folder)) for word in words):
                    yield int(line.parent.name)

    def _mounts(self) -> list[str]:
        lines = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
        return [words[4] for words in map(str.split, lines) if words[4].startswith(f"{self.folder}/")]

    def environment(self) -> dict[str, str]:
        """In which podman is to be run."""
        return {**os.environ, **self._environment}

    def command(self) -> list[str]:
        """podman with the options that make it this one."""
        return [
            "podman", "--root", str(self.folder / "store"), "--runroot", str(self.folder / "run"),
            "--tmpdir", str(self.folder / "libpod"), "--storage-driver", "overlay",
        ]  # fmt: skip


def _netavark_rules() -> list[tuple[str, list[str]]]:
    """Every rule and chain of netavark, with its table, as iptables -S prints them."""
    found = []
    for table in ("filter", "nat"):
        text = tools.run(["iptables", "-t", table, "-S"], "./setup tests/compose/packages.txt")
        found += [(table, line) for line in text.splitlines() if "NETAVARK" in line]
    return [(table, shlex.split(line)) for table, line in found]


def _remove_netavark_rules() -> None:
    rules = _netavark_rules()
    for table, (action, *rule) in rules:
        if action == "-A":
            tools.run(["iptables", "-t", table, "-D", *rule], "remove it by hand")
    for table, (action, chain, *_) in rules:
        if action == "-N":
            tools.run(["iptables", "-t", table, "-X", chain], "remove it by hand")
