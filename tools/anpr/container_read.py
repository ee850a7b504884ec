"""Finds and reads container numbers with the two exported models, for measuring what is trained: as services/camera does, but of each
find in several cuts, of which the likeliest text is kept."""

import dataclasses
import math
import string

import cv2
import numpy as np

import container_texts
import container_views
import nets
import scenes
import train_detector
import views

SURE = 0.90  # from this confidence on
BIAS, OF_PROBABILITY = 1.80, 1.0  # a right check digit is worth a factor of up to 11, whose logarithm is 2.4
RIVAL_MAX = 0.1  # of the next best text with a right check digit: its part of the best one's probability
LINE_MIN = 9.0  # pixels; lower lines are never sure
ALLOWED = [string.ascii_uppercase] * 3 + ["UJZ"] + [string.digits] * 7
LOOK = {0: (320, 128), 1: (192, 128)}  # size of the second look
LOOK_LINE = 16.0  # and how high a line is in it
HEIGHT_IN_LINES = (1.5, 2.85)
CUTS = [(1.0, 1.0), (1.05, 1.12), (0.97, 0.90), (1.0, 1.25)]  # the corners of the second look, scaled across and up


@dataclasses.dataclass
class Read:
    text: str
    probability: float  # of the text, as the net says it
    rival: float  # of the next best text with a right check digit
    score: float  # the detector's
    layout: int  # 0 one-line, 1 two-line
    corners: np.ndarray

    stated: float = None  # the program's own confidence, where it has read

    @property
    def is_number(self):
        return container_texts.is_number(self.text)

    @property
    def confidence(self):
        if self.stated is not None:
            return self.stated
        p = min(max(self.probability, 1e-9), 1 - 1e-4)
        stated = 1 / (1 + math.exp(-BIAS - OF_PROBABILITY * math.log(p / (1 - p))))
        line = views.quad_height(self.corners) / HEIGHT_IN_LINES[self.layout]
        return min(stated, 0.5) if self.rival > RIVAL_MAX * self.probability or line < LINE_MIN else stated

    @property
    def sure(self):
        return self.is_number and self.confidence >= SURE


def of_program(answer):
    """A read of `camera read --json --containers`."""
    return Read(answer["container_number"], answer["probability"], answer["rival_probability"], 1.0,
                ("one-line", "two-line").index(answer["layout"]), np.array(answer["corners"], np.float32), answer["confidence"])


def shape_for(w, h):
    aspect = w / h
    return (512, 320) if aspect > 1.45 else (448, 352) if aspect > 0.9 else (320, 512)


def letterbox(image):
    """The detector's picture; and how to come back: scale and offset."""
    h, w = image.shape[:2]
    W, H = shape_for(w, h)
    scale = min(W / w, H / h)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = cv2.resize(image, (size[0] * 2, size[1] * 2), interpolation=cv2.INTER_LINEAR) if scale < 0.5 else image
    small = cv2.resize(small, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (W - size[0]) // 2, (H - size[1]) // 2
    box = cv2.copyMakeBorder(small, top, H - size[1] - top, left, W - size[0] - left, cv2.BORDER_CONSTANT, value=(114,) * 3)
    return box, np.array([size[0] / w, size[1] / h]), np.array([left, top])


class ContainerReader:
    def __init__(self, detector, reader, look_again=True):
        self.detector, self.reader = cv2.dnn.readNetFromONNX(detector), cv2.dnn.readNetFromONNX(reader)
        self.look_again = look_again

    def _detect(self, image, limit):
        self.detector.setInput(cv2.dnn.blobFromImage(image, 1 / 255, mean=(127.5,) * 3, swapRB=True))
        return train_detector.decode(self.detector.forward()[0], limit, 6)

    def find(self, image, limit=0.15):
        """[(score, layout 0 or 1, corners of the first look, of the second)] in pixels of the picture."""
        box, scale, offset = letterbox(image)
        found = []
        for score, layout, corners in self._detect(box, limit):
            c = ((corners - offset) / scale - 0.5).astype(np.float32)
            found.append((score, layout, c, self._closer(image, layout, c) if self.look_again else c))
        return found

    def _closer(self, image, layout, corners):
        """The corners as the net sees them in a second look at this one number."""
        w, h = LOOK[layout]
        scale = LOOK_LINE * HEIGHT_IN_LINES[layout] / max(2.0, views.quad_height(corners))
        scale = min(scale, 0.8 * w / max(2.0, float(corners[:, 0].max() - corners[:, 0].min())))
        middle = corners.mean(0)
        low, high = middle - np.array([w, h]) / 2 / scale, middle + np.array([w, h]) / 2 / scale
        a, b = np.floor(low).astype(int), np.ceil(high).astype(int)
        ca, cb = np.maximum(a, 0), np.minimum(b, image.shape[1::-1])
        if (cb - ca).min() < 8:
            return corners
        part = cv2.copyMakeBorder(image[ca[1]:cb[1], ca[0]:cb[0]], ca[1] - a[1], b[1] - cb[1], ca[0] - a[0], b[0] - cb[0],
                                  cv2.BORDER_CONSTANT, value=(114,) * 3)
        look = cv2.resize(part, (w, h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        best, nearest = corners, 0.25
        for _, k, c in self._detect(look, 0.15):
            away = float(np.abs((c.mean(0) - np.array([w, h]) / 2) / [w, h]).max())
            if k == layout and away < nearest:
                best, nearest = ((c / [w, h] * (b - a) + a) - 0.5).astype(np.float32), away
        return best

    def text_of(self, gray):
        self.reader.setInput(views.normalise(gray)[None, None])
        logits = self.reader.forward()[0, :, 0].astype(np.float64)
        logits -= logits.max(0)
        return search(np.exp(logits) / np.exp(logits).sum(0))

    def read(self, image):
        """Every text of a number's form, with a right check digit or without: of a find the likeliest of several cuts."""
        out = []
        for score, layout, first, second in self.find(image):
            texts = []
            for corners in [first] + [scaled(second, *by) for by in CUTS]:
                best = self.text_of(container_views.cut(image, corners, ("one-line", "two-line")[layout]))
                if best:
                    texts.append(best)
            if texts:
                out.append(Read(*max(texts, key=lambda t: t[1]), score, layout, second))
        return out


def scaled(corners, across, up):
    """The corners moved away from their centre, as Scaled of services/camera/vision/geometry.h."""
    c = corners - corners.mean(0)
    x, y = (c[1] + c[2] - c[0] - c[3]) / 4, (c[2] + c[3] - c[0] - c[1]) / 4
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    return (corners + signs[:, :1] * x * (across - 1) + signs[:, 1:] * y * (up - 1)).astype(np.float32)


def search(p, width=24):
    """(text, probability, that of the next best text with a right check digit). The text is the likeliest in the form of a number,
    whatever its check digit; None if there is none. p: classes x steps. CTC prefix search."""
    beams = {"": (1.0, 0.0)}  # text -> probability that ends in a blank, in a character
    classes = {ch: nets.CHARSET.index(ch) + 1 for ch in set("".join(ALLOWED))}
    for t in range(p.shape[1]):
        col = p[:, t]
        new = {}

        def add(text, blank, char):
            b, c = new.get(text, (0.0, 0.0))
            new[text] = (b + blank, c + char)

        for text, (blank, char) in beams.items():
            add(text, (blank + char) * col[0], char * col[classes[text[-1]]] if text else 0.0)
            if len(text) == len(ALLOWED):
                continue
            for ch in ALLOWED[len(text)]:
                q = col[classes[ch]]
                if q > 1e-5:
                    add(text + ch, 0.0, (blank if text.endswith(ch) else blank + char) * q)
        beams = dict(sorted(new.items(), key=lambda kv: -sum(kv[1]))[:width])
    whole = [(sum(v), text) for text, v in beams.items() if len(text) == len(ALLOWED)]
    if not whole:
        return None
    whole.sort(reverse=True)
    rival = max((p for p, text in whole[1:] if container_texts.is_number(text)), default=0.0)
    return whole[0][1], min(1.0, whole[0][0]), rival
