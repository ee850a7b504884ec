"""The base image, Debian 12 without a registry: made by debootstrap once a month, kept in the user's cache folder."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from tools.gate import tools

_AGE_MAX_S = 30 * 86400
_MIRROR = "http://deb.debian.org/debian"
_SOURCES = f"""\
deb {_MIRROR} bookworm main
deb {_MIRROR} bookworm-updates main
deb {_MIRROR}-security bookworm-security main
"""


def archive() -> Path:
    """The root file system as a tar file. Takes some minutes when there is none that is fresh enough."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bordergate"
    file = cache / "debian-12-base.tar"
    if file.exists() and time.time() - file.stat().st_mtime < _AGE_MAX_S:
        return file
    cache.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bordergate-base-", dir="/var/tmp"))
    try:
        root = folder / "root"
        tools.run(
            ["nice", "debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", str(root), _MIRROR],
            "check the network and that this is root on a machine that allows mknod and chroot",
            timeout_s=1800,
        )
        (root / "etc/apt/sources.list").write_text(_SOURCES, "utf-8")
        shutil.rmtree(root / "var/cache/apt/archives", ignore_errors=True)
        unfinished = file.with_suffix(".new")
        tools.run(["nice", "tar", "-C", str(root), "--numeric-owner", "-cf", str(unfinished), "."], "df -h", timeout_s=600)
        os.replace(unfinished, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return file
