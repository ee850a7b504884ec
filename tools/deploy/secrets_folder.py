"""The secrets of one installation with containers: made once, and laid out so that each container is given only its own.

    deploy/secrets/keys/         the authority, the signing keys and the passwords, as a run of ./run has them
    deploy/secrets/<service>/    mounted into that service's container as /run/secrets

A container gets a folder and not single files, because a certificate is renewed by a new file in the old one's place,
which a mount of the single file would never show.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from tools.gate import postgres, services, signing_keys
from tools.gate.certificates import Authority
from tools.gate.places import House, write_secret

# As whom every container runs: nobody on the machine. The same number stands in deploy/Dockerfile and docker-compose.yml.
USER_ID = 10001
DATABASE_HOST = "postgres"
_ASSERTION_KEY = "demo-1"
_BANK_KEY = "vietinbank"
_SLIP_KEY = "demo-slip-1"
# The reader of transponders of deploy/site.toml: who sends in its name has this key.
_TAG_READER = "huu-nghi-tags"


class SecretsFolder:
    """The folder of one installation. Only its owner, the containers' user, may enter it."""

    def __init__(self, path: Path, user_id: int = USER_ID):
        """user_id: who shall own the files; another one than our own needs root."""
        self.path = path
        self._user_id = user_id
        self._keys = path / "keys"

    def make(self, house: House) -> None:
        """Makes what is missing; what is there stays, so that a repeat changes nothing but certificates that are due."""
        for folder in (self.path, self._keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        assertion = signing_keys.make(self._keys / "assertion", _ASSERTION_KEY)
        bank = signing_keys.make(self._keys / "bank", _BANK_KEY)
        slip = signing_keys.make(self._keys / "slip", _SLIP_KEY)
        chosen = services.load(house, services.present(house))
        for service in chosen:
            folder = self._folder(service.name)
            self._put_file(assertion.public_folder / f"{_ASSERTION_KEY}.pub", folder / "assertion")
            if service.has_database:
                # *: whichever port and database. PostgreSQL's own file of passwords keeps them out of the environment.
                write_secret(folder / "pgpass", f"{DATABASE_HOST}:*:*:{service.name}:{self._password(service.name)}\n")
            if "assertion.signing_key_file" in service.keys:
                self._put_file(assertion.private_file, folder)
            if "slip.signing_key_file" in service.keys:
                self._put_file(slip.private_file, folder)
            if "slip.public_key_folder" in service.keys:
                self._put_file(slip.public_folder / f"{_SLIP_KEY}.pub", folder / "slip")
            if "banks.public_keys" in service.keys:
                self._put_file(bank.public_folder / f"{_BANK_KEY}.pub", folder)
            if service.keys & {"push.key_folder", "tags.key_folder"}:
                self._put_file(self._password_file(_TAG_READER), folder / "push", f"{_TAG_READER}.key")
            if "bank.key_file" in service.keys:
                self._put_file(bank.private_file, folder)
        self._make_database_secrets([service.name for service in chosen if service.has_database])
        self.renew([service.name for service in chosen])
        self._give_to_user()

    def renew(self, names: Iterable[str] | None = None) -> None:
        """Gives each service a certificate that has more than half its life before it.

        names   of the services; None means those that have one
        """
        authority = Authority(self._keys / "tls")
        for name in names if names is not None else [file.parent.name for file in self.path.glob("*/tls.crt")]:
            identity = authority.issue(name)
            folder = self._folder(name)
            # The key stays the same when the certificate is renewed: at any moment the two files fit.
            for file, as_name in ((identity.ca_file, "ca.crt"), (identity.key_file, "tls.key"),
                                  (identity.certificate_file, "tls.crt")):  # fmt: skip
                self._put_file(file, folder, as_name)

    def take(self, service: str, name: str, text: str) -> Path:
        """Gives one service a further secret."""
        file = self._folder(service) / name
        write_secret(file, text)
        self._give_to_user()
        return file

    def _make_database_secrets(self, roles: list[str]) -> None:
        folder = self._folder(DATABASE_HOST)
        superuser = self._password("postgres")
        write_secret(folder / "password", superuser)
        write_secret(folder / "pgpass", f"*:*:*:postgres:{superuser}\n")
        write_secret(folder / "schemas.sql", _schemas({role: self._password(role) for role in roles}))

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _password(self, role: str) -> str:
        return self._password_file(f"postgres.{role}").read_text("utf-8")

    def _password_file(self, name: str) -> Path:
        file = self._keys / f"{name}.password"
        if not file.exists():
            write_secret(file, secrets.token_urlsafe(24))
        return file

    @staticmethod
    def _put_file(source: Path, folder: Path, name: str = "") -> None:
        """Puts a copy in its place in one step; nothing when it is there already."""
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / (name or source.name)
        text = source.read_text("utf-8")
        if not target.exists() or target.read_text("utf-8") != text:
            write_secret(target, text)

    def _give_to_user(self) -> None:
        if self._user_id == os.geteuid():
            return
        for folder, _, files in os.walk(self.path):
            for path in (folder, *(os.path.join(folder, file) for file in files)):
                shutil.chown(path, self._user_id, self._user_id)


def _schemas(passwords: dict[str, str]) -> str:
    """What psql is to do with a server that may be new: the database, then a role and a schema for each service."""
    name = postgres.DATABASE
    statements = ";\n".join(postgres.role_statements(passwords))
    return (
        "-- Made by deploy/make-secrets; holds passwords. Safe to repeat.\n"
        "set client_min_messages = warning;\n"
        "set log_min_error_statement = panic;  -- no statement with a password in the server's log\n"
        f"select 'create database {name}' where not exists (select from pg_database where datname = '{name}') \\gexec\n"
        f"\\connect {name}\n"
        f"set client_min_messages = warning;\nset log_min_error_statement = panic;\n{statements};\n"
    )
