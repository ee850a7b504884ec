"""Draws plates by the measures of the standards (GA 36-2018; the Vietnamese circulars), in millimetres.

`draw_plate(rng, height)` gives a Plate: the picture of the plate seen from the front, its outline mask, its
normalised text, country, layout, colour and where its two lines part.
"""

import dataclasses

import cv2
import numpy as np

import glyphs
import texts

# Colours as BGR ranges: (low, high). Real plates differ by age, maker and light.
PAINT = {
    "white": ((205, 205, 205), (255, 255, 255)),
    "yellow": ((0, 150, 200), (60, 215, 255)),
    "blue": ((110, 40, 0), (230, 110, 45)),
    "red": ((10, 10, 130), (50, 45, 220)),
    "green": ((70, 140, 20), (140, 215, 110)),
    "black": ((5, 5, 5), (45, 45, 45)),
}
DARK_INK = ((0, 0, 0), (50, 50, 50))
LIGHT_INK = ((215, 215, 215), (255, 255, 255))
RED_INK = ((0, 0, 140), (50, 50, 225))


@dataclasses.dataclass
class Plate:
    image: np.ndarray  # BGR uint8
    mask: np.ndarray  # float32 0..1, rounded corners
    text: str
    country: str  # VN, CN
    layout: str  # one-line, two-line
    colour: str
    kind: str  # the class, for reports
    split: float  # two-line: where the lines part, 0..1 of the height; else 0


def _colour(rng, low_high):
    low, high = low_high
    t = rng.random()
    return np.array([lo + (hi - lo) * min(1, max(0, t + rng.uniform(-0.15, 0.15))) for lo, hi in zip(low, high)],
                    np.float32)


class _Canvas:
    def __init__(self, width_mm, height_mm, scale):
        self.scale = scale
        self.w, self.h = int(round(width_mm * scale)), int(round(height_mm * scale))
        self.ink = np.zeros((self.h, self.w), np.float32)
        self.red = np.zeros((self.h, self.w), np.float32)

    def put(self, mask, x, y, w, h, red=False):
        """Places a glyph mask in the box x, y, w, h (mm)."""
        s = self.scale
        x0, y0, x1, y1 = (int(round(v * s)) for v in (x, y, x + w, y + h))
        x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
        g = cv2.resize(mask, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
        cx0, cy0, cx1, cy1 = max(x0, 0), max(y0, 0), min(x1, self.w), min(y1, self.h)
        if cx0 >= cx1 or cy0 >= cy1:
            return
        part = g[cy0 - y0:cy1 - y0, cx0 - x0:cx1 - x0]
        for layer in ([self.ink, self.red] if red else [self.ink]):
            np.maximum(layer[cy0:cy1, cx0:cx1], part, out=layer[cy0:cy1, cx0:cx1])


def _vn_line(rng, canvas, face, line, y, height, width, margin, pitch_max, red_letters=False):
    """One line of Vietnamese lettering, centred, with dash and dot of their own widths."""
    items = []
    for ch in line:
        if ch == "-":
            items.append(("-", height * rng.uniform(0.14, 0.30)))
        elif ch == ".":
            items.append((".", height * rng.uniform(0.10, 0.16)))
        elif ch == " ":
            items.append((" ", height * rng.uniform(0.1, 0.5)))
        else:
            items.append((ch, face.glyph(ch).shape[1] / glyphs.GLYPH_HEIGHT * height))
    glyph_width = sum(w for _, w in items)
    gap = (width - 2 * margin - glyph_width) / max(1, len(items))
    gap = min(gap, pitch_max * height)
    squeeze = 1.0
    if gap < 0.09 * height:
        gap = 0.09 * height
        squeeze = min(1.0, (width - 2 * margin - gap * (len(items) - 1)) / glyph_width)
    total = glyph_width * squeeze + gap * (len(items) - 1)
    x = (width - total) / 2 + rng.uniform(-0.02, 0.02) * width
    stroke = height * rng.uniform(0.10, 0.16)
    for ch, w in items:
        w *= squeeze
        if ch == "-":
            canvas.put(np.ones((8, 8), np.float32), x, y + height * rng.uniform(0.44, 0.52), w, stroke)
        elif ch == ".":
            canvas.put(np.ones((8, 8), np.float32), x, y + height - stroke, min(w, stroke * 1.2), stroke)
        elif ch != " ":
            canvas.put(face.glyph(ch), x, y + rng.uniform(-0.008, 0.008) * height, w, height,
                       red_letters and ch.isalpha())
        x += w + gap


def _vn(rng, height_of):
    r = rng.random()
    face = glyphs.random_face(rng)
    border = True
    ink, red_letters = DARK_INK, False
    colour = "white"
    if r < 0.36:  # motorbike, two-line
        layout, kind = "two-line", "vn-motorbike"
        code, series, serial = texts.vn_motorbike(rng)
        size = rng.choice([(190, 140)] * 5 + [(190, 150), (180, 140), (200, 140)])
        dash = rng.choice(["-"] * 8 + ["", " "])
        lines = [code + dash + series, serial]
        if rng.random() < 0.05:
            colour = rng.choice(["yellow", "blue"])
    elif r < 0.83:  # cars and trucks
        code, series, serial = texts.vn_car(rng)
        kind = "vn-trailer" if series in ("R", "RM") else "vn-car"
        colour = rng.choices(["white", "yellow", "blue"], [0.68, 0.24, 0.08])[0]
        if rng.random() < 0.55:
            layout = "one-line"
            size = rng.choice([(520, 110), (520, 110), (470, 110), (470, 110), (440, 110)])
            lines = [code + series + rng.choice(["-"] * 9 + ["", " "]) + serial]
        else:
            layout = "two-line"
            size = rng.choice([(330, 165), (280, 200), (280, 200), (300, 180)])
            lines = [code + rng.choice(["", "", "", "-", " "]) + series, serial]
    elif r < 0.92:
        kind, colour, ink = "vn-military", "red", LIGHT_INK
        a, b = texts.vn_military(rng)
        if rng.random() < 0.5:
            layout, size, lines = "one-line", rng.choice([(470, 110), (520, 110)]), [a + "-" + b]
        else:
            layout, size, lines = "two-line", rng.choice([(280, 200), (190, 140)]), [a, b]
    else:
        kind = "vn-diplomatic"
        code, land, series, number = texts.vn_diplomatic(rng)
        red_letters = rng.random() < 0.8
        if rng.random() < 0.5:
            layout, size = "one-line", (520, 110)
            lines = [f"{code}-{land}-{series}-{number}"]
        else:
            layout, size = "two-line", rng.choice([(280, 200), (330, 165)])
            lines = [f"{code}-{series}", f"{land}-{number}"] if rng.random() < 0.5 else [f"{code}-{land}",
                                                                                        f"{series}-{number}"]
    if colour in ("blue", "red"):
        ink = LIGHT_INK
    w, h = size
    canvas = _Canvas(w, h, height_of(layout) / h)
    if layout == "one-line":
        ch = h * rng.uniform(0.60, 0.78)
        _vn_line(rng, canvas, face, lines[0], (h - ch) / 2, ch, w, w * rng.uniform(0.02, 0.06), 0.30, red_letters)
        split = 0.0
    else:
        ch = h * rng.uniform(0.35, 0.42)
        gap = h * rng.uniform(0.04, 0.10)
        top = (h - 2 * ch - gap) / 2 + h * rng.uniform(-0.015, 0.015)
        _vn_line(rng, canvas, face, lines[0], top, ch, w, w * rng.uniform(0.03, 0.12), 0.26, red_letters)
        _vn_line(rng, canvas, face, lines[1], top + ch + gap, ch, w, w * rng.uniform(0.02, 0.08), 0.26, red_letters)
        split = (top + ch + gap / 2) / h
    text = "".join(lines).replace("-", "").replace(".", "").replace(" ", "")
    radius = rng.uniform(0.03, 0.09) * h
    return _finish(rng, canvas, colour, ink, border, radius, text, "VN", layout, kind, split)


def _cn_glyph(face, han, ch, ratio):
    return face.glyph(ch) if ch.isascii() else han.glyph(ch, ratio)


def _cn_row(rng, canvas, face, han, chars, x, y, w, h, pitch, dot_after=None, dot_gap=0.0, red=""):
    """Chinese lettering stands in fixed cells; narrow letters keep their width and are centred."""
    wide = rng.uniform(0.94, 1.04)
    for i, ch in enumerate(chars):
        glyph = _cn_glyph(face, han, ch, w / h)
        own = w * (0.42 if ch == "1" and glyph.shape[1] < glyphs.GLYPH_HEIGHT * 0.40 else 1.0) * wide
        if ch == "I":
            own = w * 0.3
        canvas.put(glyph, x + (w - own) / 2 + rng.uniform(-0.6, 0.6), y + rng.uniform(-0.8, 0.8), own, h, ch in red)
        x += pitch
        if dot_after is not None and i == dot_after:
            r = 5
            if rng.random() < 0.92:
                yy, xx = np.mgrid[-1:1:9j, -1:1:9j]
                canvas.put((xx * xx + yy * yy <= 1).astype(np.float32), x - (pitch - w) + dot_gap / 2 - r + w * 0,
                           y + h / 2 - r, 2 * r, 2 * r)
            x += dot_gap - (pitch - w)


def _cn(rng, height_of):
    face, han = glyphs.random_face(rng), glyphs.random_han(rng)
    province, letter = texts.cn_head(rng)
    kind = rng.choices(["blue", "yellow1", "yellow2", "trailer", "green", "green-large", "police", "learner", "hkmo",
                        "consulate", "embassy", "black"],
                       [0.42, 0.09, 0.11, 0.07, 0.11, 0.05, 0.03, 0.03, 0.03, 0.02, 0.01, 0.03])[0]
    colour, ink, red = "blue", LIGHT_INK, ""
    layout, split = "one-line", 0.0
    tail = texts.cn_tail(rng, 5)
    if kind == "embassy":
        text = "使" + "".join(rng.choice(texts.DIGITS) for _ in range(6))
        colour = "black"
    else:
        if kind in ("yellow1", "yellow2"):
            colour, ink = "yellow", DARK_INK
        elif kind == "trailer":
            colour, ink, tail = "yellow", DARK_INK, texts.cn_tail(rng, 4) + "挂"
        elif kind == "learner":
            colour, ink, tail = "yellow", DARK_INK, texts.cn_tail(rng, 4) + "学"
        elif kind == "police":
            colour, ink, red, tail = "white", DARK_INK, "警", texts.cn_tail(rng, 4) + "警"
        elif kind == "hkmo":
            province, letter, colour = "粤", "Z", "black"
            tail = texts.cn_tail(rng, 4) + rng.choice("港澳")
        elif kind == "consulate":
            colour, tail = "black", texts.cn_tail(rng, 4) + "领"
        elif kind == "black":
            colour = "black"
        elif kind == "green":
            colour, ink = "green", DARK_INK
            d = "".join(rng.choice(texts.DIGITS) for _ in range(4))
            tail = rng.choice("DDDDFFABCEGHJK") + rng.choice(texts.DIGITS * 3 + texts.CN_LETTERS) + d
        elif kind == "green-large":
            colour, ink = "green", DARK_INK
            tail = "".join(rng.choice(texts.DIGITS) for _ in range(5)) + rng.choice("DDDFFABCEGHJK")
        text = province + letter + tail
    if kind == "yellow2" or (kind == "trailer" and rng.random() < 0.9):
        layout = "two-line"
        w, h = 440, 220
        canvas = _Canvas(w, h, height_of(layout) / h)
        dx = rng.uniform(-6, 6)
        _cn_row(rng, canvas, face, han, text[:2], 110 + dx, 15 + rng.uniform(-4, 4), 80, 60, 140, 0, 60)
        _cn_row(rng, canvas, face, han, text[2:], 27 + dx, 90 + rng.uniform(-4, 4), 65, 110, 80)
        split = 0.375
    elif colour == "green":
        w, h = 480, 140
        canvas = _Canvas(w, h, height_of(layout) / h)
        _cn_row(rng, canvas, face, han, text, 15.5 + rng.uniform(-3, 3), 25 + rng.uniform(-4, 4), 43.5, 90, 52.5, 1, 49,
                red)
    else:
        w, h = 440, 140
        canvas = _Canvas(w, h, height_of(layout) / h)
        _cn_row(rng, canvas, face, han, text, 15.5 + rng.uniform(-3, 3), 25 + rng.uniform(-4, 4), 45, 90, 57, 1,
                34 if kind != "embassy" else 12, red)
    plate = _finish(rng, canvas, colour, ink, rng.random() < 0.9, rng.uniform(4, 12), text, "CN", layout, "cn-" + kind,
                    split, large_green=kind == "green-large")
    return plate


def _finish(rng, canvas, colour, ink, border, radius_mm, text, country, layout, kind, split, large_green=False):
    """Paint, border line, bevel, bolts."""
    h, w, s = canvas.h, canvas.w, canvas.scale
    paint = _colour(rng, PAINT[colour])
    base = np.empty((h, w, 3), np.float32)
    base[:] = paint
    if colour == "green":
        if large_green:
            left = int(w * rng.uniform(0.24, 0.32))
            base[:, :left] = _colour(rng, PAINT["yellow"])
        else:
            white = np.array([235, 240, 235], np.float32)
            t = np.linspace(0, 1, h, dtype=np.float32)[:, None, None] ** rng.uniform(0.6, 1.6)
            base[:] = white * (1 - t) + base * t
    ink_colour = _colour(rng, ink)
    layer = canvas.ink
    if border:
        inset = rng.uniform(1.5, 7.0) * s
        thick = max(1, int(round(rng.uniform(1.5, 4.5) * s)))
        frame = np.zeros((h, w), np.uint8)
        _rounded(frame, inset, inset, w - 1 - inset, h - 1 - inset, max(1.0, radius_mm * s - inset), thick)
        layer = np.maximum(layer, frame.astype(np.float32) / 255 * rng.uniform(0.5, 1))
    if rng.random() < 0.5:  # ink of uneven strength, worn
        wear = cv2.resize(np.random.default_rng(rng.getrandbits(32)).random((4, 12), np.float32), (w, h),
                          interpolation=cv2.INTER_CUBIC)
        layer = layer * np.clip(1 - rng.uniform(0, 0.5) * wear, 0, 1)
    image = base * (1 - layer[..., None]) + ink_colour * layer[..., None]
    if canvas.red.any():
        red = canvas.red[..., None]
        image = image * (1 - red) + _colour(rng, RED_INK) * red
    if rng.random() < 0.7:  # pressed metal: one flank of each stroke bright, the other dark
        d = max(1, int(round(rng.uniform(1.0, 3.0) * s)))
        a = rng.uniform(0, 60)
        dx, dy = rng.choice([(d, d), (-d, d), (0, d), (d, 0)])
        shift = np.roll(canvas.ink, (dy, dx), (0, 1)) - np.roll(canvas.ink, (-dy, -dx), (0, 1))
        image += (shift * a)[..., None]
    image = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.75:
        _bolts(rng, image, country, layout)
    mask = np.zeros((h, w), np.uint8)
    _rounded(mask, 0, 0, w - 1, h - 1, radius_mm * s, -1)
    return Plate(image, mask.astype(np.float32) / 255, text, country, layout, colour, kind, split)


def _rounded(image, x0, y0, x1, y1, r, thickness):
    r = max(1.0, min(r, (x1 - x0) / 2, (y1 - y0) / 2))
    pts = []
    for cx, cy, a in ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180)):
        t = np.radians(np.linspace(a, a + 90, 7))
        pts.append(np.stack([cx + r * np.cos(t), cy + r * np.sin(t)], 1))
    pts = np.round(np.concatenate(pts) * 16).astype(np.int32)
    if thickness < 0:
        cv2.fillConvexPoly(image, pts, 255, cv2.LINE_AA, 4)
    else:
        cv2.polylines(image, [pts], True, 255, thickness, cv2.LINE_AA, 4)


def _bolts(rng, image, country, layout):
    h, w = image.shape[:2]
    if country == "CN":
        spots = [(x, y) for x in (0.24, 0.76) for y in (0.09, 0.91)]
    elif layout == "one-line":
        spots = [(rng.uniform(0.1, 0.25), 0.5), (1 - rng.uniform(0.1, 0.25), 0.5), (0.5, 0.12)]
    else:
        spots = [(0.5, rng.uniform(0.06, 0.25)), (0.12, 0.5), (0.88, 0.5), (0.5, 0.93)]
    for x, y in spots:
        if rng.random() < 0.55:
            r = max(1, int(h * rng.uniform(0.02, 0.05)))
            tone = rng.uniform(20, 235)
            c = tuple(tone + rng.uniform(-15, 15) for _ in range(3))
            cv2.circle(image, (int(w * x), int(h * y)), r, c, -1, cv2.LINE_AA)
            if r > 2:
                cv2.circle(image, (int(w * x), int(h * y)), r, (tone * 0.5,) * 3, 1, cv2.LINE_AA)


def draw_plate(rng, height, country=None):
    """A random plate. `height` of its picture in pixels, or a function that gives it for a layout."""
    height_of = height if callable(height) else lambda layout: height
    if country is None:
        country = "VN" if rng.random() < 0.48 else "CN"
    return _vn(rng, height_of) if country == "VN" else _cn(rng, height_of)


if __name__ == "__main__":  # a sheet to look at
    import random
    rng = random.Random(3)
    rows = []
    for i in range(10):
        row = []
        for j in range(6):
            p = draw_plate(rng, 90 if rng.random() < 2 else 0)
            cell = np.full((100, 440, 3), 90, np.uint8)
            im = p.image[:, :440]
            m = p.mask[:, :440, None]
            cell[5:5 + im.shape[0], :im.shape[1]] = (im * m + 90 * (1 - m)).astype(np.uint8)
            row.append(cell)
        rows.append(np.hstack(row))
    cv2.imwrite("/tmp/plates.png", np.vstack(rows))
