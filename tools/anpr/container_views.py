"""A container's number as a camera sees it, and the reader's picture of it (services/camera/vision cuts in the same way)."""

import dataclasses

import cv2
import numpy as np

import containers
import damage
import views

READER_SIZE = (256, 32)  # width, height
CUTS = {"one-line": "one-line", "two-line": "even"}  # of views.CUTS


@dataclasses.dataclass
class View:
    image: np.ndarray  # BGR
    corners: np.ndarray  # 4 x 2 float32, with the margin of containers.py
    number: containers.Number
    line: float  # height of a line in the picture, pixels


def line_height(rng):
    return float(np.clip(np.exp(rng.gauss(np.log(19), 0.45)), 8.5, 62))


def view(rng, line=None, tilt=1.0):
    """One number in a picture little larger than it."""
    line = line or line_height(rng)
    h = float(np.clip(line * rng.uniform(1.0, 1.6), 18, 54))
    panel = containers.draw_panel(rng, h, rng.uniform(17, 20), rng.uniform(5.5, 7.5), (rng.uniform(0.7, 2.5),
                                                                                       rng.uniform(1.0, 2.2)),
                                  rich=rng.random() < 0.4)
    base, number = panel.image, panel.numbers[0]
    if rng.random() < 0.2:
        base = damage.dirt(rng, base)
    q = number.corners
    w, tall = q[1][0] - q[0][0], q[3][1] - q[0][1]
    c = views.project(rng, w, tall, tilt)
    c *= line / h * tall / views.quad_height(c)
    pad = line * rng.uniform(0.4, 1.0)
    low, high = c.min(0) - pad, c.max(0) + pad
    c -= low
    hom = cv2.getPerspectiveTransform(q, c.astype(np.float32))
    size = tuple(int(np.ceil(v)) for v in high - low)
    image = cv2.warpPerspective(base, hom, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    image = damage.light(rng, image)
    image = damage.blur(rng, image, line)
    image = damage.sensor(rng, image)
    return View(image, c.astype(np.float32), number, line)


def cut(image, corners, layout):
    return views.reader_cut(image, corners, CUTS[layout], READER_SIZE)


def reader_sample(rng):
    """Gray 32 x 256 with corners off as a detector's are, and the number."""
    v = view(rng)
    part = 1.0 if v.number.layout == "one-line" else 0.6
    corners = views.jitter(rng, v.corners, rng.choice([0.02, 0.05, 0.09]) * part)
    corners = views.shift_edges(rng, corners, rng.choice([0.0, 0.07, 0.15]) * part)
    return cut(v.image, corners, v.number.layout), v.number


if __name__ == "__main__":  # a sheet to look at
    import random
    import sys
    import time
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    start = time.time()
    samples = [reader_sample(rng) for _ in range(120)]
    print("ms a sample", (time.time() - start) / 120 * 1e3, samples[0][1].text)
    rows = [np.hstack([np.pad(g, 2) for g, _ in samples[i:i + 4]]) for i in range(0, 120, 4)]
    cv2.imwrite("/tmp/container_reader.png", np.vstack(rows))
