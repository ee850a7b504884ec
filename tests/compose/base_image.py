"""The base image, Debian 12 without a registry: made by debootstrap once a month, kept in the user's cache folder."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from tools.gate import tools

_AGE_MAX_S = 30 * 86400


def _take_over_sources(root: Path) -> None:
    """The image's packages come from where this machine's come from."""
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    for source in [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]:
        if source.exists():
            shutil.copy(source, root / source.relative_to("/"))


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
            ["nice", "debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", str(root)],
            "check the network and that this is root on a machine that allows mknod and chroot",
            timeout_s=1800,
        )
        _take_over_sources(root)
        shutil.rmtree(root / "var/cache/apt/archives", ignore_errors=True)
        unfinished = file.with_suffix(".new")
        tools.run(["nice", "tar", "-C", str(root), "--numeric-owner", "-cf", str(unfinished), "."], "df -h", timeout_s=600)
        os.replace(unfinished, file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return file
