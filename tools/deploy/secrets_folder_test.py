# Goal: each container gets what it needs and nothing of the others, readable by its user only; a repeat changes nothing.
# Method: a folder made by the code that ./deploy/make-secrets runs, owned by whoever runs the test; openssl judges.
import datetime
import os
import stat

import pytest

from tools.deploy.secrets_folder import SecretsFolder
from tools.gate import certificates, services
from tools.gate.places import House
from tools.gate.tools import run

NAMES = services.present(House())


@pytest.fixture
def folder(tmp_path):
    one = SecretsFolder(tmp_path / "secrets", os.geteuid())
    one.make(House())
    return one


def files(folder: SecretsFolder) -> dict[str, str]:
    return {str(path.relative_to(folder.path)): path.read_text() for path in folder.path.rglob("*") if path.is_file()}


def test_every_service_gets_a_certificate_that_names_it(folder):
    for name in NAMES:
        text = run(["openssl", "x509", "-in", str(folder.path / name / "tls.crt"), "-noout", "-text"], "")
        assert certificates.uri(name) in text
        run(["openssl", "verify", "-CAfile", str(folder.path / name / "ca.crt"), str(folder.path / name / "tls.crt")], "")


def test_each_signing_key_is_in_one_place_and_its_public_half_where_it_is_checked(folder):
    made = files(folder)
    signing = {key for key, text in made.items() if "PRIVATE KEY" in text and not key.startswith("keys/")}
    assert {key for key in signing if not key.endswith("/tls.key")} <= {
        "identity/demo-1.pem", "simulator/vietinbank.pem", "customs/demo-slip-1.pem",
    }  # fmt: skip
    assert "identity/demo-1.pem" in signing
    assert all(f"{name}/assertion/demo-1.pub" in made for name in NAMES)
    assert ("lane" in NAMES) == ("lane/slip/demo-slip-1.pub" in made)


def test_who_sends_what_a_reader_hears_and_who_takes_it_have_one_key(folder):
    made = files(folder)
    holders = {key for key in made if key.endswith("/push/huu-nghi-tags.key")}
    assert holders == {f"{name}/push/huu-nghi-tags.key" for name in ("camera", "simulator") if name in NAMES}
    assert len({made[key] for key in holders}) <= 1


def test_a_service_has_its_own_database_password_only(folder):
    made = files(folder)
    chosen = [service.name for service in services.load(House(), NAMES) if service.has_database]
    assert chosen
    for name in chosen:
        host, port, database, role, password = made[f"{name}/pgpass"].strip().split(":")
        assert (host, port, database, role) == ("postgres", "*", "*", name)
        holders = {key.split("/")[0] for key, text in made.items() if password in text}
        assert holders == {name, "keys", "postgres"}


def test_nobody_else_can_read_them(folder):
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    for given in folder.path.iterdir():
        assert stat.S_IMODE(given.stat().st_mode) == 0o700, given
        for path in given.rglob("*") if given.name != "keys" else []:
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_repeat_changes_nothing(folder):
    before = files(folder)
    folder.make(House())
    assert files(folder) == before


def test_a_certificate_past_half_its_life_is_renewed_for_the_same_key(folder, monkeypatch):
    before = files(folder)
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=13)
    monkeypatch.setattr(certificates, "_now", lambda: later)
    folder.renew()
    after = files(folder)
    for name in NAMES:
        assert after[f"{name}/tls.crt"] != before[f"{name}/tls.crt"]
        assert after[f"{name}/tls.key"] == before[f"{name}/tls.key"]
        assert after[f"{name}/ca.crt"] == before[f"{name}/ca.crt"]


def test_a_further_secret_goes_to_one_service(folder):
    folder.take("simulator", "accounts.json", "{}\n")
    assert files(folder)["simulator/accounts.json"] == "{}\n"
