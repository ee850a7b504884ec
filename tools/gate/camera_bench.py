"""What reading plates costs on one core, beside decoding alone and beside tesseract on the same pictures."""

import json
import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tools.gate import tools
from tools.gate.places import BUILD

# A folder of labelled photographs, when there is one; the pictures of the simulated lanes are always measured.
PHOTOGRAPHS = "BORDERGATE_ANPR_DEV"
_TESSERACT_PICTURES = 8


def measure() -> list[dict[str, Any]]:
    program = BUILD / "bin" / "camera_bench"
    with tempfile.TemporaryDirectory(prefix="bordergate-bench-") as folder:
        command = [str(program), str(BUILD / "share" / "camera" / "models"), folder]
        photographs = os.environ.get(PHOTOGRAPHS, "")
        if photographs:
            command.append(str(Path(photographs) / "images"))
        output = tools.run(command, f"run it by hand: {' '.join(command)}", timeout_s=600)
        rows: list[dict[str, Any]] = json.loads(output)["rows"]
        return rows + [tesseract(sorted(Path(folder).glob("*.jpg"))[:_TESSERACT_PICTURES])]


def tesseract(pictures: list[Path]) -> dict[str, Any]:
    """The general text reader, one process a picture as it is used, on one core."""
    if shutil.which("tesseract") is None:
        return {"case": "tesseract: not installed, so not measured"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for picture in pictures:
        subprocess.run(["tesseract", str(picture), "stdout", "--psm", "11"], capture_output=True, check=False,
                       env={**os.environ, "OMP_THREAD_LIMIT": "1"})  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"case": "lane: tesseract (for scale)", "pictures": len(pictures),
            "CPU ms a picture": 1000 * cpu_s / len(pictures), "pictures/s a core": len(pictures) / cpu_s}  # fmt: skip
