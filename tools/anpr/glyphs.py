"""Characters of number plates: outlines drawn here, and outlines of free fonts.

No free font equals the lettering of either country's standard. So that the reader cannot lean on one face, a glyph
comes from one of two sources: strokes described in this file (a narrow DIN-like alphabet whose proportions vary at
random), or a font file of the distribution, squeezed to the cell of the standard.

A glyph is a float32 mask, 1 where there is paint, cut to its cell: GLYPH_HEIGHT rows high.
"""

import functools
import glob
import math
import random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

GLYPH_HEIGHT = 96
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SPECIAL = "学警港澳挂领使"
LATIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Fonts of Debian packages (see README.md); those not installed are left out.
LATIN_FONTS = [
    "/usr/share/fonts/truetype/opendin/OSP-DIN.ttf",
    "/usr/share/fonts/truetype/routed-gothic/routed-gothic-narrow.ttf",
    "/usr/share/fonts/truetype/osifont/osifont.ttf",
    "/usr/share/fonts/truetype/roadgeek/RG2014B.ttf",
    "/usr/share/fonts/truetype/roadgeek/RG2014C.ttf",
    "/usr/share/fonts/truetype/roadgeek/RG2014D.ttf",
    "/usr/share/fonts/opentype/bebas-neue/BebasNeue-Bold.otf",
    "/usr/share/fonts/opentype/bebas-neue/BebasNeue-Regular.otf",
    "/usr/share/fonts/opentype/dosis/Dosis-SemiBold.otf",
    "/usr/share/fonts/opentype/play/Play-Bold.otf",
    "/usr/share/fonts/truetype/clear-sans/ClearSans-Medium.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Bold.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSansBold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-CondensedSemiBold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-ExtraCondensedBold.ttf",
]
HAN_FONTS = [
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Medium.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Black.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
]


def _existing(paths):
    found = [p for p in paths if glob.glob(p[0] if isinstance(p, tuple) else p)]
    return found


# --------------------------------------------------------------------------------------------------------- strokes


def _arc(cx, cy, rx, ry, start, end, steps=14):
    """Points of an ellipse's arc; degrees, clockwise from the right, y downwards."""
    points = []
    for i in range(steps + 1):
        a = math.radians(start + (end - start) * i / steps)
        points.append((cx + rx * math.cos(a), cy + ry * math.sin(a)))
    return points


class Face:
    """One drawn alphabet. `aspect` width/height of the cell, `weight` stroke/height, `roundness` 0.55..1."""

    def __init__(self, rng):
        self.aspect = rng.uniform(0.44, 0.60)
        self.weight = rng.uniform(0.095, 0.165)
        self.roundness = rng.choice([1.0, 1.0, rng.uniform(0.7, 1.0)])
        self.waist = rng.uniform(0.44, 0.50)
        self.flag = rng.uniform(0.14, 0.26)
        self.tail = rng.choice(["curved", "straight"])
        self.four = rng.choice(["open", "closed", "low"])
        self.three = rng.choice(["round", "round", "flat"])
        self.middle = rng.uniform(0.45, 0.62)
        self.jitter = rng.uniform(0, 0.02)
        self.slash_r = rng.uniform(0.45, 0.6)
        self.seed = rng.random()
        self.cache = {}

    def glyph(self, ch):
        if ch not in self.cache:
            self.cache[ch] = self._draw(ch)
        return self.cache[ch]

    def _draw(self, ch):
        scale = 2
        h = GLYPH_HEIGHT * scale
        t = self.weight * h
        cell = self.aspect * h
        if ch in "MW":
            cell *= 1.18
        if ch == "I":
            cell = t + 1
        if ch == "1":
            cell *= 0.62
        w, hh = cell - t, h - t
        image = np.zeros((h, int(round(cell))), np.uint8)
        for line in self._lines(ch, max(w, 0.0), hh):
            self._stroke(image, [(x + t / 2, y + t / 2) for x, y in line], t)
        image = cv2.resize(image, (max(3, image.shape[1] // scale), GLYPH_HEIGHT), interpolation=cv2.INTER_AREA)
        return image.astype(np.float32) / 255

    @staticmethod
    def _stroke(image, points, t):
        pts = [(np.array(p), np.array(q)) for p, q in zip(points, points[1:])]
        for p, q in pts:
            d = q - p
            n = np.linalg.norm(d)
            if n < 1e-6:
                continue
            s = np.array([-d[1], d[0]]) / n * t / 2
            # Ends that lie on the edge of the cell run out flat; cutting to the cell does the rest.
            quad = np.array([p + s, q + s, q - s, p - s])
            cv2.fillConvexPoly(image, np.round(quad * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
        for p in points[1:-1]:
            cv2.circle(image, tuple(int(round(v * 16)) for v in p), int(t / 2 * 16), 255, -1, cv2.LINE_AA, 4)
        first, last = points[0], points[-1]
        if np.hypot(first[0] - last[0], first[1] - last[1]) < 2:
            cv2.circle(image, tuple(int(round(v * 16)) for v in first), int(t / 2 * 16), 255, -1, cv2.LINE_AA, 4)

    def _bowl(self, x0, y0, x1, y1):
        """A closed round-cornered box."""
        r = min((x1 - x0) / 2, (y1 - y0) / 2) * self.roundness
        p = _arc(x1 - r, y0 + r, r, r, -90, 0) + _arc(x1 - r, y1 - r, r, r, 0, 90)
        p += _arc(x0 + r, y1 - r, r, r, 90, 180) + _arc(x0 + r, y0 + r, r, r, 180, 270)
        return p + [p[0]]

    def _lines(self, ch, w, h):
        r = min(w / 2, h / 4) * self.roundness
        e = h * 0.075  # runs past the centre line to the cell's edge, so that straight ends come out flat
        m = self.waist * h
        if ch in "0O":
            return [self._bowl(0, 0, w, h)]
        if ch == "Q":
            return [self._bowl(0, 0, w, h), [(w * 0.55, h * 0.72), (w + e, h + e)]]
        if ch == "1":
            return [[(-e * 0.2, h * self.flag), (w, 0 - e * 0.2), (w, h + e * 2)], [(w, -e), (w, h * 0.5)]]
        if ch == "2":
            return [[(0, h * 0.27)] + _arc(r, r, r, r, 180, 270) + _arc(w - r, r, r, r, 270, 360) +
                    [(w, h * 0.27), (w * 0.92, h * 0.42), (0, h), (w + e, h)]]
        if ch == "3":
            low = _arc(w - r, m + r, r, r, 270, 360) + _arc(w - r, h - r, r, r, 0, 90) + \
                _arc(r, h - r, r, r, 90, 180) + [(0, h * 0.76)]
            if self.three == "flat":
                return [[(-e, 0), (w, 0), (w * 0.42, m)] + low]
            top = [(0, h * 0.24)] + _arc(r, r, r, r, 180, 270) + _arc(w - r, r, r, r, 270, 360)
            top += _arc(w - r, m - r, r, r, 0, 90) + [(w * 0.35, m)]
            return [top, [(w * 0.35, m)] + low]
        if ch == "4":
            y = h * (0.72 if self.four != "low" else 0.8)
            if self.four == "closed":
                return [[(w * 0.78, h + 2 * e), (w * 0.78, 0), (0, y), (w + e, y)], [(w * 0.78, -e), (w * 0.78, m)]]
            return [[(w * 0.52, -e), (0, y), (w + e, y)], [(w * 0.74, h * 0.42), (w * 0.74, h + 2 * e)]]
        if ch == "5":
            return [[(w + e, 0), (w * 0.06, 0), (0.0, m)] + _arc(w - r, m - h * 0.05 + r, r, r, 270, 360) +
                    _arc(w - r, h - r, r, r, 0, 90) + _arc(r, h - r, r, r, 90, 180) + [(0, h * 0.76)]]
        if ch in "69":
            bowl = self._bowl(0, h * 0.42, w, h)
            if self.tail == "curved":
                stem = [(w, h * 0.24)] + _arc(w - r, r, r, r, 360, 270) + _arc(r, r, r, r, 270, 180) + [(0, h * 0.7)]
            else:
                stem = [(w * 0.72, -e), (0.02 * w, h * 0.55), (0, h * 0.7)]
            lines = [bowl, stem]
            if ch == "9":
                lines = [[(w - x, h - y) for x, y in line] for line in lines]
            return lines
        if ch == "7":
            return [[(-e, 0), (w, 0), (w * 0.32, h + e * 2)]]
        if ch == "8":
            return [self._bowl(w * 0.03, 0, w * 0.97, m), self._bowl(0, m, w, h)]
        if ch == "A":
            y = h * 0.7
            return [[(-0.02 * w, h + 2 * e), (w * 0.46, 0), (w * 0.54, 0), (w * 1.02, h + 2 * e)],
                    [(w * 0.16, y), (w * 0.84, y)]]
        if ch in "BD":
            if ch == "D":
                r2 = min(w * 0.9, h / 2) * self.roundness
                return [[(0, -e), (0, h + e)], [(0, 0), (w - r2, 0)] + _arc(w - r2, r2, r2, r2, 270, 360) +
                        _arc(w - r2, h - r2, r2, r2, 0, 90) + [(0, h)]]
            rt, rl = m / 2, (h - m) / 2
            k = w * 0.95
            return [[(0, -e), (0, h + e)],
                    [(0, 0), (k - rt, 0)] + _arc(k - rt, rt, rt, rt, 270, 450) + [(0, m)],
                    [(0, m), (w - rl, m)] + _arc(w - rl, m + rl, rl, rl, 270, 450) + [(0, h)]]
        if ch in "CG":
            p = [(w, h * 0.26)] + _arc(w - r, r, r, r, 360, 270) + _arc(r, r, r, r, 270, 180)
            p += _arc(r, h - r, r, r, 180, 90)
            if ch == "C":
                return [p + _arc(w - r, h - r, r, r, 90, 0) + [(w, h * 0.74)]]
            y = h * self.middle
            return [p + _arc(w - r, h - r, r, r, 90, 0) + [(w, y), (w * 0.5, y)]]
        if ch == "E":
            return [[(w + e, 0), (0, 0), (0, h), (w + e, h)], [(0, m), (w * 0.9, m)]]
        if ch == "F":
            return [[(w + e, 0), (0, 0), (0, h + 2 * e)], [(0, m), (w * 0.9, m)]]
        if ch == "H":
            return [[(0, -e), (0, h + e)], [(w, -e), (w, h + e)], [(0, m), (w, m)]]
        if ch == "I":
            return [[(w / 2, -e), (w / 2, h + e)]]
        if ch == "J":
            return [[(w, -e)] + _arc(w - r, h - r, r, r, 0, 90) + _arc(r, h - r, r, r, 90, 180) + [(0, h * 0.72)]]
        if ch == "K":
            return [[(0, -e), (0, h + e)], [(w, -e), (0, h * 0.6)], [(w * 0.32, h * 0.4), (w * 1.02, h + e)]]
        if ch == "L":
            return [[(0, -e), (0, h), (w + e, h)]]
        if ch == "M":
            y = h * self.middle * 1.3
            return [[(0, h + e), (0, 0), (w / 2, y), (w, 0), (w, h + e)], [(0, -e), (0, m)], [(w, -e), (w, m)]]
        if ch == "N":
            return [[(0, h + e), (0, 0), (w, h), (w, -e)], [(0, -e), (0, m)], [(w, m), (w, h + e)]]
        if ch in "PR":
            rp = min(h * 0.26, w * 0.75)
            y = rp * 2
            lines = [[(0, -e), (0, h + e)], [(0, 0), (w - rp, 0)] + _arc(w - rp, rp, rp, rp, 270, 450) + [(0, y)]]
            if ch == "R":
                lines.append([(w * self.slash_r - w * 0.05, y), (w * 1.0, h + 1.5 * e)])
            return lines
        if ch == "S":
            return [[(w, h * 0.25)] + _arc(w - r, r, r, r, 360, 270) + _arc(r, r, r, r, 270, 180) +
                    _arc(r, m - r, r, r, 180, 90) + _arc(w - r, m + r, r, r, 270, 360) +
                    _arc(w - r, h - r, r, r, 0, 90) + _arc(r, h - r, r, r, 90, 180) + [(0, h * 0.75)]]
        if ch == "T":
            return [[(-e, 0), (w + e, 0)], [(w / 2, 0), (w / 2, h + e)]]
        if ch == "U":
            return [[(0, -e)] + _arc(r, h - r, r, r, 180, 90) + _arc(w - r, h - r, r, r, 90, 0) + [(w, -e)]]
        if ch == "V":
            return [[(-0.02 * w, -2 * e), (w * 0.46, h), (w * 0.54, h), (w * 1.02, -2 * e)]]
        if ch == "W":
            return [[(0, -2 * e), (w * 0.25, h), (w * 0.5, h * 0.25), (w * 0.75, h), (w, -2 * e)]]
        if ch == "X":
            return [[(0, -e), (w, h + e)], [(w, -e), (0, h + e)]]
        if ch == "Y":
            return [[(0, -e), (w / 2, h * 0.5), (w, -e)], [(w / 2, h * 0.5), (w / 2, h + e)]]
        if ch == "Z":
            return [[(-e, 0), (w, 0), (0, h), (w + e, h)]]
        raise KeyError(ch)


# ----------------------------------------------------------------------------------------------------------- fonts


@functools.lru_cache(maxsize=4096)
def font_glyph(path, index, ch, width_ratio):
    """`ch` of a font, cut to its ink and squeezed to width_ratio * height (None keeps the font's own width)."""
    font = ImageFont.truetype(path, 150, index=index)
    left, top, right, bottom = font.getbbox(ch)
    image = Image.new("L", (right + 20, bottom + 20), 0)
    ImageDraw.Draw(image).text((10, 10), ch, fill=255, font=font)
    a = np.asarray(image)
    ys, xs = np.where(a > 32)
    a = a[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    ratio = a.shape[1] / a.shape[0] if width_ratio is None else width_ratio
    a = cv2.resize(a, (max(3, int(GLYPH_HEIGHT * ratio)), GLYPH_HEIGHT), interpolation=cv2.INTER_AREA)
    return a.astype(np.float32) / 255


class FontFace:
    """The Latin letters of one font file, squeezed by one common factor."""

    def __init__(self, rng):
        self.path = rng.choice(_existing(LATIN_FONTS))
        self.index = 0
        zero = font_glyph(self.path, 0, "0", None)
        aspect = rng.uniform(0.44, 0.62)
        self.squeeze = aspect / (zero.shape[1] / GLYPH_HEIGHT)

    def glyph(self, ch):
        own = font_glyph(self.path, self.index, ch, None)
        ratio = own.shape[1] / GLYPH_HEIGHT * self.squeeze
        ratio = min(ratio, 0.78) if ch not in "I1" else max(0.16, ratio)
        return font_glyph(self.path, self.index, ch, round(ratio, 2))


class HanFace:
    """Chinese characters of one font file, squeezed to the cell of the standard (45 x 90, 80 x 60, ...)."""

    def __init__(self, rng):
        self.path, self.index = rng.choice(_existing(HAN_FONTS))
        self.thick = rng.choice([0, 0, 0, 1, 2])

    def glyph(self, ch, ratio):
        a = font_glyph(self.path, self.index, ch, round(ratio, 2))
        if self.thick:
            a = cv2.dilate(a, np.ones((1 + self.thick, 1 + self.thick), np.float32))
        return a


_POOL = {}


def random_face(rng):
    """A drawn face two times in three, else a font; faces are kept and used again, for speed."""
    pool = _POOL.setdefault("latin", [])
    if len(pool) < 160:
        pool.append(Face(rng) if rng.random() < 0.66 else FontFace(rng))
        return pool[-1]
    if rng.random() < 0.02:
        pool[rng.randrange(len(pool))] = Face(rng) if rng.random() < 0.66 else FontFace(rng)
    return rng.choice(pool)


def random_han(rng):
    return HanFace(rng)


if __name__ == "__main__":  # a sheet to look at
    rng = random.Random(1)
    rows = []
    for _ in range(12):
        face = random_face(rng)
        han = random_han(rng)
        cells = [face.glyph(c) for c in LATIN] + [han.glyph(c, 0.5) for c in rng.sample(PROVINCES, 6)]
        row = np.hstack([np.pad(c, ((8, 8), (6, 6))) for c in cells])
        rows.append(np.pad(row, ((0, 0), (0, max(0, 3400 - row.shape[1]))))[:, :3400])
    cv2.imwrite("/tmp/glyphs.png", (np.vstack(rows) * 255).astype(np.uint8))
