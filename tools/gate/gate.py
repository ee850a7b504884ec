"""One whole gate on this machine: its database, services and simulated hardware, for a person or for a test.

    with Gate.start(name="journey", lanes=2) as gate:
        gate.kill("lane")
        gate.wait_ready("lane")

What a run leaves behind is in its folder (see places.RunFolder).
"""

import concurrent.futures
import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from tools.gate import certificates, postgres, processes, ready, seeding, services, signing_keys, tools
from tools.gate.accounts import Account, Accounts
from tools.gate.certificates import Authority, Identity, Renewal
from tools.gate.keeper import Program
from tools.gate.layout import Layout
from tools.gate.lock import RunLock
from tools.gate.places import House, RunFolder, write_secret
from tools.gate.ports import Ports
from tools.gate.postgres import Postgres
from tools.gate.rest import Rest
from tools.gate.services import Service
from tools.gate.settings import Options, Settings
from tools.gate.supervisor import Supervisor

_SIMULATOR = "simulator"
StepMaker = Callable[[str], AbstractContextManager[Any]]


def _silent(title: str) -> AbstractContextManager[Any]:
    del title
    return contextlib.nullcontext()


class Gate:
    """A running gate. Made by start(), ended by stop(), which stops everything it started and nothing else."""

    def __init__(self, name: str | None, options: Options, house: House, names: list[str] | None, step: StepMaker):
        """Takes the folder's lock and prepares everything; nothing runs yet. Use start()."""
        names_itself = name is None
        folder = RunFolder.named(name or f"test-{os.getpid()}-{secrets.token_hex(4)}")
        self.folder = folder
        self.options = options
        self._step = step
        self._state_lock = threading.Lock()
        self.supervisor = Supervisor(self._write_state)
        with contextlib.ExitStack() as undo:  # what stop() undoes, newest first
            folder.path.mkdir(parents=True, exist_ok=True)
            if names_itself:
                undo.callback(shutil.rmtree, folder.path, ignore_errors=True)
            undo.callback(RunLock(folder.lock_file, folder.name).release)
            if not folder.is_kept():
                self._forget()
            folder.create()
            if options.keep:
                folder.kept_file.touch()
            chosen = services.load(house, services.present(house) if names is None else names)
            self._services = [one for one in chosen if options.simulator or one.name != _SIMULATOR]
            self.authority = Authority(folder.keys / "tls")
            self.bank_key = signing_keys.make(folder.keys / "bank", "vietinbank")
            ports = Ports()
            undo.callback(ports.close)
            self.layout = Layout(ports, options.lanes, options.public_port, options.prefer_usual_port)
            needs_database = any(one.has_database for one in self._services)
            self.postgres = Postgres(folder, ports.take()) if needs_database else None
            assertion_key = signing_keys.make(folder.keys / "assertion", "demo-1")
            self.slip_key = signing_keys.make(folder.keys / "slip", "demo-slip-1")
            folder.push_keys.mkdir(mode=0o700, exist_ok=True)
            for reader_id in self.layout.tag_reader_ids:
                write_secret(folder.push_keys / f"{reader_id}.key", secrets.token_hex(20) + "\n")
            self._settings = Settings(
                options, folder, self.layout, self.authority,
                assertion_key, self.bank_key, self.slip_key, self.postgres,
            )  # fmt: skip
            self._undo = undo.pop_all()

    @staticmethod
    def start(
        *,
        name: str | None = None,
        services: list[str] | None = None,
        options: Options | None = None,
        house: House | None = None,
        step: StepMaker = _silent,
        **option_values: Any,
    ) -> "Gate":
        """Starts a gate and returns when every service is ready.

        name      of the run and its folder; None makes a new one, removed again by stop()
        services  which ones; None means all that are in the house
        options   see settings.Options; its fields may also be given one by one: lanes=2, simulator=False
        """
        gate = Gate(name, options or Options(**option_values), house or House(), services, step)
        try:
            gate._run()
        except BaseException:
            gate.stop()
            raise
        return gate

    def __enter__(self) -> "Gate":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stops all it started, newest first; throws the data away unless they are to be kept. Safe to repeat."""
        self.supervisor.stop_all()
        if not self.folder.is_kept():
            self._forget()
        self._undo.close()

    def _forget(self) -> None:
        postgres.forget(self.folder)
        self.folder.forget()

    # Addresses and proofs, for clients.

    @property
    def url(self) -> str:
        """Of the public door, without a slash at the end."""
        return f"http://{self.layout.public}"

    def address(self, service: str) -> str:
        """Of a service's gRPC port."""
        return self.layout.rpc[service]

    def admin(self, service: str) -> str:
        """Of a service's /live, /ready and /metrics."""
        return self.layout.admin[service]

    def identity(self, service: str) -> Identity:
        """Certificate and key by which a test can speak as this service."""
        return self.authority.issue(service)

    @property
    def accounts(self) -> Accounts:
        """Those this run made."""
        return Accounts.load(self.folder.accounts_file)

    def rest(self, word: str | None = None) -> Rest:
        """A client of the public door, signed in as a person or an API client of this run; None: as nobody."""
        nobody = Rest(self.url)
        accounts = self.accounts
        if word is None:
            return nobody
        if word in accounts.clients:
            return nobody.issue_token(accounts.clients[word].client_id, accounts.clients[word].secret)
        person = accounts.person(word)
        return nobody.sign_in(person.name, person.password)

    def command(self, service: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of a service's program with the service's configuration: "fee", "verify-ledger"."""
        one = next(chosen for chosen in self._services if chosen.name == service)
        return subprocess.run([str(one.program), *arguments], env=self._settings.environment(one), capture_output=True,
                              text=True, check=False, timeout=60)  # fmt: skip

    # Faults, for tests.

    def kill(self, name: str) -> None:
        """kill -9; the program is started again by itself. Returns when the old process is gone."""
        pid = self.supervisor.signal(name, signal.SIGKILL)
        self.supervisor.keeper(name).wait_for(lambda status: status.pid != pid, 10)

    def freeze(self, name: str) -> None:
        """Stands still, with the processes it has made (PostgreSQL has one a connection), until thaw()."""
        processes.signal_descendants(self.supervisor.signal(name, signal.SIGSTOP), signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        processes.signal_descendants(self.supervisor.signal(name, signal.SIGCONT), signal.SIGCONT)

    def take_down(self, name: str) -> None:
        """Stops a program as its operator would; it stays down until bring_up()."""
        self.supervisor.stop(name)

    def bring_up(self, name: str) -> None:
        """Starts a program that take_down() stopped, and waits until it is ready."""
        self.supervisor.start_again(name)
        self.wait_ready(name)

    def wait_ready(self, name: str, timeout_s: float = 30) -> None:
        keeper = self.supervisor.keeper(name)
        if name == "postgres" and self.postgres:
            self.postgres.wait_ready(keeper)
        else:
            ready.wait_ready(keeper, self.admin(name), timeout_s)

    def log(self, name: str) -> str:
        """What a program has written so far."""
        return (self.folder.logs / f"{name}.log").read_text("utf-8", "replace")

    # The way up.

    def _run(self) -> None:
        self.layout.write_site(self.folder.site_file)
        if self.postgres:
            with self._step("cơ sở dữ liệu · database"):
                self._start_postgres(self.postgres)
            with self._step("lược đồ · schemas"):
                self._migrate()
        renewal = Renewal(self.authority, [service.name for service in self._services])
        self._undo.callback(renewal.stop)
        rest = [service for service in self._services if service.name != _SIMULATOR]
        with self._step(f"{len(rest)} dịch vụ · services"):
            self._start_services(rest)
        if self._is_to_be_seeded():
            with self._step("dữ liệu mẫu · sample data"):
                self._seed()
        simulator = [service for service in self._services if service.name == _SIMULATOR]
        if simulator:
            with self._step(f"mô phỏng · simulator: {len(self.layout.lanes)} làn"):
                self._start_services(simulator)
        self._write_state()

    def _start_postgres(self, server: Postgres) -> None:
        server.prepare()
        keeper = self.supervisor.start(server.program())
        server.wait_ready(keeper)
        server.make_roles([service.name for service in self._services if service.has_database])

    def _migrate(self) -> None:
        def one(service: Service) -> None:
            tools.run(
                [str(service.program), "migrate"],
                f"./run reset   (when the data of another version were kept), else read services/{service.name}/migrations",
                environment=self._settings.environment(service),
                timeout_s=150,  # it waits for its database, and then migrates
            )

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(one, [service for service in self._services if service.has_database]))

    def _start_services(self, chosen: list[Service]) -> None:
        for service in chosen:
            data = self.folder.data / service.name
            data.mkdir(mode=0o700, exist_ok=True)
            self.supervisor.start(
                Program(
                    service.name,
                    (str(service.program), "serve"),
                    log_file=self.folder.logs / f"{service.name}.log",
                    environment=self._settings.environment(service),
                    folder=data,
                )
            )
        for service in chosen:
            self.wait_ready(service.name, 60)

    def _is_to_be_seeded(self) -> bool:
        """True for a whole gate whose database is new."""
        names = {service.name for service in self._services}
        return self.options.seed and {"identity", "gateway"} <= names and not self.folder.accounts_file.exists()

    def _seed(self) -> None:
        identity = next(service for service in self._services if service.name == "identity")
        name = f"{seeding.ADMINISTRATOR}@demo"
        answer = tools.run(
            [str(identity.program), "bootstrap", name],
            f"./run reset --name {self.folder.name}, if an earlier start was cut short",
            environment=self._settings.environment(identity),
        )
        administrator = Account(name, json.loads(answer)["one_time_password"], "Quản trị · administrator")
        seeding.seed(self.url, administrator).save(self.folder.accounts_file)

    def _write_state(self) -> None:
        """Writes what ./run status shows."""
        with self._state_lock:
            if not self.folder.path.exists():
                return
            names = [status.name for status in self.supervisor.statuses()]
            state = {
                "name": self.folder.name,
                "pid": os.getpid(),
                "url": self.url,
                "site": certificates.SITE,
                "keys": str(self.folder.keys),
                "control": f"http://{self.layout.control}" if _SIMULATOR in names else None,
                "write_time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                "programs": [
                    {
                        "name": status.name,
                        "pid": status.pid,
                        "starts": status.starts,
                        "last_exit": status.last_exit,
                        "rpc": self.layout.rpc.get(status.name),
                        "admin": self.layout.admin.get(status.name),
                        "log": str(self.folder.logs / f"{status.name}.log"),
                    }
                    for status in self.supervisor.statuses()
                ],
            }
            write_secret(self.folder.state_file, json.dumps(state, indent=1) + "\n")
