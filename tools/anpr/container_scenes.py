"""Whole pictures for the detector of container numbers: yards and streets with containers, and with much that is none. Composed at
twice the net's size, as scenes.py does.
"""

import cv2
import numpy as np

import containers
import damage
import scenes
import views

NUMBER_ROOM = 15.0  # the widest number, in character heights
LINE_MIN = 3.6  # lower lines, in pixels of the net's picture, are not asked for


def _panel(rng, line, W, H, empty):
    """A container's end or side with a number, at about `line` pixels a character."""
    door = rng.random() < 0.55
    width = rng.uniform(18, 27) if door else rng.uniform(24, 70)
    width = max(NUMBER_ROOM + 2, min(width, 1.4 * W / line))
    height = max(6.0, min(rng.uniform(17, 28), 1.4 * H / line))
    h = float(np.clip(line * rng.uniform(1.0, 1.25), 10, 56))
    at = None
    if not empty:
        x = rng.uniform(0.8, max(0.9, width - NUMBER_ROOM))
        y = rng.uniform(1.0, max(1.1, (height - 3.5) * (0.45 if rng.random() < 0.8 else 1.0)))
        at = (x, y)
    panel = containers.draw_panel(rng, h, width, height, at, True, door)
    if rng.random() < 0.7:  # posts and rails at its edges
        tone = panel.image.reshape(-1, 3)[::97].mean(0) * rng.uniform(0.5, 1.15)
        t = max(1, int(rng.uniform(0.3, 0.75) * h))
        cv2.rectangle(panel.image, (0, 0), (panel.image.shape[1] - 1, panel.image.shape[0] - 1), tone.tolist(), t)
    if rng.random() < 0.2:
        panel.image = damage.dirt(rng, panel.image)
    return panel, h


def _under(rng, image, low_left, low_right, down):
    """What carries the container: frame, bumper, lamps, wheels, a plate or none."""
    across = low_right - low_left
    depth = down * rng.uniform(0.05, 0.25)
    scenes._poly(image, np.array([low_left, low_right, low_right + depth, low_left + depth]), scenes._tone(rng, 0, 70))
    for _ in range(rng.randint(0, 4)):
        p = low_left + across * rng.random() + depth * rng.uniform(0.3, 1.2)
        r = max(2, int(np.linalg.norm(depth) * rng.uniform(0.3, 0.9)))
        cv2.ellipse(image, tuple(int(v) for v in p), (r, int(r * rng.uniform(0.6, 1.0))), 0, 0, 360, scenes._tone(rng, 0, 50), -1,
                    cv2.LINE_AA)
    if rng.random() < 0.5:
        p = low_left + across * rng.uniform(0.2, 0.8) + depth * rng.uniform(0.4, 0.9)
        pw = float(np.clip(np.linalg.norm(across) * rng.uniform(0.1, 0.25), 18, 300))
        scenes.put_plate(rng, image, float(p[0]), float(p[1]), pw, None, 0.5)


def put_container(rng, image, line, empty=False):
    """Draws a container with its number somewhere in the picture; returns [corners, number] of those on it."""
    H, W = image.shape[:2]
    panel, h = _panel(rng, line, W, H, empty)
    ph, pw = panel.image.shape[:2]
    c = views.project(rng, pw, ph, rng.choice([0.4, 0.8, 1.1]))
    edges = np.array([[0, 0], [pw, 0], [pw, ph], [0, ph]], np.float32) - 0.5
    quad = panel.numbers[0].corners if panel.numbers else edges * 0.3 + [pw * 0.3, ph * 0.2]
    quad = quad.astype(np.float32)

    def seen(c):
        return cv2.perspectiveTransform(quad[None], cv2.getPerspectiveTransform(edges, c.astype(np.float32)))[0]

    c *= line / h * (quad[3][1] - quad[0][1]) / max(1e-3, views.quad_height(seen(c)))
    q = seen(c)
    half = (q.max(0) - q.min(0)) / 2
    if rng.random() < 0.93:
        place = [rng.uniform(min(half[i] + 2, s / 2), max(s - half[i] - 2, s / 2)) for i, s in enumerate((W, H))]
    else:
        place = [rng.uniform(0, W), rng.uniform(0, H)]
    c += np.array(place, np.float32) - (q.max(0) + q.min(0)) / 2
    if rng.random() < 0.7:
        _under(rng, image, c[3], c[2], (c[3] - c[0]))
    hom = cv2.getPerspectiveTransform(edges, c.astype(np.float32))
    mask = np.zeros((H, W), np.uint8)
    cv2.fillConvexPoly(mask, np.int32(np.round(c * 16)), 255, cv2.LINE_AA, 4)
    seen_panel = cv2.warpPerspective(panel.image, hom, (W, H), borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.3:
        seen_panel = np.clip(seen_panel * rng.uniform(0.5, 1.2), 0, 255).astype(np.uint8)
    a = (mask.astype(np.float32) / 255)[..., None]
    image[:] = (seen_panel * a + image * (1 - a)).astype(np.uint8)
    return [[seen(c), n] for n in panel.numbers]


def _vehicle(rng, image):
    """A car or a truck with a plate, without a container."""
    H, W = image.shape[:2]
    pw = float(np.exp(rng.uniform(np.log(24), np.log(W * 0.2))))
    cx, cy = rng.uniform(0.06, 0.94) * W, rng.uniform(0.3, 0.94) * H
    layout = 0 if rng.random() < 0.6 else 1
    rng.choice([scenes.car, scenes.truck, scenes.truck])(rng, image, cx, cy, pw, layout)
    scenes.put_plate(rng, image, cx, cy, pw, None, 0.7)


def compose(rng, W, H, lines):
    """A picture without a camera's faults; lists of [corners, number, -, whether something hides it]."""
    image = scenes.background(rng, W, H)
    for _ in range(rng.choice([0, 0, 1, 3, 5])):
        scenes.decoy(rng, image)
    for _ in range(rng.choice([0, 0, 1, 2])):
        _vehicle(rng, image)
    count = rng.choices([0, 1, 2], [0.16, 0.66, 0.18])[0]
    found = []
    for _ in range(count):
        line = float(np.exp(rng.uniform(*np.log(lines))))
        new = put_container(rng, image, line, rng.random() < 0.1)
        for other in found:  # what something now stands before is not asked for
            if not other[3] and np.abs(scenes._patch(image, other[0]) - other[2]).mean() > 2.5:
                other[3] = True
        found += [[corners, number, scenes._patch(image, corners), False] for corners, number in new]
    return image, found


def line_of(corners, layout):
    """Height of a line in pixels, from the corners of a number."""
    return views.quad_height(corners) / (2.85 if layout == "two-line" else 1.5)


def scene(rng, shape=None):
    """A picture of one of scenes.SHAPES; layouts 0 one-line, 1 two-line."""
    w, h = shape or rng.choice(scenes.SHAPES)
    image, found = compose(rng, 2 * w, 2 * h, (9, 50))
    image = damage.light(rng, image)
    image = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        image = damage.blur(rng, image, rng.uniform(2, 12))
    image = damage.sensor(rng, image)
    good, bad, layouts = [], [], []
    for corners, number, _, hidden in found:
        c = corners / 2
        inside = (c > -2).all() and (c[:, 0] < w + 2).all() and (c[:, 1] < h + 2).all()
        if hidden or not inside or line_of(c, number.layout) < LINE_MIN:
            bad.append(c)
        else:
            good.append(c)
            layouts.append(int(number.layout == "two-line"))
    return scenes.Scene(image, np.array(good, np.float32).reshape(-1, 4, 2), layouts,
                        np.array(bad, np.float32).reshape(-1, 4, 2))


if __name__ == "__main__":  # a sheet to look at
    import random
    import sys
    import time
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    views.photos()
    scene(rng)
    start = time.time()
    drawn = [scene(rng, (512, 320)) for _ in range(16)]
    print("ms a scene", (time.time() - start) / 16 * 1e3)
    for s in drawn:
        for c, k in zip(s.corners, s.layouts):
            cv2.polylines(s.image, [np.int32(c)], True, (0, 255, 0) if k else (0, 0, 255), 1)
        for c in s.ignore:
            cv2.polylines(s.image, [np.int32(c)], True, (0, 255, 255), 1)
    cv2.imwrite("/tmp/container_scenes.png", np.vstack([np.hstack([s.image for s in drawn[i:i + 3]]) for i in range(0, 15, 3)]))
