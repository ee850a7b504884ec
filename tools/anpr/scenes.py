"""Whole pictures for the detector: streets of our own making, vehicles drawn around plates, and things that look like
plates and are none. Composed at twice the net's size and made small by areas, as a lens would.
"""

import dataclasses

import cv2
import numpy as np

import damage
import glyphs
import names
import plates
import views

SHAPES = [(512, 320), (512, 320), (448, 352), (320, 512)]  # width, height; as in the C++ code


@dataclasses.dataclass
class Scene:
    image: np.ndarray  # BGR, of one of SHAPES
    corners: np.ndarray  # n x 4 x 2
    layouts: list  # 0 one-line, 1 two-line
    ignore: np.ndarray  # m x 4 x 2: plates too small or too broken to ask for


def _tone(rng, low=0, high=255, tint=14):
    v = rng.uniform(low, high)
    return tuple(float(np.clip(v + rng.uniform(-tint, tint), 0, 255)) for _ in range(3))


def _paint(rng):
    r = rng.random()
    if r < 0.7:
        return _tone(rng, 10, 245, 10)
    return tuple(rng.uniform(10, 230) for _ in range(3))


def _box(image, x0, y0, x1, y1, colour, thickness=-1):
    cv2.rectangle(image, (int(x0), int(y0)), (int(x1), int(y1)), colour, thickness, cv2.LINE_AA)


def _poly(image, points, colour):
    cv2.fillPoly(image, [np.int32(np.round(points))], colour, cv2.LINE_AA)


def _gradient(rng, image, x0, y0, x1, y1, strength):
    h, w = image.shape[:2]
    x0, x1, y0, y1 = int(max(0, x0)), int(min(w, x1)), int(max(0, y0)), int(min(h, y1))
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    field = damage.smooth_noise(rng, y1 - y0, x1 - x0, rng.choice([2, 3, 6]), 1 - strength, 1 + strength)
    part = image[y0:y1, x0:x1]
    part[:] = np.clip(part * field[..., None], 0, 255).astype(np.uint8)


def background(rng, w, h):
    r = rng.random()
    if r < 0.45 and len(views.photos()) > 1:
        image = views.texture(rng, h, w)
        if rng.random() < 0.5:  # several pieces side by side, edges as in a street
            for _ in range(rng.randint(1, 5)):
                x0, y0 = rng.randrange(w), rng.randrange(h)
                x1, y1 = min(w, x0 + int(rng.uniform(0.1, 0.6) * w)), min(h, y0 + int(rng.uniform(0.1, 0.6) * h))
                if x1 - x0 > 8 and y1 - y0 > 8:
                    image[y0:y1, x0:x1] = views.texture(rng, y1 - y0, x1 - x0)
        return np.ascontiguousarray(image)
    image = np.empty((h, w, 3), np.uint8)
    horizon = int(h * rng.uniform(-0.1, 0.55))
    if horizon > 0:
        image[:horizon] = views.texture(rng, horizon, w) if rng.random() < 0.7 else _tone(rng, 120, 255)
        for _ in range(rng.randint(0, 8)):  # houses, trees, posts
            x = rng.uniform(-0.1, 1) * w
            ww, top = rng.uniform(0.02, 0.35) * w, rng.uniform(0, 0.9) * horizon
            _box(image, x, top, x + ww, horizon, _paint(rng))
            if rng.random() < 0.6 and ww > 20:
                step = rng.uniform(8, 30)
                c = _tone(rng)
                for yy in np.arange(top + step, horizon - step, step * 1.6):
                    for xx in np.arange(x + step, min(x + ww - step, w), step * 1.6):
                        _box(image, xx, yy, xx + step * 0.8, yy + step, c)
    road = _tone(rng, 25, 190)
    image[max(horizon, 0):] = road
    n = np.random.default_rng(rng.getrandbits(32))
    hh = h - max(horizon, 0)
    if hh > 2:
        part = image[max(horizon, 0):]
        grain = cv2.resize(n.standard_normal((hh // 2 + 1, w // 2 + 1), np.float32), (w, hh)) * rng.uniform(2, 22)
        part[:] = np.clip(part + grain[..., None], 0, 255).astype(np.uint8)
        _gradient(rng, image, 0, max(horizon, 0), w, h, rng.uniform(0.1, 0.5))
    for _ in range(rng.randint(0, 7)):  # road paint, kerbs, tiles
        c = _tone(rng, 150, 255) if rng.random() < 0.6 else (0, rng.uniform(140, 220), rng.uniform(180, 255))
        x, y = rng.uniform(0, w), rng.uniform(max(horizon, 0), h)
        dx, dy = rng.gauss(0, 0.35) * w, rng.uniform(0, 0.4) * h
        t = rng.uniform(2, 24)
        _poly(image, np.array([[x, y], [x + t, y], [x + t * 1.6 + dx, y + dy], [x + dx, y + dy]]), c)
    return image


def _lights(rng, image, cx, y, w, h):
    colour = (rng.uniform(0, 60), rng.uniform(0, 70), rng.uniform(120, 255)) if rng.random() < 0.5 else _tone(rng, 140,
                                                                                                            255)
    for side in (-1, 1):
        x = cx + side * w * rng.uniform(0.36, 0.42)
        if rng.random() < 0.5:
            cv2.ellipse(image, (int(x), int(y)), (int(max(2, w * 0.09)), int(max(2, h))), rng.uniform(-20, 20) * side, 0,
                        360, colour, -1, cv2.LINE_AA)
        else:
            _box(image, x - w * 0.08, y - h, x + w * 0.08, y + h, colour)
        if rng.random() < 0.6:
            cv2.circle(image, (int(x), int(y)), int(max(1, h * 0.5)), _tone(rng, 150, 255), -1, cv2.LINE_AA)


def car(rng, image, cx, cy, pw, layout):
    """A car's end around a plate that is pw wide at cx, cy."""
    w = pw * (rng.uniform(3.2, 4.2) if layout == 0 else rng.uniform(4.6, 6.0))
    h = w * rng.uniform(0.62, 0.9)
    low = cy + h * rng.uniform(0.06, 0.3)
    top = low - h
    paint = _paint(rng)
    _poly(image, np.array([[cx - w * 0.5, low], [cx + w * 0.5, low], [cx + w * 0.55, low + h * 0.12],
                           [cx - w * 0.55, low + h * 0.12]]), _tone(rng, 0, 45))
    waist = top + h * rng.uniform(0.38, 0.5)
    _poly(image, np.array([[cx - w * 0.36, top], [cx + w * 0.36, top], [cx + w * 0.48, waist], [cx + w * 0.5, low],
                           [cx - w * 0.5, low], [cx - w * 0.48, waist]]), paint)
    glass = _tone(rng, 5, 120)
    _poly(image, np.array([[cx - w * 0.31, top + h * 0.05], [cx + w * 0.31, top + h * 0.05],
                           [cx + w * 0.40, waist - h * 0.03], [cx - w * 0.40, waist - h * 0.03]]), glass)
    _gradient(rng, image, cx - w / 2, top, cx + w / 2, low, rng.uniform(0.1, 0.6))
    _lights(rng, image, cx, waist + h * rng.uniform(0.05, 0.2), w, h * rng.uniform(0.03, 0.09))
    r = rng.random()
    if r < 0.6:  # grille
        g = _tone(rng, 0, 90)
        gy0, gy1 = waist + h * rng.uniform(0.05, 0.2), waist + h * rng.uniform(0.22, 0.42)
        gw = w * rng.uniform(0.12, 0.3)
        _box(image, cx - gw, gy0, cx + gw, gy1, g)
        bar = _tone(rng, 40, 240)
        for yy in np.linspace(gy0, gy1, rng.randint(2, 9)):
            cv2.line(image, (int(cx - gw), int(yy)), (int(cx + gw), int(yy)), bar, max(1, int(h * 0.008)), cv2.LINE_AA)
        if rng.random() < 0.4:
            for xx in np.linspace(cx - gw, cx + gw, rng.randint(4, 16)):
                cv2.line(image, (int(xx), int(gy0)), (int(xx), int(gy1)), bar, max(1, int(h * 0.006)), cv2.LINE_AA)
    if rng.random() < 0.6:
        _box(image, cx - w * 0.5, cy - h * 0.1, cx + w * 0.5, low, tuple(v * rng.uniform(0.4, 1.1) for v in paint))
    if rng.random() < 0.6:
        _box(image, cx - w * 0.4, low - h * 0.1, cx + w * 0.4, low - h * 0.02, _tone(rng, 0, 80))
    if rng.random() < 0.5:
        cv2.circle(image, (int(cx), int(waist + h * 0.1)), int(max(2, w * 0.03)), _tone(rng, 120, 250),
                   rng.choice([-1, 1, 2]), cv2.LINE_AA)
    if rng.random() < 0.4:
        _words(rng, image, cx + rng.choice([-1, 1]) * w * 0.28, waist + h * rng.uniform(0.15, 0.4), w * 0.12)
    for side in (-1, 1):
        x = cx + side * w * 0.40
        _box(image, x - w * 0.07, low - h * 0.03, x + w * 0.07, low + h * 0.1, _tone(rng, 0, 50))


def truck(rng, image, cx, cy, pw, layout):
    w = pw * (rng.uniform(4.5, 5.6) if layout == 0 else rng.uniform(5.2, 7.5))
    h = w * rng.uniform(0.9, 1.4)
    low = cy + h * rng.uniform(0.03, 0.15)
    top = low - h
    paint = _paint(rng)
    _box(image, cx - w / 2, top, cx + w / 2, low, paint)
    _gradient(rng, image, cx - w / 2, top, cx + w / 2, low, rng.uniform(0.1, 0.5))
    if rng.random() < 0.5:  # front
        _box(image, cx - w * 0.44, top + h * 0.12, cx + w * 0.44, top + h * 0.45, _tone(rng, 5, 110))
        for yy in np.linspace(top + h * 0.55, top + h * 0.75, rng.randint(3, 8)):
            cv2.line(image, (int(cx - w * 0.3), int(yy)), (int(cx + w * 0.3), int(yy)), _tone(rng, 0, 120),
                     max(1, int(h * 0.012)), cv2.LINE_AA)
        if rng.random() < 0.7:  # the maker's name
            _name(rng, image, cx, top + h * rng.uniform(0.46, 0.62), w * rng.uniform(0.15, 0.5))
        _lights(rng, image, cx, cy - h * rng.uniform(0, 0.05), w, h * 0.04)
    else:  # rear of a box or a flat bed: doors, rods, stripes, lamps
        for xx in np.linspace(cx - w * 0.45, cx + w * 0.45, rng.randint(2, 7)):
            cv2.line(image, (int(xx), int(top)), (int(xx), int(low - h * 0.2)), _tone(rng), max(1, int(w * 0.008)))
        y = low - h * rng.uniform(0.16, 0.25)
        n = rng.randint(6, 14)
        for i in range(n):
            _box(image, cx - w / 2 + w * i / n, y, cx - w / 2 + w * (i + 1) / n, y + h * 0.02,
                 (20, 20, 210) if i % 2 else (235, 235, 235))
        _box(image, cx - w / 2, low - h * 0.14, cx + w / 2, low, _tone(rng, 10, 90))
        _lights(rng, image, cx, low - h * 0.07, w, h * 0.025)
        if rng.random() < 0.5:
            (_words if rng.random() < 0.5 else _name)(rng, image, cx, top + h * rng.uniform(0.1, 0.6), w * 0.5)
    for side in (-1, 1):
        _box(image, cx + side * w * 0.38 - w * 0.09, low, cx + side * w * 0.38 + w * 0.09, low + h * 0.08, _tone(rng, 0, 50))


def motorbike(rng, image, cx, cy, pw, layout):
    del layout
    dark = _tone(rng, 5, 90)
    _box(image, cx - pw * 0.22, cy, cx + pw * 0.22, cy + pw * rng.uniform(1.0, 2.2), _tone(rng, 5, 60))  # wheel, guard
    body = _paint(rng)
    top = cy - pw * rng.uniform(1.2, 2.2)
    _poly(image, np.array([[cx - pw * 0.35, top], [cx + pw * 0.35, top], [cx + pw * rng.uniform(0.5, 0.8), cy - pw * 0.3],
                           [cx + pw * 0.3, cy + pw * 0.5], [cx - pw * 0.3, cy + pw * 0.5],
                           [cx - pw * rng.uniform(0.5, 0.8), cy - pw * 0.3]]), body if rng.random() < 0.5 else dark)
    _gradient(rng, image, cx - pw, top, cx + pw, cy + pw, rng.uniform(0.2, 0.6))
    red = (rng.uniform(0, 60), rng.uniform(0, 60), rng.uniform(120, 255))
    y = cy - pw * rng.uniform(0.55, 0.95)
    cv2.ellipse(image, (int(cx), int(y)), (int(max(2, pw * rng.uniform(0.2, 0.4))), int(max(2, pw * 0.13))), 0, 0, 360, red,
                -1, cv2.LINE_AA)
    if rng.random() < 0.6:
        for side in (-1, 1):
            c = (0, rng.uniform(80, 160), rng.uniform(160, 255))
            cv2.ellipse(image, (int(cx + side * pw * 0.55), int(y)), (int(max(2, pw * 0.12)), int(max(2, pw * 0.09))), 0, 0,
                        360, c, -1, cv2.LINE_AA)
    if rng.random() < 0.7:  # exhaust
        side = rng.choice([-1, 1])
        c = (int(cx + side * pw * rng.uniform(0.6, 0.9)), int(cy + pw * rng.uniform(0, 0.5)))
        axes = (int(max(2, pw * 0.17)), int(max(3, pw * 0.42)))
        cv2.ellipse(image, c, axes, rng.uniform(-20, 20), 0, 360, _tone(rng, 10, 200), -1, cv2.LINE_AA)
        cv2.circle(image, (c[0], c[1] + axes[1] // 2), int(max(1, pw * 0.08)), _tone(rng, 0, 60), -1, cv2.LINE_AA)
    if rng.random() < 0.4:
        _words(rng, image, cx, cy - pw * rng.uniform(0.42, 0.5), pw * 0.4)


def _words(rng, image, cx, cy, w):
    """Lettering that is no plate: names, advertisements, telephone numbers, clocks."""
    face = glyphs.random_face(rng) if rng.random() < 0.7 else None
    n = rng.randint(2, 12)
    r = rng.random()
    alphabet = glyphs.LATIN if r < 0.6 else ("0123456789:/." if r < 0.75 else glyphs.PROVINCES + glyphs.SPECIAL)
    text = "".join(rng.choice(alphabet) for _ in range(n))
    c = np.array(_tone(rng) if rng.random() < 0.6 else [rng.uniform(0, 255) for _ in range(3)], np.float32)
    if face is None and text.isascii():
        scale = max(0.2, w / n / 18)
        cv2.putText(image, text, (int(cx - w / 2), int(cy)), rng.choice([0, 2, 3]), scale, c.tolist(),
                    max(1, int(scale * 2)), cv2.LINE_AA)
        return
    han = glyphs.random_han(rng)
    cw = max(2, int(w / n))
    ch = int(cw * rng.uniform(1.0, 2.0)) + 1
    x = int(cx - w / 2)
    for t in text:
        if not (t in glyphs.LATIN or t in glyphs.PROVINCES or t in glyphs.SPECIAL):
            x += cw
            continue
        g = face.glyph(t) if (t in glyphs.LATIN and face) else han.glyph(t, 0.8)
        g = cv2.resize(g, (max(1, int(cw * 0.85)), ch), interpolation=cv2.INTER_AREA)
        y = int(cy)
        if 0 <= x and x + g.shape[1] <= image.shape[1] and 0 <= y and y + ch <= image.shape[0]:
            part = image[y:y + ch, x:x + g.shape[1]]
            part[:] = (part * (1 - g[..., None]) + c * g[..., None]).astype(np.uint8)
        x += cw


def _name(rng, image, cx, cy, w):
    """A word about w wide, its middle at cx, cy."""
    mask = names.lettering(rng, 40)
    size = max(3, int(w)), max(3, int(mask.shape[0] * w / mask.shape[1]))
    mask = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)[..., None]
    x, y = int(cx - size[0] / 2), int(cy - size[1] / 2)
    part = image[max(y, 0):max(y + size[1], 0), max(x, 0):max(x + size[0], 0)]
    mask = mask[max(-y, 0):, max(-x, 0):][:part.shape[0], :part.shape[1]]
    part[:] = part * (1 - mask) + np.array(_tone(rng)) * mask


def decoy(rng, image):
    """Something with the outline or the lettering of a plate that is none."""
    h, w = image.shape[:2]
    cx, cy = rng.uniform(0.05, 0.95) * w, rng.uniform(0.05, 0.95) * h
    ww = float(np.exp(rng.uniform(np.log(30), np.log(w * 0.5))))
    r = rng.random()
    if r < 0.3:
        (_words if rng.random() < 0.6 else _name)(rng, image, cx, cy, ww)
    elif r < 0.65:  # a board, blank or with a picture, a lamp, a sticker
        hh = ww * rng.choice([0.22, 0.3, 0.5, 0.7, 1.0])
        _box(image, cx - ww / 2, cy - hh / 2, cx + ww / 2, cy + hh / 2, _paint(rng))
        if rng.random() < 0.6:
            _box(image, cx - ww * 0.47, cy - hh * 0.44, cx + ww * 0.47, cy + hh * 0.44, _paint(rng), rng.choice([-1, 1, 2]))
        if rng.random() < 0.5:
            _gradient(rng, image, cx - ww / 2, cy - hh / 2, cx + ww / 2, cy + hh / 2, 0.5)
        if rng.random() < 0.25:  # one big line of Han characters or a long telephone number
            _words(rng, image, cx, cy - hh * 0.3, ww * 0.9)
    elif r < 0.85:
        n = rng.randint(3, 14)
        hh = ww * rng.uniform(0.15, 0.6)
        c = _paint(rng)
        for i in range(n):
            if rng.random() < 0.5:
                y = cy - hh / 2 + hh * i / n
                _box(image, cx - ww / 2, y, cx + ww / 2, y + hh / n * 0.5, c)
            else:
                x = cx - ww / 2 + ww * i / n
                _box(image, x, cy - hh / 2, x + ww / n * 0.5, cy + hh / 2, c)
    else:
        cv2.ellipse(image, (int(cx), int(cy)), (int(ww / 3), int(ww / 5)), rng.uniform(0, 180), 0, 360, _paint(rng),
                    rng.choice([-1, 2, 4]), cv2.LINE_AA)


def put_plate(rng, image, cx, cy, pw, country, tilt):
    """Draws a plate about pw wide at cx, cy; returns corners and the plate."""
    plate_height = {"one-line": pw * 0.25, "two-line": pw * 0.6}
    plate = plates.draw_plate(rng, lambda layout: float(np.clip(plate_height[layout] * 1.2, 24, 220)), country)
    ph, w = plate.image.shape[:2]
    c = views.project(rng, w, ph, tilt)
    c *= pw / max(views.quad_width(c), 1)
    c += np.array([cx, cy], np.float32)
    shrink = max(1.0, w / pw)
    picture = views.worn(rng, plate)
    if rng.random() < 0.3:  # plates differ in light from what is around them
        picture = np.clip(picture * rng.uniform(0.5, 1.25), 0, 255).astype(np.uint8)
    mask = plate.mask
    if shrink > 1.5:
        picture = cv2.resize(picture, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
        mask = cv2.resize(mask, picture.shape[1::-1], interpolation=cv2.INTER_AREA)
    ph, w = picture.shape[:2]
    if rng.random() < 0.3:
        grown = (c - c.mean(0)) * (1 + np.array([0.05, 0.12]) * rng.uniform(0.2, 1.2)) + c.mean(0)
        _poly(image, grown, _tone(rng))
    low = np.maximum(np.floor(c.min(0)) - 1, 0).astype(int)
    high = np.minimum(np.ceil(c.max(0)) + 2, image.shape[1::-1]).astype(int)
    if (high - low).min() < 2:
        return c, plate
    src = np.array([[0, 0], [w, 0], [w, ph], [0, ph]], np.float32) - 0.5
    hom = cv2.getPerspectiveTransform(src, (c - low).astype(np.float32))
    size = tuple(int(v) for v in high - low)
    a = cv2.warpPerspective(mask, hom, size)[..., None]
    p = cv2.warpPerspective(picture, hom, size, borderMode=cv2.BORDER_REPLICATE)
    part = image[low[1]:high[1], low[0]:high[0]]
    part[:] = (p * a + part * (1 - a)).astype(np.uint8)
    return c, plate


def _patch(image, corners):
    x0, y0 = np.maximum(corners.min(0).astype(int), 0)
    x1, y1 = np.maximum(corners.max(0).astype(int) + 1, 0)
    return image[y0:y1, x0:x1].astype(np.float32)


def scene(rng, shape=None):
    w, h = shape or rng.choice(SHAPES)
    W, H = 2 * w, 2 * h
    image = background(rng, W, H)
    for _ in range(rng.choice([0, 1, 2, 4, 7])):
        decoy(rng, image)
    count = rng.choices([0, 1, 2, 3, 5], [0.08, 0.45, 0.25, 0.14, 0.08])[0]
    found = []
    # Far ones first, so that near vehicles stand before them.
    widths = sorted(float(np.exp(rng.uniform(np.log(26), np.log(W * (0.75 if count == 1 and rng.random() < 0.25 else 0.3)))))
                    for _ in range(count))
    for pw in widths:
        cx, cy = rng.uniform(0.06, 0.94) * W, rng.uniform(0.12, 0.94) * H
        if any(abs(cx - o.mean(0)[0]) < pw * 1.1 and abs(cy - o.mean(0)[1]) < pw * 0.7 for o, *_ in found):
            continue
        country = "VN" if rng.random() < 0.55 else "CN"
        kind = rng.choices(["car", "truck", "motorbike", "nothing"], [0.4, 0.17, 0.25, 0.18])[0]
        if kind == "motorbike":
            motorbike(rng, image, cx, cy, pw, 1)
            country = "VN"
        elif kind != "nothing":
            (car if kind == "car" else truck)(rng, image, cx, cy, pw, 0 if rng.random() < 0.6 else 1)
        tilt = rng.choice([0.3, 0.7, 1.0])
        corners, plate = put_plate(rng, image, cx, cy, pw, country, tilt)
        for other in found:  # a plate that something now stands before is not asked for
            if not other[3] and np.abs(_patch(image, other[0]) - other[2]).mean() > 2.5:
                other[3] = True
        found.append([corners, plate, _patch(image, corners), False])
    if rng.random() < 0.3:
        decoy_count = rng.randint(1, 2)
        keep = image.copy()
        for _ in range(decoy_count):
            decoy(rng, image)
        for corners, *_ in found:  # never over a plate
            x0, y0 = np.maximum(corners.min(0).astype(int) - 2, 0)
            x1, y1 = np.maximum(corners.max(0).astype(int) + 3, 0)
            image[y0:y1, x0:x1] = keep[y0:y1, x0:x1]
    image = damage.light(rng, image)
    image = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        image = damage.blur(rng, image, rng.uniform(2, 14))
    image = damage.sensor(rng, image)
    good, bad, layouts = [], [], []
    for corners, plate, _, hidden in found:
        c = corners / 2
        inside = (c > -2).all() and (c[:, 0] < w + 2).all() and (c[:, 1] < h + 2).all()
        line = views.quad_height(c) * (0.5 if plate.layout == "two-line" else 0.8)
        if hidden or not inside or line < 3.2:
            bad.append(c)
        else:
            good.append(c)
            layouts.append(int(plate.layout == "two-line"))
    return Scene(image, np.array(good, np.float32).reshape(-1, 4, 2), layouts, np.array(bad, np.float32).reshape(-1, 4, 2))


if __name__ == "__main__":  # a sheet to look at
    import random
    import sys
    import time
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    views.photos()
    start = time.time()
    all_scenes = [scene(rng, (512, 320)) for _ in range(20)]
    print("ms a scene", (time.time() - start) / 20 * 1e3)
    for s in all_scenes:
        for c, k in zip(s.corners, s.layouts):
            cv2.polylines(s.image, [np.int32(c)], True, (0, 255, 0) if k else (0, 0, 255), 1)
    cv2.imwrite("/tmp/scenes.png", np.vstack([np.hstack([s.image for s in all_scenes[i:i + 4]]) for i in range(0, 20, 4)]))
