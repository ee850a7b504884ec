"""The development pictures made harder: what evaluate.py --robust measures. A hundred scenes say little about a thousand others;
the same scenes, darker, smaller, blurred, tilted, say more. Every way is fixed: the same picture gives the same harder one.
"""

import csv
import os
import random
import zlib

import cv2
import numpy as np


def _noise(image, spread, seed):
    n = np.random.default_rng(seed).standard_normal(image.shape, np.float32)
    return np.clip(image + n * spread, 0, 255).astype(np.uint8)


def _dark(image, seed, part=0.22):
    return _noise(image.astype(np.float32) * part, 4.0, seed)


def _headlights(image, seed):
    """Night, and two lamps that dazzle the camera."""
    h, w = image.shape[:2]
    f = image.astype(np.float32) * 0.4
    rng = random.Random(seed)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y, apart, size = rng.uniform(0.2, 0.5) * w, rng.uniform(0.3, 0.6) * h, rng.uniform(0.25, 0.4) * w, 0.10 * w
    for cx in (x, x + apart):
        d = ((xx - cx) ** 2 + (yy - y) ** 2) / (2 * size * size)
        f += (np.exp(-d) * 170 + np.exp(-d * 25) * 255)[..., None]
    return _noise(f + 12, 5.0, seed)


def _shear(image, part, turn=0.0):
    h, w = image.shape[:2]
    m = np.array([[1, part, 0], [turn, 1, 0]], np.float32)
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32) @ m[:, :2].T
    low, high = corners.min(0), corners.max(0)
    m[:, 2] = -low
    return cv2.warpAffine(image, m, tuple(int(v) for v in np.ceil(high - low)), borderMode=cv2.BORDER_REPLICATE)


def _turned(image, degrees):
    h, w = image.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    return cv2.warpAffine(image, m, (w, h), borderMode=cv2.BORDER_REPLICATE)


def _jpeg(image, quality):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def _scaled(image, factor):
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(image, None, fx=factor, fy=factor, interpolation=way)


def _gray(image):
    return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)


def _bright(image):
    return np.clip(image.astype(np.float32) * 1.5 + 45, 0, 255).astype(np.uint8)


def _flat(image):
    """Mist, or a dirty window before the camera."""
    return (image.astype(np.float32) * 0.35 + 115).astype(np.uint8)


WAYS = {
    "as it is": lambda image, seed: image,
    "dark": lambda image, seed: _jpeg(_dark(image, seed), 80),
    "headlights": lambda image, seed: _jpeg(_headlights(image, seed), 80),
    "noise": lambda image, seed: _noise(image, 16, seed),
    "out of focus": lambda image, seed: cv2.GaussianBlur(image, (0, 0), 1.5),
    "moving": lambda image, seed: cv2.blur(image, (6, 1)),
    "JPEG 25": lambda image, seed: _jpeg(image, 25),
    "0.6 times": lambda image, seed: _scaled(image, 0.6),
    "1.5 times": lambda image, seed: _scaled(image, 1.5),
    "gray": lambda image, seed: _gray(image),
    "leaning": lambda image, seed: _shear(image, random.Random(seed).choice([-0.2, 0.2])),
    "turned": lambda image, seed: _turned(image, random.Random(seed).choice([-9, 9])),
    "aslant": lambda image, seed: _shear(image, 0.0, random.Random(seed).choice([-0.15, 0.15])),
    "bright": lambda image, seed: _bright(image),
    "mist": lambda image, seed: _flat(image),
}


def make(rows, source, folder, ways):
    """Writes every picture of `rows` in each of `ways` under `folder`, where not yet there: rows with a further column "way"."""
    out = []
    for row in rows:
        seed = zlib.crc32(row["file"].encode())
        image = None
        for way in ways:
            name = os.path.join(way.replace(" ", "_"), os.path.basename(row["file"]).rsplit(".", 1)[0] + ".png")
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                image = cv2.imread(os.path.join(source, row["file"])) if image is None else image
                cv2.imwrite(path, WAYS[way](image, seed), [cv2.IMWRITE_PNG_COMPRESSION, 1])
            out.append({**row, "file": name, "way": way, "original": os.path.basename(row["file"])})
    return out


def table(results):
    """One line a way: plates read exactly, of each kind, and pictures with a wrong sure plate."""
    kinds = {"VN one-line": ("VN", "one-line", "scene"), "VN two-line": ("VN", "two-line", "scene"),
             "CN": ("CN", "one-line", "scene"), "CN crops": ("CN", "one-line", "crop")}
    lines = ["| way | " + " | ".join(kinds) + " | right but unsure | wrong sure | unsure and wrong |", "| --- " * (len(kinds) + 4) + "|"]
    for way in (*WAYS, "all"):
        group = [r for r in results if way in (r["row"]["way"], "all")]
        if not group:
            continue
        cells = []
        for kind in kinds.values():
            mine = [r for r in group if (r["row"]["country"], r["row"]["layout"], r["row"]["kind"]) == kind]
            plates, exact = sum(len(r["row"]["plate"].split(";")) for r in mine), sum(len(r["exact"]) for r in mine)
            cells.append((f"{100 * exact / plates:.1f} %" if way == "all" else f"{exact} of {plates}") if plates else "")
        wrong = sum(bool(r["wrong"]) for r in group)
        lines.append(f"| {way} | " + " | ".join(cells) + f" | {sum(len(r['unsure']) for r in group)} | {wrong} of {len(group)} | "
                     f"{sum(bool(r['unsure wrong']) for r in group)} |")
    return "\n".join(lines)


def held_out(rows):
    """Scenes, and the crops that train_reader.py does not train on."""
    return [r for r in rows if r["kind"] == "scene" or (r["country"] == "CN" and random.Random(r["file"]).random() < 0.15)]


if __name__ == "__main__":  # a sheet to look at: harder.py LABELS
    import sys
    with open(sys.argv[1], encoding="utf-8") as f:
        some = [r for r in csv.DictReader(f) if r["kind"] == "scene"][::12]
    sheet = []
    for r in some:
        picture = cv2.imread(os.path.join(os.path.dirname(sys.argv[1]), r["file"]))
        sheet.append(np.hstack([cv2.resize(change(picture, 1), (240, 180)) for change in WAYS.values()]))
    cv2.imwrite("/tmp/harder.png", np.vstack(sheet))
