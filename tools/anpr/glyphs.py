"""Characters of number plates: outlines drawn here, and outlines of free fonts.

No free font equals the lettering of either country's standard. So that the reader cannot lean on one face, a glyph
comes from one of two sources: strokes (strokes.py), or a font file of the distribution, squeezed to the cell of the standard.

A glyph is a float32 mask, 1 where there is paint, cut to its cell: GLYPH_HEIGHT rows high.
"""

import functools
import glob
import random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from strokes import GLYPH_HEIGHT, Face

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
# (file, face in it, whether its strokes are so thin that they can be drawn anew with an even, round pen)
HAN_FONTS = [
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Thin.ttc", 2, True),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Light.ttc", 2, True),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-DemiLight.ttc", 2, True),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2, False),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Medium.ttc", 2, False),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2, False),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0, False),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0, False),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0, False),
    ("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf", 0, False),
]


def existing(fonts):
    """Those of LATIN_FONTS or HAN_FONTS that this machine has."""
    return [p for p in fonts if glob.glob(p[0] if isinstance(p, tuple) else p)]


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
        self.path = rng.choice(existing(LATIN_FONTS))
        self.index = 0
        zero = font_glyph(self.path, 0, "0", None)
        aspect = rng.uniform(0.44, 0.62)
        self.squeeze = aspect / (zero.shape[1] / GLYPH_HEIGHT)

    def glyph(self, ch):
        own = font_glyph(self.path, self.index, ch, None)
        ratio = own.shape[1] / GLYPH_HEIGHT * self.squeeze
        ratio = min(ratio, 0.78) if ch not in "I1" else max(0.16, ratio)
        return font_glyph(self.path, self.index, ch, round(ratio, 2))


def bent(a, rng, amount):
    """The glyph with its strokes a little elsewhere: every maker's dies differ."""
    h, w = a.shape
    n = np.random.default_rng(rng.getrandbits(32))
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    dx, dy = (cv2.resize(n.standard_normal((5, 4)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
              for _ in range(2))
    return cv2.remap(a, xx + dx * amount * w, yy + dy * amount * h, cv2.INTER_LINEAR)


class HanFace:
    """Chinese characters of one font file, squeezed to the cell of the standard (45 x 90, 80 x 60, ...).

    The standard's own have strokes of one breadth, round at their ends, however narrow the cell: from a thin font they are
    drawn after the squeezing.
    """

    def __init__(self, rng):
        self.rng = rng
        self.path, self.index, self.thin = rng.choice(existing(HAN_FONTS))
        self.pen = rng.uniform(3.0, 8.0) if self.thin else rng.choice([0, 0, 0, 2, 3])
        self.bend = rng.choice([0.0, 0.012, 0.02, 0.03])
        self.kept = {}

    def glyph(self, ch, ratio):
        key = ch, round(ratio, 2)
        if key not in self.kept:
            self.kept[key] = self._draw(*key)
        return self.kept[key]

    def _draw(self, ch, ratio):
        a = font_glyph(self.path, self.index, ch, ratio)
        if self.thin:
            a = np.minimum(a * 1.8, 1.0)
        if self.bend:
            a = bent(a, self.rng, self.bend)
        if self.pen:
            # A character with many strokes has finer ones.
            pen = self.pen * (min(1.25, 0.16 / max(float(a.mean()), 0.05)) if self.thin else 1.0)
            size = max(2, int(round(pen)))
            a = cv2.dilate(a, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
        return a


_POOL = {}
_ONLY = []


def random_face(rng):
    """A drawn face two times in three, else a font; faces are kept and used again, for speed."""
    pool = _POOL.setdefault("latin", [])
    if len(pool) < 160:
        pool.append(Face(rng) if rng.random() < 0.66 else FontFace(rng))
        return pool[-1]
    if rng.random() < 0.02 and not _ONLY:
        pool[rng.randrange(len(pool))] = Face(rng) if rng.random() < 0.66 else FontFace(rng)
    return rng.choice(pool)


def random_han(rng):
    pool = _POOL.setdefault("han", [])
    if len(pool) < 150:
        pool.append(HanFace(rng))
        return pool[-1]
    if rng.random() < 0.02:
        pool[rng.randrange(len(pool))] = HanFace(rng)
    return rng.choice(pool)


def only_fonts(rng, paths):
    """From now on every Latin letter is of one of these fonts: for measuring on faces that were not trained on."""
    _ONLY[:] = LATIN_FONTS[:] = existing(paths)
    _POOL["latin"] = [FontFace(rng) for _ in range(160)] if LATIN_FONTS else []
    return bool(LATIN_FONTS)


if __name__ == "__main__":  # a sheet to look at
    rng = random.Random(1)
    rows = []
    for _ in range(12):
        face = random_face(rng)
        han = random_han(rng)
        cells = [face.glyph(c) for c in LATIN] + [han.glyph(c, 0.5) for c in PROVINCES]
        row = np.hstack([np.pad(c, ((8, 8), (6, 6))) for c in cells])
        rows.append(np.pad(row, ((0, 0), (0, max(0, 4700 - row.shape[1]))))[:, :4700])
    cv2.imwrite("/tmp/glyphs.png", (np.vstack(rows) * 255).astype(np.uint8))
