"""A private PostgreSQL for one run: its own data folder, port and passwords. The system's is never touched."""

import os
import secrets
import shutil
import signal
from pathlib import Path

from tools.gate import tools
from tools.gate.keeper import Keeper, Program
from tools.gate.places import RunFolder, write_secret
from tools.gate.problem import Problem

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
DATABASE = "bordergate"
_READY_S = 30.0
_STARTS_MAX = 3  # more mean that it keeps ending
_FAST_SHUTDOWN = signal.SIGINT  # ends sessions, writes a checkpoint


class Postgres:
    """The database server of one run. PostgreSQL refuses to run as root, so root runs it as the user postgres."""

    def __init__(self, folder: RunFolder, port: int):
        self.port = port
        self._user = "postgres" if os.geteuid() == 0 else None
        self._log_file = folder.logs / "postgres.log"
        self._password_file = folder.keys / "postgres.password"
        self._role_file = folder.keys / "postgres.{role}.password"
        self._folder = data_folder(folder)
        self._cluster = self._folder / "cluster"

    def prepare(self) -> None:
        """Makes the cluster when there is none yet."""
        if (self._cluster / "PG_VERSION").exists() and self._password_file.exists():
            return
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700)
        if self._user:
            shutil.chown(self._folder, self._user, self._user)
        write_secret(self._password_file, secrets.token_urlsafe(24))
        # The password goes through a pipe: the other user could not read our file.
        script = (
            'umask 077; cat >pw; "$0" -D cluster -U postgres -A scram-sha-256 --pwfile=pw -E UTF8 --locale=C.UTF-8 -k; '
            "code=$?; rm pw; exit $code"
        )
        tools.run(
            [*_as_user(self._user), "sh", "-c", script, str(PROGRAMS / "initdb")],
            "./run doctor",
            text=self._password(),
            folder=self._folder,
        )

    def program(self) -> Program:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",  # no socket file: its path could be too long, and TCP asks for a password
            "max_connections": 200,
            "shared_buffers": "128MB",
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "cluster_name": "bordergate",
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return Program(
            "postgres",
            (str(PROGRAMS / "postgres"), "-D", str(self._cluster), *options),
            log_file=self._log_file,
            folder=self._folder,
            user=self._user,
            stop_signal=_FAST_SHUTDOWN,
        )

    def wait_ready(self, keeper: Keeper) -> None:
        """Returns when it takes connections."""
        if not keeper.wait_for(lambda status: status.starts >= 1, _READY_S):
            raise Problem("PostgreSQL did not start", f"read {self._log_file}")
        starts_before = keeper.status().starts
        for _ in range(int(_READY_S / 0.05)):
            try:
                tools.run([str(PROGRAMS / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)], "")
                return
            except Problem:
                if keeper.status().starts - max(starts_before, 1) >= _STARTS_MAX:
                    break
            keeper.wait_for(lambda status: False, 0.05)
        raise Problem("PostgreSQL does not take connections", f"read {self._log_file}")

    def make_roles(self, services: list[str]) -> None:
        """Makes the database, and a role and a schema for each service; what is there already stays.

        A role sees its own schema only: no service reads another's tables.
        """
        exists = self.query("postgres", f"select 1 from pg_database where datname = '{DATABASE}'")
        if not exists.strip():
            self.query("postgres", f"create database {DATABASE}")
        statements = role_statements({service: self._role_password(service) for service in services})
        self.query(DATABASE, ";\n".join(statements))

    def url(self, service: str) -> str:
        """How a service connects, with its password."""
        return f"postgresql://{service}:{self._role_password(service)}@127.0.0.1:{self.port}/{DATABASE}"

    def query(self, database: str, sql: str) -> str:
        """Runs statements as the superuser; rows as text, columns parted by tabs."""
        return tools.run(
            ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1",
             "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database],
            f"read {self._log_file}",
            text=sql,
            environment={"PGPASSWORD": self._password()},
        )  # fmt: skip

    def _password(self) -> str:
        return self._password_file.read_text("utf-8")

    def _role_password(self, role: str) -> str:
        file = Path(str(self._role_file).format(role=role))
        if not file.exists():
            write_secret(file, secrets.token_urlsafe(24))
        return file.read_text("utf-8")


def role_statements(passwords: dict[str, str]) -> list[str]:
    """A role and a schema for each service, in the database that they share; passwords by service. Safe to repeat."""
    statements = [
        f"revoke all on database {DATABASE} from public",
        "revoke all on schema public from public",
    ]
    for service, password in passwords.items():
        statements += [
            f"do $$ begin create role {service} login; exception when duplicate_object then null; end $$",
            f"alter role {service} password '{password}'",
            f"alter role {service} in database {DATABASE} set search_path = {service}",
            f"grant connect on database {DATABASE} to {service}",
            f"create schema if not exists {service} authorization {service}",
        ]
    return statements


def _as_user(user: str | None) -> list[str]:
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"] if user else []


def data_folder(run: RunFolder) -> Path:
    """Where the server of a run keeps its data.

    In the run's folder; in /var/tmp when we are root and the user postgres cannot enter the repository (it lies in
    /root, say).
    """
    folder = run.data / "postgres"
    if os.geteuid() != 0:
        return folder
    try:
        tools.run([*_as_user("postgres"), "test", "-x", str(run.path)], "")
        return folder
    except Problem:
        elsewhere = Path("/var/tmp/bordergate")
        elsewhere.mkdir(mode=0o711, exist_ok=True)
        # The number of the folder in the file system, so that two clones of the repository do not meet.
        return elsewhere / f"{run.name}-{run.path.stat().st_ino}"


def forget(run: RunFolder) -> None:
    """Removes the data of a run; its server must be stopped."""
    if run.path.exists():
        shutil.rmtree(data_folder(run), ignore_errors=True)
