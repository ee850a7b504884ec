# Goal: every process gets a certificate by which the others know it, and never an expired one.
# Method: certificates by the real openssl, judged by openssl itself.
import datetime
import re
import subprocess

import pytest

from tools.gate import certificates
from tools.gate.certificates import Authority


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path / "tls")


def shown(identity) -> str:
    command = ["openssl", "x509", "-in", str(identity.certificate_file), "-noout", "-text"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_certificate_has_exactly_one_uri_name(authority):
    text = shown(authority.issue("lane"))
    assert re.findall(r"URI:([^\s,]+)", text) == ["spiffe://bordergate/demo/lane"]
    assert "CA:FALSE" in text
    assert "TLS Web Server Authentication, TLS Web Client Authentication" in text


def test_a_certificate_lives_a_day_and_verifies_against_the_authority(authority):
    identity = authority.issue("fee")
    life = certificates.not_after(identity.certificate_file) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(hours=23, minutes=59) < life <= datetime.timedelta(hours=24)
    subprocess.run(["openssl", "verify", "-CAfile", identity.ca_file, identity.certificate_file], check=True)


def test_a_certificate_of_another_authority_does_not_verify(authority, tmp_path):
    stranger = Authority(tmp_path / "other").issue("lane")
    mine = authority.issue("lane")
    done = subprocess.run(["openssl", "verify", "-CAfile", mine.ca_file, stranger.certificate_file],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode != 0
    assert "unable to get local issuer certificate" in done.stderr or "certificate signature failure" in done.stderr


def test_private_keys_are_readable_by_their_owner_only(authority, tmp_path):
    identity = authority.issue("lane")
    for file in (identity.key_file, tmp_path / "tls" / "ca.key"):
        assert file.stat().st_mode & 0o077 == 0


def test_a_certificate_is_due_at_half_its_life():
    now = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
    assert not certificates.is_due(now + datetime.timedelta(hours=12, seconds=1), now)
    assert certificates.is_due(now + datetime.timedelta(hours=12), now)
    assert certificates.is_due(now - datetime.timedelta(hours=1), now)


def test_renewing_replaces_the_certificate_and_keeps_the_key(authority):
    identity = authority.issue("yard")
    key = identity.key_file.read_bytes()
    before = identity.certificate_file.read_bytes()
    authority.renew("yard", identity)
    assert identity.key_file.read_bytes() == key
    assert identity.certificate_file.read_bytes() != before
    subprocess.run(["openssl", "verify", "-CAfile", identity.ca_file, identity.certificate_file], check=True)


def test_a_certificate_with_most_of_its_life_left_is_used_again(authority):
    before = authority.issue("yard").certificate_file.read_bytes()
    assert authority.issue("yard").certificate_file.read_bytes() == before
