# Goal: what the run signs, others can verify with the public key alone.
# Method: openssl verifies what we signed.
import subprocess

from tools.gate import signing_keys


def verifies(pair, message: bytes, signature: bytes, tmp_path) -> bool:
    (tmp_path / "message").write_bytes(message)
    (tmp_path / "signature").write_bytes(signature)
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey",
               str(pair.public_folder / f"{pair.key_id}.pub"), "-in", str(tmp_path / "message"),
               "-sigfile", str(tmp_path / "signature")]  # fmt: skip
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_signature_verifies_with_the_public_key(tmp_path):
    pair = signing_keys.make(tmp_path / "bank", "vietinbank")
    signature = signing_keys.sign(pair, b"owed: 250000")
    assert len(signature) == 64
    assert verifies(pair, b"owed: 250000", signature, tmp_path)
    assert not verifies(pair, b"owed: 250001", signature, tmp_path)


def test_a_key_is_made_once_and_the_private_half_stays_private(tmp_path):
    pair = signing_keys.make(tmp_path / "identity", "2026-11")
    first = pair.private_file.read_bytes()
    assert signing_keys.make(tmp_path / "identity", "2026-11").private_file.read_bytes() == first
    assert pair.private_file.stat().st_mode & 0o077 == 0
    assert [file.name for file in pair.public_folder.iterdir()] == ["2026-11.pub"]
