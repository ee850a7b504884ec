"""Draws pieces of freight containers with their numbers (ISO 6346): doors with rods, hinges and tables, corrugated side walls.

All measures are in heights of the number's characters (about 100 mm on a real one). `draw_panel(rng, height, ...)` gives a
Panel: the picture seen from the front and the numbers that stand on it, each with its text, layout and four corners. The
corners hold the whole number, check digit and its box included, and a margin.
"""

import dataclasses

import cv2
import numpy as np

import container_texts
import container_walls
import glyphs
import views

MARGIN_X, MARGIN_Y = 0.6, 0.25  # of a line's height, around the characters: as much as a detector errs


@dataclasses.dataclass
class Number:
    text: str  # eleven characters
    layout: str  # one-line, two-line
    corners: np.ndarray  # 4 x 2, pixels of the panel
    line: float  # height of a line, pixels


@dataclasses.dataclass
class Panel:
    image: np.ndarray  # BGR uint8
    numbers: list


PAINTS = [(45, 30, 110), (120, 60, 20), (60, 80, 30), (30, 90, 200), (130, 130, 125), (225, 225, 222), (40, 55, 95),
          (30, 30, 160), (120, 110, 30), (40, 160, 215), (150, 90, 50), (55, 55, 58), (90, 45, 90), (175, 150, 60)]  # BGR


def paint(rng):
    base = rng.choice(PAINTS) if rng.random() < 0.8 else [rng.uniform(10, 230) for _ in range(3)]
    f = rng.uniform(0.6, 1.3)
    return np.clip([v * f + rng.gauss(0, 14) for v in base], 8, 245).astype(np.float32)


def ink(rng, on):
    """A colour of lettering that one can tell from the paint under it."""
    gray = on @ np.array([0.114, 0.587, 0.299], np.float32)
    least = rng.choice([45, 70, 100])
    for _ in range(20):
        v = rng.uniform(190, 255) if rng.random() < (0.85 if gray < 130 else 0.1) else rng.uniform(0, 60)
        spread = 10 if rng.random() < 0.88 else 120
        c = np.clip([v + rng.uniform(-spread, spread) for _ in range(3)], 0, 255).astype(np.float32)
        if abs(c @ np.array([0.114, 0.587, 0.299], np.float32) - gray) > least:
            return c
    return np.array([250.0] * 3 if gray < 130 else [10.0] * 3, np.float32)


class Lettering:
    """Puts characters of one face on a mask. Widths and gaps are of one maker."""

    def __init__(self, rng):
        self.rng, self.face = rng, glyphs.random_face(rng)
        self.wide = rng.uniform(0.9, 1.45) if rng.random() < 0.75 else rng.uniform(0.75, 0.95)
        self.gap = rng.uniform(0.07, 0.22) if rng.random() < 0.85 else rng.uniform(0.22, 0.5)
        self.pitch = rng.uniform(0.72, 0.95) if rng.random() < 0.25 else 0.0  # every character in a cell of its own

    def line(self, mask, text, x, y, h):
        """Draws `text` with its top left at x, y; h high. Returns the x where it ends and the boxes of its characters.

        A space is a gap of half a height, a tab of a random one.
        """
        boxes = []
        for ch in text:
            if ch in " \t":
                x += h * (0.5 if ch == " " else self.rng.uniform(0.25, 0.95))
                continue
            if ch == "-":
                w = h * 0.3
                _put(mask, np.ones((6, 6), np.float32), x, y + h * 0.44, w, h * 0.12)
                x += w + h * self.gap
                continue
            g = self.face.glyph(ch)
            w = g.shape[1] / g.shape[0] * h * self.wide
            step = w + h * self.gap
            at = x
            if self.pitch:
                cell = max(h * self.pitch, w + h * 0.06)
                at, step = x + (cell - w) / 2 - h * 0.05, cell
            _put(mask, g, at, y + self.rng.gauss(0, 0.006) * h, w, h)
            boxes.append((at, y, at + w, y + h))
            x += step
        return x, boxes


def _put(mask, glyph, x, y, w, h):
    x0, y0, x1, y1 = int(round(x)), int(round(y)), int(round(x + w)), int(round(y + h))
    x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
    g = cv2.resize(glyph, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    mh, mw = mask.shape
    a, b, c, d = max(x0, 0), max(y0, 0), min(x1, mw), min(y1, mh)
    if a < c and b < d:
        np.maximum(mask[b:d, a:c], g[b - y0:d - y0, a - x0:c - x0], out=mask[b:d, a:c])


def _box_digit(rng, mask, box, h):
    """The frame around the check digit; returns the box of digit and frame."""
    pad_x, pad_y = rng.uniform(0.08, 0.24) * h, rng.uniform(0.04, 0.2) * h
    x0, y0, x1, y1 = box[0] - pad_x, box[1] - pad_y, box[2] + pad_x, box[3] + pad_y
    thick = max(1, int(round(rng.uniform(0.04, 0.11) * h)))
    layer = np.zeros(mask.shape, np.uint8)
    p, q = (int(round(x0)), int(round(y0))), (int(round(x1)), int(round(y1)))
    cv2.rectangle(layer, p, q, 255, thick)
    np.maximum(mask, layer.astype(np.float32) / 255, out=mask)
    return x0, y0, x1, y1


def write_number(rng, mask, letters, x, y, h):
    """The number in one or two lines from x, y; returns it, and the box of its lines (x0, y0, x1, y1)."""
    text = container_texts.number(rng)
    owner, serial, check = text[:4], text[4:10], text[10]
    boxed = rng.random() < 0.72
    two = rng.random() < 0.42
    last = rng.choice(["\t", "\t", " ", ""]) if not boxed else rng.choice(["\t", " "])
    if boxed and letters.pitch:
        last = " "
    if rng.random() < 0.05 and not boxed:
        last = "-"
    if rng.random() < 0.04:
        owner = owner[:3] + "\t" + owner[3]
    if rng.random() < 0.06:
        serial = serial[:3] + "\t" + serial[3:]
    if not two:
        between = rng.choice(["\t", "\t", " ", "" if rng.random() < 0.3 else " "])
        _, boxes = letters.line(mask, owner + between + serial + last + check, x, y, h)
    else:
        gap = rng.uniform(0.14, 0.55) * h
        _, low = letters.line(mask, serial + last + check, x, y + h + gap, h)
        width = low[-1][2] - low[0][0]
        probe = np.zeros((1, 1), np.float32)
        _, top = letters.line(probe, owner, 0, -10 * h, h)
        own = top[-1][2] - top[0][0]
        room = max(0.0, width - own)
        r = rng.random()
        at = x if r < 0.7 else x + room * (0.5 if r < 0.85 else 1.0)
        _, top = letters.line(mask, owner, at, y, h)
        boxes = top + low
    if boxed:
        boxes.append(_box_digit(rng, mask, boxes[-1], h))
    x0, x1 = min(b[0] for b in boxes), max(b[2] for b in boxes)
    y0, y1 = y, (y + 2 * h + gap if two else y + h)
    l, r, t, b = x0 - MARGIN_X * h, x1 + MARGIN_X * h, y0 - MARGIN_Y * h, y1 + MARGIN_Y * h
    corners = np.array([[l, t], [r, t], [r, b], [l, b]], np.float32)
    return Number(text, "two-line" if two else "one-line", corners, float(h)), (x0, y0, x1, y1)


def _decoys(rng, mask, small, letters, box, h, rich):
    """Size and type code, tables and logos around the number; `small` takes the fine print."""
    x0, _, x1, y1 = box
    y = y1 + rng.uniform(0.3, 1.2) * h
    other = letters if rng.random() < 0.8 else Lettering(rng)
    if rng.random() < 0.8:
        code = container_texts.size_type(rng)
        at = x0 if rng.random() < 0.6 else max(0.0, x1 - h * 0.85 * len(code.replace(" ", "")))
        if rng.random() < 0.12:  # beside the number
            other.line(mask, code, x1 + rng.uniform(0.8, 2.5) * h, y1 - h, h * rng.uniform(0.8, 1.0))
        else:
            other.line(mask, code, at, y, h * rng.uniform(0.75, 1.05))
            y += h * rng.uniform(1.4, 2.2)
    if rng.random() < 0.6:
        _table(rng, small, x0 + rng.uniform(-1, 1) * h, y + rng.uniform(0, 1.5) * h, h)
    if rich and rng.random() < 0.6:
        word = container_texts.word(rng)
        big = h * rng.uniform(1.5, 4.5)
        x, y = rng.uniform(-0.2, 0.6) * mask.shape[1], rng.uniform(0, 0.9) * mask.shape[0]
        if y > y1 + 0.3 * h or y + big < box[1] - 0.3 * h or x > x1 + h:
            Lettering(rng).line(mask, word, x, y, big)
    if rich and rng.random() < 0.12:  # the number once more, upright, letter under letter: not asked for
        x, y = rng.uniform(0.02, 0.95) * mask.shape[1], rng.uniform(0.05, 0.3) * mask.shape[0]
        if not x0 - 2 * h < x < x1 + h:
            for ch in container_texts.number(rng):
                letters.line(mask, ch, x, y, h)
                y += h * 1.3


def _table(rng, small, x, y, h):
    """Gross weight, tare, payload, volume."""
    size = h * rng.uniform(0.3, 0.6)
    for row in container_texts.table(rng):
        if 0 <= y < small.shape[0]:
            cv2.putText(small, row, (int(x), int(y + size)), rng.choice([0, 2]), max(0.15, size / 22), 1.0,
                        max(1, int(size / 9)), cv2.LINE_AA)
        y += size * rng.choice([1.4, 1.6])


def _wear(rng, mask):
    """Letters that peel and fade."""
    h, w = mask.shape
    n = np.random.default_rng(rng.getrandbits(32))
    r = rng.random()
    if r < 0.35:
        field = cv2.resize(n.random((max(2, h // 5), max(2, w // 5)), np.float32), (w, h))
        mask *= np.clip((field - rng.uniform(0.05, 0.3)) * 6, rng.uniform(0, 0.5), 1)
    elif r < 0.6:
        field = cv2.resize(n.random((4, 9), np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        mask *= np.clip(1 - rng.uniform(0, 0.7) * field, 0.2, 1)
    return mask


def draw_panel(rng, h, width, height, at=None, rich=True, door=None):
    """A piece of a container, `width` x `height` in character heights, h pixels each.

    at: where the number's top left stands, in character heights; None: no number. `rich`: with logos and much else.
    door: of the doors, or of a side; None: either.
    """
    W, H = max(8, int(width * h)), max(8, int(height * h))
    colour = paint(rng)
    mask, small = np.zeros((H, W), np.float32), np.zeros((H, W), np.float32)
    letters = Lettering(rng)
    numbers = []
    box = (W * 0.5, 0, W * 0.6, rng.uniform(0.1, 0.6) * H)
    if at is not None:
        number, box = write_number(rng, mask, letters, at[0] * h, at[1] * h, h)
        numbers.append(number)
    _decoys(rng, mask, small, letters, box, h, rich)
    mask = _wear(rng, np.maximum(mask, small))
    strength = rng.uniform(0.75, 1.0)
    door = rng.random() < 0.6 if door is None else door
    image = np.empty((H, W, 3), np.float32)
    image[:] = colour
    letters_colour = ink(rng, colour)
    under = mask.copy() if rng.random() < 0.06 else None  # a patch of other paint under the number
    if under is not None and numbers:
        (x0, y0), (x1, y1) = numbers[0].corners[0], numbers[0].corners[2]
        patch = paint(rng)
        g = rng.uniform(0, 0.6) * h
        cv2.rectangle(image, (int(x0 - g), int(y0 - g)), (int(x1 + g), int(y1 + g)), patch.tolist(), -1)
        letters_colour = ink(rng, patch)
    image += (letters_colour - image) * (mask * strength)[..., None]
    image = container_walls.rust(rng, image, h)
    image = (container_walls.door if door else container_walls.side)(rng, image, h, numbers)
    return Panel(np.clip(image, 0, 255).astype(np.uint8), numbers)


if __name__ == "__main__":  # a sheet to look at
    import random
    rng = random.Random(3)
    views.photos()
    rows = []
    for _ in range(6):
        row = []
        for _ in range(4):
            p = draw_panel(rng, 22, 18, 12, (rng.uniform(1, 6), rng.uniform(1, 6)))
            for n in p.numbers:
                cv2.polylines(p.image, [np.int32(n.corners)], True, (0, 255, 0), 1)
            row.append(p.image)
        rows.append(np.hstack(row))
    cv2.imwrite("/tmp/containers.png", np.vstack(rows))
