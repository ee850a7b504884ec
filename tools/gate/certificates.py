"""The certificates of one run: an authority of its own, and a short-lived certificate for every process.

Each certificate has exactly one URI name, spiffe://bordergate/<site>/<service>, by which the services know each other,
and the service's name as a DNS name for clients that check only that. It lives 24 hours and is renewed at half its
life while the run lasts: the new certificate replaces the old file in one step and is for the same key, so that a
service that reads both files at any moment gets a pair that fits.
"""

import datetime
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from tools.gate.tools import run

SITE = "demo"
_LIFE = datetime.timedelta(days=1)
_CHECK_EVERY_S = 60.0
_REMEDY = "openssl version   (3.0 or later is needed; ./setup installs it)"
_CURVE = ("-pkeyopt", "ec_paramgen_curve:P-256")


@dataclass(frozen=True)
class Identity:
    """The files by which one process proves its name."""

    ca_file: Path
    certificate_file: Path
    key_file: Path


class Authority:
    """Signs for the processes of one run. Its key never leaves the run's folder."""

    def __init__(self, folder: Path):
        """Makes the authority on first use of the folder, which only its owner may enter."""
        self._folder = folder
        self._ca = folder / "ca.crt"
        self._ca_key = folder / "ca.key"
        folder.mkdir(mode=0o700, exist_ok=True)
        if not self._ca.exists():
            run(
                ["openssl", "req", "-x509", "-newkey", "ec", *_CURVE, "-nodes", "-days", "3650",
                 "-keyout", str(self._ca_key), "-out", str(self._ca), "-subj", f"/O=bordergate/CN={SITE} authority",
                 "-addext", "basicConstraints=critical,CA:TRUE,pathlen:0",
                 "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
                _REMEDY,
            )  # fmt: skip

    def issue(self, service: str) -> Identity:
        """The identity of a service; a certificate that is missing or past half its life is made anew."""
        identity = Identity(self._ca, self._folder / f"{service}.crt", self._folder / f"{service}.key")
        if not identity.certificate_file.exists() or is_due(not_after(identity.certificate_file), _now()):
            self.renew(service, identity)
        return identity

    def renew(self, service: str, identity: Identity) -> None:
        """Replaces the certificate in one step; the key stays."""
        key = identity.key_file
        if not key.exists():
            run(["openssl", "genpkey", "-algorithm", "EC", *_CURVE, "-out", str(key)], _REMEDY)
            os.chmod(key, 0o600)
        new = identity.certificate_file.with_suffix(".new")
        run(
            ["openssl", "req", "-x509", "-new", "-key", str(key), "-days", str(_LIFE.days), "-out", str(new),
             "-CA", str(self._ca), "-CAkey", str(self._ca_key), "-subj", f"/O=bordergate/CN={service}",
             "-addext", f"subjectAltName=URI:{uri(service)},DNS:{service}",
             "-addext", "basicConstraints=critical,CA:FALSE",
             "-addext", "keyUsage=critical,digitalSignature",
             "-addext", "extendedKeyUsage=serverAuth,clientAuth"],
            _REMEDY,
        )  # fmt: skip
        os.replace(new, identity.certificate_file)


class Renewal:
    """Renews the certificates of the given services at half their life until it is stopped."""

    def __init__(self, authority: Authority, services: list[str]):
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, args=(authority, services), name="renewal", daemon=True)
        self._thread.start()

    def _keep(self, authority: Authority, services: list[str]) -> None:
        while not self._stop.wait(_CHECK_EVERY_S):
            for service in services:
                authority.issue(service)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


def uri(service: str) -> str:
    return f"spiffe://bordergate/{SITE}/{service}"


def not_after(certificate_file: Path) -> datetime.datetime:
    """When a certificate ends, UTC."""
    line = run(["openssl", "x509", "-in", str(certificate_file), "-noout", "-enddate"], _REMEDY)
    text = line.strip().removeprefix("notAfter=")
    return datetime.datetime.strptime(text, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=datetime.UTC)


def is_due(end: datetime.datetime, now: datetime.datetime) -> bool:
    """True once half of a certificate's life is over."""
    return end - now <= _LIFE / 2


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
