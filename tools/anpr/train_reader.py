"""Trains the reader: rendered plates, and real crops with their labels when a folder of them is given."""

import csv
import os
import random

import cv2
import numpy as np
import torch
from torch.nn import functional

import damage
import glyphs
import nets
import training
import views


CORNERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "anpr_dev_corners.csv")


class RealCrop:
    """A picture that is little more than a plate, and its text."""

    def __init__(self, image, text, corners):
        self.image, self.text = image, text
        h, w = image.shape[:2]
        self.edges = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32) - 0.5
        self.corners = corners  # of the plate, where they are known
        b, _, r = cv2.mean(image)[:3]
        self.is_blue = b > r + 10


class RealCrops:
    """Labelled crops of real plates; 15 % by name are held out for early stopping."""

    def __init__(self, folder):
        self.train, self.held = [], []
        if not folder:
            return
        with open(CORNERS, encoding="utf-8") as f:
            corners = {row[0]: np.array(row[1:], np.float32).reshape(4, 2) for row in list(csv.reader(f))[1:]}
        with open(os.path.join(folder, "labels.csv"), encoding="utf-8") as f:
            rows = [r for r in csv.DictReader(f) if r["kind"] == "crop" and r["layout"] == "one-line"]
        for row in rows:
            image = cv2.imread(os.path.join(folder, row["file"]))
            if image is not None and all(c in nets.CHARSET for c in row["plate"]):
                held = random.Random(row["file"]).random() < 0.15
                crop = RealCrop(image, row["plate"], corners.get(row["file"]))
                (self.held if held else self.train).append(crop)

    def sample(self, rng):
        crop = rng.choice(self.train)
        image, text, corners = crop.image, crop.text, crop.edges
        if crop.corners is not None and rng.random() < 0.7:
            corners = crop.corners
        # Most of the crops are of one province: mostly put another one's character there, or leave it out, or the reader
        # would say it always.
        r = rng.random()
        if crop.corners is not None and crop.is_blue and r < (0.6 if text[0] == "皖" else 0.35):
            image, corners = with_province(rng, crop, text := rng.choice(glyphs.PROVINCES) + text[1:])
        elif text[0] == "皖" and r < 0.8:
            part = rng.uniform(0.145, 0.16)
            corners = corners.copy()
            corners[0] += (corners[1] - corners[0]) * part
            corners[3] += (corners[2] - corners[3]) * part
            text = text[1:]
        corners = views.jitter(rng, corners, rng.uniform(0.0, 0.05))
        corners = views.shift_edges(rng, corners, rng.choice([0.0, 0.04, 0.09]))
        if rng.random() < 0.5:
            f = rng.uniform(0.5, 1.0) * min(1.0, 24 / views.quad_height(corners))
            image = cv2.resize(image, None, fx=f, fy=f, interpolation=cv2.INTER_AREA)
            corners = (corners + 0.5) * f - 0.5
        if rng.random() < 0.7:
            image = damage.light(rng, image)
        height = views.quad_height(corners)
        if rng.random() < 0.5:
            image = damage.blur(rng, image, height * 0.5)
        if rng.random() < 0.5:
            image = damage.sensor(rng, image)
        return views.reader_cut(image, corners.astype(np.float32), "one-line"), text


def with_province(rng, crop, text):
    """A real plate, upright, with another province's character drawn over its own in the plate's own colours."""
    margin, size = 0.10, (264, 84)  # half a millimetre a pixel
    image = views.rectify(crop.image, crop.corners, size, margin)
    x0, y0 = 22, 7

    def at(mm_x, mm_y):
        return int(round(x0 + mm_x / 2)), int(round(y0 + mm_y / 2))

    (left, top), (right, bottom) = at(10, 17), at(65, 123)
    (a, b), (c, d) = at(70, 27), at(122, 113)
    letter = image[b:d, a:c].reshape(-1, 3)
    gray = letter.mean(1)
    ink = np.median(letter[gray >= np.percentile(gray, 85)], 0)
    paint = np.median(letter[gray <= np.percentile(gray, 40)], 0)
    gap = cv2.GaussianBlur(image[top:bottom, right:right + 3].astype(np.float32).mean(1, keepdims=True), (1, 9), 0)
    image = image.astype(np.float32)
    image[top:bottom, left:right] = 0.5 * gap + 0.5 * paint
    mask = np.zeros(image.shape[:2], np.float32)
    face = glyphs.random_han(rng)
    (gx, gy), (gr, gb) = at(15.5 + rng.uniform(-3, 3), 25 + rng.uniform(-4, 4)), at(61, 115)
    glyph = cv2.resize(face.glyph(text[0], 0.5), (gr - gx, gb - gy), interpolation=cv2.INTER_AREA)
    mask[gy:gb, gx:gr] = glyph
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.7, 1.8))[..., None]
    strength = rng.uniform(0.8, 1.05)
    image = image * (1 - mask * strength) + ink * mask * strength
    corners = np.array([[x0, y0], [x0 + 220, y0], [x0 + 220, y0 + 70], [x0, y0 + 70]], np.float32) - 0.5
    return np.clip(image, 0, 255).astype(np.uint8), corners


class Source:
    """Batches: fresh renderings, some seen before with new tones (rendering costs as much as learning), real crops."""

    def __init__(self, size, real, replay=0.68, real_share=0.16, pool=60000, hidden=0.22):
        self.size, self.real, self.pool_size, self.hidden = size, real, pool, hidden
        self.replay, self.real_share, self.pool = replay, real_share if real.train else 0.0, []

    def __call__(self, rng):
        pictures, labels = [], []
        for _ in range(self.size):
            r = rng.random()
            halves = False
            if r < self.real_share:
                g, text = self.real.sample(rng)
            elif r < self.real_share + self.replay and len(self.pool) > 2000:
                g, text, halves = rng.choice(self.pool)
                g = self.again(rng, g)
            else:
                g, plate = views.reader_sample(rng)
                text, halves = plate.text, plate.layout == "two-line"
                if len(self.pool) < self.pool_size:
                    self.pool.append((g, text, halves))
                else:
                    self.pool[rng.randrange(self.pool_size)] = (g, text, halves)
            if rng.random() < self.hidden:
                g = damage.hide(rng, g, halves)
            pictures.append(views.normalise(g))
            labels.append(text)
        return to_tensors(pictures, labels)

    @staticmethod
    def again(rng, g):
        h, w = g.shape
        src = np.array([[0, 0], [w, 0], [0, h]], np.float32)
        dst = src + np.array([[rng.gauss(0, 1.4), rng.gauss(0, 0.8)] for _ in range(3)], np.float32)
        g = cv2.warpAffine(g, cv2.getAffineTransform(src, dst), (w, h), borderMode=cv2.BORDER_REPLICATE)
        return damage.again(rng, g)


def to_tensors(pictures, labels):
    codes = [nets.encode(t) for t in labels]
    return (torch.from_numpy(np.stack(pictures)[:, None]), torch.tensor([c for code in codes for c in code]),
            torch.tensor([len(c) for c in codes]), labels)


def loss_of(net, tensors):
    x, codes, lengths, _ = tensors
    logits = training.forward(net, x)[:, :, 0].permute(2, 0, 1)
    steps = torch.full((x.shape[0],), logits.shape[0], dtype=torch.long)
    loss = functional.ctc_loss(functional.log_softmax(logits, 2), codes, steps, lengths, zero_infinity=True)
    return loss, {"loss": loss.item()}


def make_evaluate(real, count):
    rng = random.Random(777)
    synthetic = [views.reader_sample(rng) for _ in range(count)]

    def evaluate(net):
        def read(grays):
            out = []
            with torch.no_grad():
                for i in range(0, len(grays), 64):
                    x = torch.from_numpy(np.stack([views.normalise(g) for g in grays[i:i + 64]])[:, None])
                    out += [nets.greedy(y[:, 0]) for y in net(x)]
            return out

        groups = {}
        for got, (_, plate) in zip(read([g for g, _ in synthetic]), synthetic):
            key = f"{plate.country} {plate.layout}"
            groups.setdefault(key, []).append(got == plate.text)
        result = {k: round(float(np.mean(v)), 4) for k, v in sorted(groups.items())}
        if real.held:
            cuts = []
            for crop in real.held:
                corners = crop.edges if crop.corners is None else crop.corners
                cuts.append(views.reader_cut(crop.image, corners, "one-line"))
            result["real held out"] = round(float(np.mean([a == c.text for a, c in zip(read(cuts), real.held)])), 4)
        return result

    return evaluate


def main():
    parser = training.arguments(__doc__, batches=20000, batch=64, rate=2e-3, validation=1500)
    parser.add_argument("--crops", help="folder with labels.csv of real crops")
    args = parser.parse_args()
    training.begin(args)
    real = RealCrops(args.crops)
    print(f"{len(real.train)} real crops, {len(real.held)} held out")
    training.run(nets.Reader(), args, Source(args.batch, real), loss_of, make_evaluate(real, args.validation))


if __name__ == "__main__":
    main()
