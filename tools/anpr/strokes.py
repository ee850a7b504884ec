"""An alphabet drawn with strokes: narrow and DIN-like, as plates of both countries are, its proportions at random."""

import math

import cv2
import numpy as np

GLYPH_HEIGHT = 96


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
        """Centre lines of a character, in a box of w x h."""
        if ch.isdigit() or ch in "OQ":
            return self._digits(ch, w, h)
        return self._letters_to_j(ch, w, h) if ch <= "J" else self._letters_from_k(ch, w, h)

    def _digits(self, ch, w, h):
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
        raise KeyError(ch)

    def _letters_to_j(self, ch, w, h):
        r = min(w / 2, h / 4) * self.roundness
        e = h * 0.075  # runs past the centre line to the cell's edge, so that straight ends come out flat
        m = self.waist * h
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
        raise KeyError(ch)

    def _letters_from_k(self, ch, w, h):
        r = min(w / 2, h / 4) * self.roundness
        e = h * 0.075  # runs past the centre line to the cell's edge, so that straight ends come out flat
        m = self.waist * h
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
