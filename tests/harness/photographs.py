"""Real photographs with labels, when they are at hand: the folder BORDERGATE_PHOTOS, or ../shared/anpr-dev."""

import csv
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.gate.places import PROGRAMS, ROOT

SURE = 0.9  # the checkpoint rule asks for 0.8; frames of a camera differ a little from the file
_AT_ONCE = 10
# Motorcycles are photographed too.
_OF_A_TRUCK = {"VN": re.compile(r"\d\d[A-Z]{1,2}\d{4,5}"), "CN": re.compile(r"[^A-Z0-9][A-Z][A-Z0-9]{5}")}


@dataclass(frozen=True)
class Photograph:
    """A scene in which our own reader sees one plate, and reads it right and surely."""

    file: Path
    plate: str  # as it is labelled: letters, digits and Chinese characters only
    country: str


def folder() -> Path | None:
    """Where the photographs are; None when there are none."""
    found = Path(os.environ.get("BORDERGATE_PHOTOS") or ROOT.parent / "shared" / "anpr-dev")
    return found if (found / "labels.csv").is_file() else None


def read_right(where: Path, country: str, at_most: int) -> list[Photograph]:
    """The first scenes of a country that `camera read` reads as labelled."""
    with open(where / "labels.csv", encoding="utf-8", newline="") as file:
        labels = {
            str(where / row["file"]): row
            for row in csv.DictReader(file)
            if row["kind"] == "scene" and row["country"] == country and ";" not in row["plate"]
            and row["file"].endswith(".jpg") and _OF_A_TRUCK[country].fullmatch(row["plate"])
        }  # fmt: skip
    found: dict[str, Photograph] = {}
    files = list(labels)
    for begin in range(0, len(files), _AT_ONCE):
        command = [str(PROGRAMS / "camera"), "read", "--json", *files[begin : begin + _AT_ONCE]]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        for seen in map(json.loads, done.stdout.splitlines()):
            label = labels[seen["file"]]["plate"]
            sure = [read["plate"] for read in seen["reads"] if read["confidence"] >= SURE]
            if sure == [label] and len(seen["reads"]) == 1 and not seen["unsure"]:
                found.setdefault(label, Photograph(Path(seen["file"]), label, country))
        if len(found) >= at_most:
            break
    return list(found.values())[:at_most]
