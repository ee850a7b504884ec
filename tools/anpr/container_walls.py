"""What the steel of a container adds to its paint: corrugation, rods, hinges, seals, castings, rust. All on float32 BGR."""

import cv2
import numpy as np

import damage


def rust(rng, image, h):
    H, W = image.shape[:2]
    if rng.random() < 0.4:
        field = damage.smooth_noise(rng, H, W, rng.choice([6, 14, 30, 60]))
        a = np.clip((field - rng.uniform(0.6, 0.92)) * rng.uniform(2, 8), 0, 1) * rng.uniform(0.2, 0.9)
        tone = np.array([rng.uniform(10, 50), rng.uniform(30, 75), rng.uniform(70, 130)], np.float32)
        image = image * (1 - a[..., None]) + tone * a[..., None]
    for _ in range(rng.choice([0, 0, 1, 3, 6])):  # streaks that run down
        x, y = rng.uniform(0, W), rng.uniform(0, H)
        length, w = rng.uniform(0.5, 6) * h, max(1, int(rng.uniform(0.03, 0.2) * h))
        y1, x0 = int(min(H, y + length)), int(min(max(0, x), W - 1))
        part = image[int(y):y1, x0:x0 + w]
        if part.size:
            fade = np.linspace(rng.uniform(0.2, 0.7), 0, part.shape[0], dtype=np.float32)[:, None, None]
            part += (np.array([25, 50, 95], np.float32) - part) * fade
    if rng.random() < 0.35:
        n = np.random.default_rng(rng.getrandbits(32))
        for _ in range(rng.randint(1, 7)):  # scrapes
            p = (int(n.uniform(0, W)), int(n.uniform(0, H)))
            q = (int(p[0] + n.normal(0, 2 * h)), int(p[1] + n.normal(0, 0.7 * h)))
            cv2.line(image, p, q, tuple(float(v) for v in n.uniform(20, 230, 3)), max(1, int(h * rng.uniform(0.02, 0.08))),
                     cv2.LINE_AA)
    return image


def side(rng, image, h, numbers):
    """A corrugated wall: light falls on outer faces, flanks and inner faces differently, and from aslant what lies deeper is
    shifted."""
    H, W = image.shape[:2]
    if rng.random() < 0.12:
        return image  # a smooth wall: a reefer's, a tank's
    pitch = h * rng.uniform(1.9, 3.2)
    flank, outer = rng.uniform(0.15, 0.3), rng.uniform(0.22, 0.34)
    edges = np.cumsum([0, outer, flank, 1 - outer - 2 * flank, flank])
    x = (np.arange(W, dtype=np.float32) / pitch + rng.random()) % 1
    depth = np.interp(x, edges, [0, 0, 1, 1, 0]).astype(np.float32)
    slope = np.gradient(depth)
    slope /= max(float(np.abs(slope).max()), 1e-6)
    shade = 1 + rng.gauss(0, 0.22) * slope + rng.uniform(-0.25, 0.1) * depth
    slant = rng.gauss(0, 0.35) * 0.36 * h  # a wave is about a third of a character deep
    cols = np.clip(np.arange(W) + depth * slant, 0, W - 1).astype(np.float32)
    mid = float(np.mean(depth) * slant)
    if abs(slant) > 0.7:
        image = cv2.remap(image, np.tile(cols, (H, 1)), np.tile(np.arange(H, dtype=np.float32)[:, None], (1, W)),
                          cv2.INTER_LINEAR)
        for n in numbers:
            n.corners[:, 0] -= mid
    image = image * np.clip(shade, 0.3, 1.7)[None, :, None].astype(np.float32)
    if rng.random() < 0.3:  # the rail above or below
        t, y = int(rng.uniform(0.4, 1.2) * h), 0
        if rng.random() < 0.4:
            y = H - t
        if not any(_meets(n, 0, y, W, y + t) for n in numbers):
            image[y:y + t] = image[y:y + t] * 0.1 + image[:, :].mean((0, 1)) * rng.uniform(0.6, 1.2)
    return image


def _meets(number, x0, y0, x1, y1):
    c = number.corners
    return c[0][0] < x1 and c[1][0] > x0 and c[0][1] < y1 and c[2][1] > y0


def _gap_of(rng, number):
    """An x in the number that mostly lies between characters."""
    c = number.corners
    part = 0.40 if rng.random() < 0.7 else rng.uniform(0, 1)
    return c[0][0] + (c[1][0] - c[0][0]) * part


def _shaded_bar(image, x, w, tone, y0, y1):
    """A round upright bar."""
    H, W = image.shape[:2]
    a, b = int(max(0, x)), int(min(W, x + w))
    y0, y1 = int(max(0, y0)), int(min(H, y1))
    if b <= a or y1 <= y0:
        return
    t = (np.arange(a, b) - x + 0.5) / max(w, 1)
    profile = 0.45 + 0.75 * np.sin(np.clip(t, 0, 1) * np.pi) ** 0.7
    image[y0:y1, a:b] = tone[None, None] * profile[None, :, None]


def door(rng, image, h, numbers):
    """Doors: panels with wide shallow waves, the seam with its gasket, rods with brackets and handles, hinges, a header."""
    H, W = image.shape[:2]
    paint = np.median(image[::7, ::7].reshape(-1, 3), 0)
    for _ in range(rng.choice([0, 1, 2, 3])):  # shallow steps across
        y, t = rng.uniform(0, H), rng.uniform(0.1, 0.35) * h
        a, b = int(y), int(min(H, y + t))
        if b > a:
            image[a:b] *= rng.uniform(0.7, 1.2)
    if rng.random() < 0.5:  # the seam between the doors
        x, t = rng.uniform(-0.05, 1.0) * W, max(1, int(rng.uniform(0.08, 0.4) * h))
        if not any(_meets(n, x, 0, x + t, H) for n in numbers):
            image[:, int(max(0, x)):int(max(0, x)) + t] *= rng.uniform(0.1, 0.5)
    rods = max(1, int(W / h / rng.uniform(4, 9)))
    tone = paint * rng.uniform(0.7, 1.15) if rng.random() < 0.6 else np.array([rng.uniform(90, 220)] * 3, np.float32)
    for _ in range(rods):
        x, w = rng.uniform(0, W), h * rng.uniform(0.25, 0.5)
        hit = [n for n in numbers if _meets(n, x, 0, x + w, H)]
        if hit:
            if rng.random() > (0.04 if hit[0].layout == "two-line" else 0.12):
                continue  # numbers are mostly painted where no rod hides them
            w *= 0.6
            x = _gap_of(rng, hit[0]) - w / 2
        if rng.random() < 0.5:  # its shadow
            image[:, int(max(0, x + w)):int(max(0, x + w + rng.uniform(0.1, 0.5) * h))] *= rng.uniform(0.45, 0.85)
        _shaded_bar(image, x, w, np.asarray(tone, np.float32), 0, H)
        for _ in range(rng.randint(0, 3)):
            y = rng.uniform(0, H)
            if not any(_meets(n, x - h, y, x + w + h, y + h) for n in numbers):
                box(rng, image, x - rng.uniform(0.1, 0.8) * h, y, x + w + rng.uniform(0.1, 0.8) * h,
                    y + rng.uniform(0.2, 0.9) * h, tone)
    for _ in range(rng.choice([0, 1, 2, 4])):  # hinges, handles, plates, castings
        x, y = rng.uniform(0, W), rng.uniform(0, H)
        w, t = rng.uniform(0.5, 4) * h, rng.uniform(0.2, 2.0) * h
        if not any(_meets(n, x, y, x + w, y + t) for n in numbers):
            box(rng, image, x, y, x + w, y + t, paint * rng.uniform(0.5, 1.3) if rng.random() < 0.7 else
                np.array([rng.uniform(0, 255) for _ in range(3)]))
    if rng.random() < 0.2:
        placard(rng, image, h, numbers)
    return image


def box(rng, image, x0, y0, x1, y1, tone):
    p, q = (int(x0), int(y0)), (int(x1), int(y1))
    cv2.rectangle(image, p, q, tuple(float(v) for v in tone), -1)
    if rng.random() < 0.7:
        edge = tuple(float(v) for v in np.asarray(tone) * rng.uniform(0.3, 0.7))
        cv2.rectangle(image, p, q, edge, 1)


def placard(rng, image, h, numbers):
    """A danger label: a square on its corner."""
    H, W = image.shape[:2]
    r = rng.uniform(1.2, 1.9) * h
    x, y = rng.uniform(0, W), rng.uniform(0, H)
    if any(_meets(n, x - r, y - r, x + r, y + r) for n in numbers):
        return
    colour = rng.choice([(30, 30, 210), (40, 170, 230), (60, 140, 40), (240, 240, 240), (200, 110, 30)])
    points = np.array([[x, y - r], [x + r, y], [x, y + r], [x - r, y]], np.int32)
    cv2.fillPoly(image, [points], colour, cv2.LINE_AA)
    cv2.polylines(image, [points], True, (20, 20, 20), max(1, int(h * 0.06)), cv2.LINE_AA)
    cv2.putText(image, rng.choice("3896512"), (int(x - r * 0.2), int(y + r * 0.7)), 0, max(0.2, r / 40), (20, 20, 20),
                max(1, int(r / 14)), cv2.LINE_AA)
