"""Ed25519 keys of one run: identity's, with which it signs who is asking, and the simulated bank's.

A key pair is two files: <folder>/<key id>.pem, readable by its owner only, and <folder>-public/<key id>.pub, which
whoever verifies is given.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from tools.gate.tools import run

_REMEDY = "openssl version   (3.0 or later is needed; ./setup installs it)"


@dataclass(frozen=True)
class KeyPair:
    key_id: str
    private_file: Path
    public_folder: Path  # holds <key id>.pub


def make(folder: Path, key_id: str) -> KeyPair:
    """The key pair of this id; made on first use."""
    pair = KeyPair(key_id, folder / f"{key_id}.pem", folder.with_name(folder.name + "-public"))
    folder.mkdir(mode=0o700, exist_ok=True)
    pair.public_folder.mkdir(exist_ok=True)
    if not pair.private_file.exists():
        run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(pair.private_file)], _REMEDY)
        os.chmod(pair.private_file, 0o600)
    public_file = pair.public_folder / f"{key_id}.pub"
    if not public_file.exists():
        run(["openssl", "pkey", "-in", str(pair.private_file), "-pubout", "-out", str(public_file)], _REMEDY)
    return pair


def sign(pair: KeyPair, message: bytes) -> bytes:
    """The 64 bytes of an Ed25519 signature over the message."""
    # openssl signs files only, not its standard input, with this kind of key.
    text = pair.private_file.with_name(f"{pair.key_id}.{os.getpid()}.message")
    signature = text.with_suffix(".signature")
    try:
        text.write_bytes(message)
        run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(pair.private_file), "-in", str(text),
             "-out", str(signature)], _REMEDY)  # fmt: skip
        return signature.read_bytes()
    finally:
        text.unlink(missing_ok=True)
        signature.unlink(missing_ok=True)
