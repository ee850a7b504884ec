"""Frames of one vehicle that comes to a stop, made of the development scenes: what evaluate.py --sequences measures.

In the first frames it comes nearer and its plate smears along its way; in the last it stands. What lies over the pictures of one
vehicle (KINDS) stays the same from frame to frame, its chance does not: noise is new, and whatever hides a part of the plate moves on.
"""

import os
import random
import zlib

import cv2
import numpy as np

import harder

FRAMES = 8
_ROLLING = 5  # of them, before it stands


def _nearer(image, corners, scale):
    """The vehicle as it is from further off: smaller, around the middle of the picture."""
    h, w = image.shape[:2]
    m = np.array([[scale, 0, w / 2 * (1 - scale)], [0, scale, h / 2 * (1 - scale)]], np.float32)
    moved = cv2.warpAffine(image, m, (w, h), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT_101)
    return moved, [points @ m[:, :2].T + m[:, 2] for points in corners]


def _smeared(image, length, degrees):
    """Motion blur of so many pixels in a direction."""
    if length < 1.5:
        return image
    size = int(length) | 1
    kernel = np.zeros((size, size), np.float32)
    kernel[size // 2] = 1
    turn = cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), degrees, 1)
    kernel = cv2.warpAffine(kernel, turn, (size, size))
    return cv2.filter2D(image, -1, kernel / kernel.sum())


def _hidden(image, corners, step):
    """A post, a cable or somebody's arm before the plate, from left to right as the frames go on."""
    out = image.copy()
    for points in corners:
        left, right = points[:, 0].min(), points[:, 0].max()
        top, bottom = points[:, 1].min(), points[:, 1].max()
        x = left + (right - left) * (0.08 + 0.84 * step)
        half = (right - left) * 0.055
        cv2.line(out, (int(x - half), int(top - 40)), (int(x + half), int(bottom + 40)), (70, 74, 78), max(1, int(2 * half)))
    return out


def _night(image, seed):
    return harder._headlights(image, seed)  # pylint: disable=protected-access


def _dusk(image, seed):
    return harder._dark(image, seed, 0.16)  # pylint: disable=protected-access


KINDS = {
    "rolling in": lambda image, corners, step, seed: harder._noise(image, 6, seed),  # pylint: disable=protected-access
    "headlights": lambda image, corners, step, seed: _night(image, seed),
    "dusk": lambda image, corners, step, seed: _dusk(image, seed),
    "partly hidden": lambda image, corners, step, seed: _hidden(image, corners, step),
}


def frames(image, corners, kind, seed):
    """The frames of one vehicle, oldest first."""
    rng = random.Random(seed)
    plate_px = max(p[:, 0].max() - p[:, 0].min() for p in corners)
    smear, way, drift = plate_px * rng.uniform(0.02, 0.05), rng.uniform(60, 120), rng.uniform(-0.01, 0.01)
    for number in range(FRAMES):
        rest = max(0.0, 1 - number / _ROLLING)  # 1 far off, 0 standing
        picture, points = _nearer(image, corners, 1 - 0.3 * rest - abs(drift) * rng.random())
        picture = _smeared(picture, smear * (1 if rest else 0), way)
        # Lamps stand still; noise does not: the seed of the place is the vehicle's, that of the noise the frame's.
        picture = KINDS[kind](picture, points, number / (FRAMES - 1), seed if kind == "headlights" else seed + number)
        yield harder._jpeg(picture, rng.choice([60, 75, 85]))  # pylint: disable=protected-access


def make(rows, answers, source, folder):
    """Writes the frames of every scene in each kind under `folder`, where not yet there: rows with "sequence" and "frames".

    answers  what `camera read` says of the scenes: where their plates stand
    """
    out = []
    for row in rows:
        base = os.path.basename(row["file"])
        corners = [np.array(read["corners"], np.float32) for read in answers[row["file"]]["reads"]]
        if not corners:
            continue
        image = None
        for kind in KINDS:
            place = os.path.join(folder, kind.replace(" ", "_"), base.rsplit(".", 1)[0])
            names = [os.path.join(place, f"{number}.jpg") for number in range(FRAMES)]
            if not all(os.path.exists(name) for name in names):
                os.makedirs(place, exist_ok=True)
                image = cv2.imread(os.path.join(source, row["file"])) if image is None else image
                for name, picture in zip(names, frames(image, corners, kind, zlib.crc32((base + kind).encode()) % 2**31)):
                    cv2.imwrite(name, picture, [cv2.IMWRITE_JPEG_QUALITY, 95])
            out.append({**row, "sequence": kind, "frames": names, "original": base})
    return out
