"""What each configuration key is set to in a run. A service gets only the keys that its config.toml has."""

from dataclasses import dataclass
from pathlib import Path

from tools.gate import certificates, console, node
from tools.gate.certificates import Authority
from tools.gate.layout import Layout
from tools.gate.places import RunFolder
from tools.gate.postgres import Postgres
from tools.gate.services import Service
from tools.gate.signing_keys import KeyPair


@dataclass(frozen=True)
class Options:
    """What a run is asked for."""

    lanes: int = 4
    speed: float = 1.0  # of the simulated world: 5 is five times as fast
    photos: Path | None = None  # folder with labels.csv that the simulated cameras show
    traffic: bool = True  # the simulated day begins by itself; else its trucks wait for the control door
    people: bool = True  # simulated firms, agencies, bank and officers act; False: nobody does, and traffic must be too
    simulator: bool = True
    seed: bool = True
    keep: bool = False  # the run's data outlive it
    public_port: int | None = None
    prefer_usual_port: bool = False


class Settings:
    """Works out the environment of every service of one run."""

    def __init__(
        self,
        options: Options,
        folder: RunFolder,
        layout: Layout,
        authority: Authority,
        assertion_key: KeyPair,
        bank_key: KeyPair,
        slip_key: KeyPair,
        postgres: Postgres | None,
    ):
        self._options = options
        self._folder = folder
        self._layout = layout
        self._authority = authority
        self._assertion_key = assertion_key
        self._bank_key = bank_key
        self._slip_key = slip_key
        self._postgres = postgres

    def environment(self, service: Service) -> dict[str, str]:
        """The environment variables that configure this service."""
        identity = self._authority.issue(service.name)
        values = {
            "rpc.listen": self._layout.rpc[service.name],
            "admin.listen": self._layout.admin[service.name],
            "tls.ca_file": str(identity.ca_file),
            "tls.certificate_file": str(identity.certificate_file),
            "tls.key_file": str(identity.key_file),
            "tls.site": certificates.SITE,
            "assertion.public_key_folder": str(self._assertion_key.public_folder),
            "assertion.signing_key_id": self._assertion_key.key_id,
            "assertion.signing_key_file": str(self._assertion_key.private_file),
            "slip.signing_key_id": self._slip_key.key_id,
            "slip.signing_key_file": str(self._slip_key.private_file),
            "slip.public_key_folder": str(self._slip_key.public_folder),
            "http.listen": self._layout.public,
            "site.file": str(self._folder.site_file),
            "banks.public_keys": f"{self._bank_key.key_id}={self._bank_key.public_folder / self._bank_key.key_id}.pub",
            **{f"peers.{name}": address for name, address in self._layout.rpc.items()},
            "push.listen": self._layout.push,
            "push.key_folder": str(self._folder.push_keys),
            "store.folder": str(self._folder.data / service.name),
            **self._world(),
        }
        if self._postgres and service.has_database:
            values["database.url"] = self._postgres.url(service.name)
        if console.is_present():
            values["console.folder"] = str(console.PAGES)
        if node.has_reference():
            values["reference.folder"] = str(node.REFERENCE)
        return service.environment(values)

    def _world(self) -> dict[str, str]:
        """What the simulator alone is told: how the day goes, and as whom its people act at the public door."""
        return {
            "world.speed": str(self._options.speed),
            "photos.folder": str(self._options.photos or ""),
            "traffic.running": "true" if self._options.traffic else "false",
            "tags.push_url": f"http://{self._layout.push}",
            "tags.key_folder": str(self._folder.push_keys),
            "truth.file": str(self._folder.truth_file),
            "control.listen": self._layout.control,
            "control.token_file": str(self._folder.control_token_file),
            "actors.accounts_file": str(self._folder.accounts_file) if self._options.seed and self._options.people else "",
            "actors.door_url": f"http://{self._layout.public}",
            "bank.id": self._bank_key.key_id,
            "bank.key_file": str(self._bank_key.private_file),
        }
