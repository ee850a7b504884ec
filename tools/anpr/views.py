"""A plate as a camera sees it: on something, at an angle, at some height in pixels, damaged. And the cuts that the
nets are given, which services/camera/vision cuts in the same way (keep both in step).
"""

import dataclasses
import glob
import os

import cv2
import numpy as np

import damage
import plates

READER_SIZE = (160, 32)  # width, height
REFINER_SIZE = (128, 64)
REFINER_MARGIN = 0.25  # of the plate's width and height, on each side

PHOTO_GLOBS = ["/usr/share/doc/opencv-doc/**/*.jpg", "/usr/share/doc/opencv-doc/**/*.png",
               "/usr/share/backgrounds/**/*.jpg", "/usr/share/wallpapers/**/*.jpg"]
PHOTOS_MAX = int(os.environ.get("ANPR_PHOTOS_MAX", "260"))
_PHOTOS = []


def photos():
    """Pictures of Debian packages (README.md), as textures with no plate in them. May be empty."""
    if not _PHOTOS:
        paths = sorted({p for g in PHOTO_GLOBS for p in glob.glob(g, recursive=True)})
        seen = set()
        for p in paths:
            size = os.path.getsize(p)
            if size < 30000 or size in seen or any(w in p.lower() for w in ("licen", "plate", "car1", "cars")):
                continue
            seen.add(size)
            image = cv2.imread(p, cv2.IMREAD_REDUCED_COLOR_2 if size > 400000 else cv2.IMREAD_COLOR)
            if image is None or min(image.shape[:2]) < 200 or image.std() < 25:
                continue
            s = 900 / max(image.shape[:2])
            if s < 1:
                image = cv2.resize(image, None, fx=s, fy=s, interpolation=cv2.INTER_AREA)
            _PHOTOS.append(image)
            if len(_PHOTOS) >= PHOTOS_MAX:
                break
        _PHOTOS.append(np.full((300, 300, 3), 120, np.uint8))
    return _PHOTOS


def texture(rng, h, w):
    """A piece of the world, h x w."""
    r = rng.random()
    if r < 0.4 and len(photos()) > 1:
        p = rng.choice(photos())
        ch = max(8, int(p.shape[0] * rng.uniform(0.1, 0.9)))
        cw = max(8, min(p.shape[1], int(ch * w / h)))
        y, x = rng.randrange(p.shape[0] - ch + 1), rng.randrange(p.shape[1] - cw + 1)
        return cv2.resize(p[y:y + ch, x:x + cw], (w, h), interpolation=cv2.INTER_AREA)
    a = np.array([rng.uniform(0, 255) for _ in range(3)], np.float32)
    if rng.random() < 0.6:
        a[:] = a.mean() + np.array([rng.uniform(-12, 12) for _ in range(3)])
    b = a * rng.uniform(0.3, 1.2) + rng.uniform(-30, 30)
    t = damage.smooth_noise(rng, h, w, rng.choice([2, 3, 6, 16, 40]))[..., None]
    image = np.clip(a * t + b * (1 - t), 0, 255).astype(np.uint8)
    for _ in range(rng.choice([0, 0, 2, 6, 14])):  # grilles, seams, slots
        y = rng.randrange(h)
        cv2.line(image, (0, y), (w, int(y + rng.gauss(0, h * 0.04))), tuple(rng.uniform(0, 255) for _ in range(3)),
                 rng.choice([1, 1, 2, 3]), cv2.LINE_AA)
    return image


@dataclasses.dataclass
class View:
    image: np.ndarray  # BGR
    corners: np.ndarray  # 4x2 float32, clockwise from the plate's top left
    plate: plates.Plate


def project(rng, w, h, tilt=1.0):
    """Corners of a w x h plate turned in space and seen in perspective, about the origin, w kept roughly."""
    yaw = np.radians(rng.gauss(0, 17) * tilt)
    pitch = np.radians(rng.gauss(0, 11) * tilt)
    roll = np.radians(rng.gauss(0, 5 if rng.random() < 0.85 else 14) * tilt)
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    rot = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]]) @ np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]]) @ \
        np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    pts = np.array([[-w, -h, 0], [w, -h, 0], [w, h, 0], [-w, h, 0]], np.float64) / 2
    pts = pts @ rot.T
    d = w * rng.uniform(2.5, 10)
    pts = pts[:, :2] * (d / (d + pts[:, 2:3]))
    if rng.random() < 0.3:
        pts[:, 0] += pts[:, 1] * rng.gauss(0, 0.15) * tilt
    if rng.random() < 0.3:  # seen from the side and from above: the lines slope, the edges stay upright
        pts[:, 1] += pts[:, 0] * rng.gauss(0, 0.13) * tilt
    return pts.astype(np.float32)


def quad_height(c):
    return float((np.linalg.norm(c[3] - c[0]) + np.linalg.norm(c[2] - c[1])) / 2)


def quad_width(c):
    return float((np.linalg.norm(c[1] - c[0]) + np.linalg.norm(c[2] - c[3])) / 2)


def plate_height_pixels(rng, layout):
    """How high plates are in real pictures: mostly small. Two-line plates need twice the height for the same text."""
    p = float(np.exp(rng.gauss(np.log(25), 0.45)))
    p = min(max(p, 11.5), 90)
    return p * (1.75 if layout == "two-line" else 1.0)


def worn(rng, plate):
    image = plate.image
    if rng.random() < 0.3:
        image = damage.dirt(rng, image)
    if rng.random() < 0.1:
        image = damage.scratches(rng, image)
    if rng.random() < 0.12:
        image = damage.occlude(rng, image)
    if rng.random() < 0.15:
        image = damage.shine(rng, image)
    return image


def _tone(rng):
    """Paint, chrome, rubber: mostly grays."""
    v = rng.choice([rng.uniform(5, 60), rng.uniform(60, 180), rng.uniform(170, 255)])
    spread = rng.choice([4, 8, 60])
    return np.clip([v + rng.uniform(-spread, spread) for _ in range(3)], 0, 255).astype(np.float32)


def body(rng, h, w, x0, y0, x1, y1):
    """The rear or front of a vehicle around the box of its plate: panels, a recess, slots, edges near the plate's own."""
    ph, pw = y1 - y0, x1 - x0
    shade = np.linspace(rng.uniform(0.6, 1.2), rng.uniform(0.6, 1.2), h, dtype=np.float32)[:, None, None]
    image = np.empty((h, w, 3), np.float32)
    image[:] = _tone(rng)
    for _ in range(rng.randint(1, 4)):  # bumpers, lids, lights: boxes beside, above, below
        tone = tuple(float(v) for v in _tone(rng))
        if rng.random() < 0.6:
            y = rng.choice([y0 - rng.uniform(0.02, 1.0) * ph, y1 + rng.uniform(0.02, 1.0) * ph])
            a, b = ((-9, int(y)) if y < y0 else (int(y), h + 9))
            slope = rng.gauss(0, 0.03) * w
            cv2.fillConvexPoly(image, np.array([[-9, a], [w + 9, a + slope], [w + 9, b + slope], [-9, b]], np.int32), tone)
        else:
            x = rng.choice([x0 - rng.uniform(0.02, 0.5) * pw, x1 + rng.uniform(0.02, 0.5) * pw])
            a, b = ((-9, int(x)) if x < x0 else (int(x), w + 9))
            slope = rng.gauss(0, 0.3) * ph
            cv2.fillConvexPoly(image, np.array([[a, -9], [b, -9], [b + slope, h + 9], [a + slope, h + 9]], np.int32), tone)
    if rng.random() < 0.3:  # a grille
        pitch, thick = ph * rng.uniform(0.08, 0.3), max(1, int(ph * rng.uniform(0.02, 0.08)))
        tone = tuple(float(v) for v in _tone(rng))
        upright = rng.random() < 0.4
        for i in range(int(max(h, w) / pitch) + 1):
            at = int(i * pitch)
            cv2.line(image, *(((at, 0), (at, h)) if upright else ((0, at), (w, at))), tone, thick)
    if rng.random() < 0.55:  # the recess that the plate stands in, darker at its top
        l, r = (rng.uniform(0.0, 0.35) * pw for _ in range(2))
        if rng.random() < 0.5:
            r = l * rng.uniform(0.8, 1.2)
        t, b = rng.uniform(0.0, 0.5) * ph, rng.uniform(0.0, 0.4) * ph
        tone = tuple(float(v) for v in _tone(rng))
        lean = rng.uniform(-0.1, 0.2) * ph
        box = np.array([[x0 - l - lean, y0 - t], [x1 + r + lean, y0 - t], [x1 + r, y1 + b], [x0 - l, y1 + b]], np.int32)
        cv2.fillConvexPoly(image, box, tone, cv2.LINE_AA)
        if rng.random() < 0.5:
            cv2.polylines(image, [box], True, tuple(float(v) for v in _tone(rng)), max(1, int(ph * 0.03)), cv2.LINE_AA)
    image *= shade
    if rng.random() < 0.4:  # the plate's own shadow
        d = int(ph * rng.uniform(0.03, 0.15))
        image[max(0, y1):y1 + d, max(0, x0):x1] *= rng.uniform(0.3, 0.8)
    image += cv2.resize(np.random.default_rng(rng.getrandbits(32)).standard_normal((6, 12, 1), np.float32), (w, h),
                        interpolation=cv2.INTER_CUBIC)[..., None] * rng.uniform(0, 18)
    return np.clip(image, 0, 255).astype(np.uint8)


def mount(rng, plate, margin):
    """The plate on its surroundings: returns the picture and the offset of the plate's top left corner."""
    h, w = plate.image.shape[:2]
    m = int(margin * h) + 2
    my, mx = m, int(m * 1.2)
    if rng.random() < 0.6:
        base = body(rng, h + 2 * my, w + 2 * mx, mx, my, mx + w, my + h)
    else:
        base = texture(rng, h + 2 * my, w + 2 * mx)
    if rng.random() < 0.35:  # holder, chrome or black
        t = max(1, int(h * rng.uniform(0.02, 0.12)))
        tone = rng.choice([rng.uniform(0, 50), rng.uniform(150, 250), rng.uniform(0, 255)])
        c = tuple(tone + rng.uniform(-10, 10) for _ in range(3))
        cv2.rectangle(base, (mx - t, my - t), (mx + w + t - 1, my + h + t - 1), c, -1)
        if rng.random() < 0.4:
            cv2.rectangle(base, (mx - t, my - t), (mx + w + t - 1, my + h + t - 1), (tone * 0.6,) * 3, 1)
    if rng.random() < 0.2:  # a dealer's name under or above the plate
        t = max(3, int(h * rng.uniform(0.10, 0.26)))
        below = rng.random() < 0.75
        y0 = my + h if below else my - t
        tone = rng.choice([rng.uniform(0, 60), rng.uniform(150, 250)])
        cv2.rectangle(base, (mx, y0), (mx + w - 1, y0 + t - 1), (tone,) * 3, -1)
        words = " ".join("".join(rng.choice("ABCDEHMNOST0123456789-") for _ in range(rng.randint(2, 8))) for _ in range(3))
        cv2.putText(base, words, (mx + int(w * rng.uniform(0, 0.2)), y0 + int(t * 0.85)), rng.choice([0, 2]),
                    max(0.15, t / 30), (255 - tone,) * 3, 1, cv2.LINE_AA)
    image = worn(rng, plate)
    a = plate.mask[..., None]
    region = base[my:my + h, mx:mx + w]
    region[:] = (image * a + region * (1 - a)).astype(np.uint8)
    return base, mx, my


def view(rng, margin=0.6, country=None, height=None, tilt=1.0):
    """One plate seen by a camera, in a picture little larger than the plate."""
    seen = {}
    over = rng.uniform(1.0, 1.6)

    def drawn_height(layout):
        seen["p"] = height or plate_height_pixels(rng, layout)
        return float(np.clip(seen["p"] * over, 24, 150))

    plate = plates.draw_plate(rng, drawn_height, country)
    p = seen["p"]
    base, mx, my = mount(rng, plate, margin)
    ph, pw = plate.image.shape[:2]
    c = project(rng, pw, ph, tilt)
    c *= p / quad_height(c)
    src = np.array([[mx, my], [mx + pw, my], [mx + pw, my + ph], [mx, my + ph]], np.float32)
    hom = cv2.getPerspectiveTransform(src, c)
    pad = quad_height(c) * (margin * 0.6 + 0.05)
    low, high = c.min(0) - pad, c.max(0) + pad
    shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    size = tuple(int(np.ceil(v)) for v in high - low)
    image = cv2.warpPerspective(base, shift @ hom, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    image = damage.light(rng, image)
    image = damage.blur(rng, image, p * (0.42 if plate.layout == "two-line" else 0.7))
    image = damage.sensor(rng, image)
    return View(image, (c - low).astype(np.float32), plate)


def jitter(rng, corners, amount):
    """Corners as a detector would give them: each off by about `amount` of the plate's height, and a common bias."""
    h, w = quad_height(corners), quad_width(corners)
    out = corners + np.array([[rng.gauss(0, amount), rng.gauss(0, amount)] for _ in range(4)], np.float32) * h
    centre = out.mean(0)
    grow = np.array([1 + rng.uniform(-0.5, 1.2) * amount * 2 * h / w, 1 + rng.uniform(-0.5, 1.2) * amount * 2], np.float32)
    return ((out - centre) * grow + centre).astype(np.float32)


def shift_edges(rng, corners, amount):
    """Each edge off by about `amount` of the plate's height as a whole, as a refiner errs; across twice as much as up."""
    out = np.array(corners, np.float32)
    along = (out[1] + out[2] - out[0] - out[3]) / 2
    along /= max(1e-6, float(np.linalg.norm(along)))
    down = (out[2] + out[3] - out[0] - out[1]) / 2
    down /= max(1e-6, float(np.linalg.norm(down)))
    h = quad_height(out)
    for pair, direction, part in (((0, 3), along, 1.0), ((1, 2), along, 1.0), ((0, 1), down, 0.5), ((3, 2), down, 0.5)):
        move = direction * rng.gauss(0, amount * part) * h
        for i in pair:
            out[i] += move
    return out


# ------------------------------------------------------------------------------------------- cuts, as in the C++ code


def rectify(image, corners, size, margin=0.0):
    """The plate, upright, size = (width, height); with a margin (part of its width and height) around it."""
    w, h = size
    mx, my = w * margin / (1 + 2 * margin), h * margin / (1 + 2 * margin)
    corners = np.asarray(corners, np.float32)
    # A large plate is first made small by areas, or thin strokes would fall between the samples.
    scale = min(quad_height(corners) / (h - 2 * my), quad_width(corners) / (w - 2 * mx))
    if scale > 2.0:
        f = 1.5 / scale
        low = np.floor(np.maximum(corners.min(0) - 0.3 * quad_height(corners), 0)).astype(int)
        high = np.ceil(np.minimum(corners.max(0) + 0.3 * quad_height(corners), image.shape[1::-1])).astype(int)
        if (high - low).min() > 4:
            image = image[low[1]:high[1], low[0]:high[0]]
            small = cv2.resize(image, None, fx=f, fy=f, interpolation=cv2.INTER_AREA)
            fx, fy = small.shape[1] / image.shape[1], small.shape[0] / image.shape[0]
            corners = ((corners - low + 0.5) * [fx, fy] - 0.5).astype(np.float32)
            image = small
    dst = np.array([[mx, my], [w - mx, my], [w - mx, h - my], [mx, h - my]], np.float32) - 0.5
    hom = cv2.getPerspectiveTransform(corners, dst)
    return cv2.warpPerspective(image, hom, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


# Two-line plates: which part of the height each line is cut from. Vietnam's lines are equal; China's are 60 and 110 mm.
CUTS = {"one-line": None, "even": ((0.0, 0.53), (0.47, 1.0)), "china": ((0.0, 0.42), (0.35, 1.0))}


def reader_cut(image, corners, cut, size=READER_SIZE):
    """The reader's picture: gray, 32 x 160 (or `size`); two lines are cut apart and joined left to right."""
    w, h = size
    if CUTS[cut] is None:
        out = rectify(image, corners, (w, h))
    else:
        whole = rectify(image, corners, (w // 2, 96))
        halves = []
        for low, high in CUTS[cut]:
            part = whole[int(round(low * 96)):int(round(high * 96))]
            halves.append(cv2.resize(part, (w // 2, h), interpolation=cv2.INTER_AREA))
        out = np.hstack(halves)
    return cv2.cvtColor(out, cv2.COLOR_BGR2GRAY)


def normalise(gray):
    f = gray.astype(np.float32)
    return (f - f.mean()) / (f.std() + 4.0)


def cut_of(plate):
    if plate.layout == "one-line":
        return "one-line"
    return "even" if plate.country == "VN" else "china"


def reader_sample(rng):
    v = view(rng)
    corners = jitter(rng, v.corners, rng.choice([0.015, 0.03, 0.045]))
    corners = shift_edges(rng, corners, rng.choice([0.0, 0.04, 0.09]))
    if rng.random() < 0.12:  # one corner far off, as where a frame or a shadow was taken for the plate's edge
        corners[rng.randrange(4)] += np.array([rng.gauss(0, 0.12), rng.gauss(0, 0.06)], np.float32) * quad_height(corners)
    return reader_cut(v.image, corners, cut_of(v.plate)), v.plate


if __name__ == "__main__":  # a sheet to look at
    import random
    import sys
    import time
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    photos()
    start = time.time()
    samples = [reader_sample(rng) for _ in range(192)]
    print("ms a sample", (time.time() - start) / 192 * 1e3, samples[0][1].text, len(photos()))
    rows = [np.hstack([np.pad(g, 2) for g, _ in samples[i:i + 8]]) for i in range(0, 192, 8)]
    cv2.imwrite("/tmp/reader.png", np.vstack(rows))
