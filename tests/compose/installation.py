"""docker-compose.yml brought up as docs/deploy.md says, with secrets, names and a port of its own."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

from tests.compose import base_image
from tests.compose.engine import Engine
from tests.harness.wait import until
from tools.deploy import images
from tools.deploy.secrets_folder import USER_ID, SecretsFolder
from tools.deploy.seed import seed
from tools.gate import services, tools
from tools.gate.accounts import Accounts
from tools.gate.places import ROOT, House
from tools.gate.ports import Ports
from tools.gate.rest import Rest

SERVICES = services.present(House())
_PROJECT = f"bordergate-test-{os.getpid()}"
_BASE = "localhost/bordergate/base:12"


class Installation:
    """Everything up, seeded, with the simulated day going on."""

    def __init__(self, engine: Engine, ports: Ports):
        self.engine = engine
        self._port = ports.take()
        self._project = engine.folder / "project"
        (self._project / "deploy").mkdir(parents=True)
        shutil.copy(ROOT / "deploy" / "site.toml", self._project / "deploy")
        os.chmod(self._project / "deploy" / "site.toml", 0o644)
        self.sheets = self._project / "deploy" / "sheets"
        self.sheets.mkdir()
        shutil.chown(self.sheets, USER_ID, USER_ID)
        self.secrets = SecretsFolder(self._project / "deploy" / "secrets")
        self._variables = {"BORDERGATE_PORT": str(self._port), "BORDERGATE_SPEED": "5"}
        self.accounts = Accounts({}, {})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def build(self) -> None:
        """Makes the images; the programs come from build/images, where ./test compose has laid them out."""
        self.engine.podman("import", str(base_image.archive()), _BASE, timeout_s=600)
        self.engine.build("postgres", "bordergate/postgres:latest", BASE=_BASE)
        self.engine.build("certificates", "bordergate/certificates:latest", BASE=_BASE)
        for name in [*SERVICES, *images.TOOLS]:
            self.engine.build("prebuilt", f"bordergate/{name}:latest", SERVICE=name)

    def up(self) -> None:
        """What a person does who installs it. Returns when every service says that it is ready."""
        self.secrets.make(House())
        stop = threading.Event()
        asking = threading.Thread(target=self._keep_asking_postgres, args=(stop,))
        asking.start()
        try:
            self.compose("up", "-d", "--no-build")
        finally:
            stop.set()
            asking.join()
        for name in SERVICES:
            if name != "simulator":
                self.wait_healthy(name)
        self.accounts = Accounts.load(seed(self.secrets, self._command(), self.url))
        self.compose("--profile", "demo", "up", "-d", "--no-build", "--no-deps", "simulator")
        self.wait_healthy("simulator")

    def compose(self, *arguments: str, timeout_s: float = 600) -> str:
        return tools.run([*self._command(), *arguments], "read the logs of the containers", timeout_s=timeout_s)

    def container(self, service: str) -> str:
        """The name of a service's container."""
        return f"{_PROJECT}_{service}_1"

    def wait_healthy(self, service: str) -> None:
        until(lambda: self.engine.ask_health(self.container(service)), timeout_s=90, what=f"the health of {service}")

    def rest(self, word: str) -> Rest:
        person = self.accounts.person(word)
        return Rest(self.url).sign_in(person.name, person.password)

    def command_in(self, service: str, *command: str) -> list[str]:
        """The command that runs a program inside a service's container, with our standard input."""
        return [*self.engine.command(), "exec", "--interactive", self.container(service), *command]

    def try_in(self, service: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a program inside a service's container."""
        return subprocess.run(
            self.command_in(service, *command), env=self.engine.environment(), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def bench(self, lane_id: str, answers: str) -> subprocess.CompletedProcess[str]:
        """The bench of a lane, in English; its sheet is LANE.pdf under `sheets`."""
        arguments = ["--site", "/etc/bordergate/site.toml", "--lane", lane_id, "--out", f"{lane_id}.pdf"]
        return subprocess.run(
            [*self._command(), "run", "--rm", "-T", "bench", *arguments, "--person", "Lan", "--language", "en"],
            env=self.engine.environment(), input=answers, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def logs(self) -> str:
        """The end of what every container has written, for whoever has to find out."""
        return self.compose("logs", "--no-color", "--tail", "15")

    def down(self) -> None:
        self.compose("--profile", "demo", "down", "--volumes", "--timeout", "10")

    def _command(self) -> list[str]:
        return self.engine.compose(self._project, _PROJECT, self._variables)

    def _keep_asking_postgres(self, stop: threading.Event) -> None:
        while not stop.wait(0.5):
            self.engine.ask_health(self.container("postgres"))


def folder_of_volume(engine: Engine, name: str) -> Path:
    """Where a volume lies on this machine."""
    return Path(engine.podman("volume", "inspect", "--format", "{{.Mountpoint}}", f"{_PROJECT}_{name}").strip())
