"""Trains the refiner: from a plate cut out roughly, its exact corners, how its lines lie, and its colour."""

import random

import cv2
import numpy as np
import torch
from torch.nn import functional

import damage
import names
import nets
import scenes
import training
import views

W, H = views.REFINER_SIZE
M = views.REFINER_MARGIN
NOMINAL = np.array([[W, H]], np.float32) * np.array([[M, M], [1 + M, M], [1 + M, 1 + M], [M, 1 + M]], np.float32) / (1 + 2 * M)
PLATE = np.array([W, H], np.float32) / (1 + 2 * M)


def rough(rng, corners):
    """Corners as the detector finds them, or as the edge of a picture that is little more than the plate.

    On photographs the detector errs more than on scenes like those it was trained on, so the errors here are large.
    """
    h, w = views.quad_height(corners), views.quad_width(corners)
    if rng.random() < 0.2:  # an upright box
        low, high = corners.min(0), corners.max(0)
        corners = np.array([[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]], np.float32)
    amount = rng.choice([0.03, 0.08, 0.14])
    far = rng.choice([0.4, 1.0, 1.0, 1.8])
    out = corners + np.array([[rng.gauss(0, amount), rng.gauss(0, amount)] for _ in range(4)], np.float32) * h
    centre = out.mean(0)
    out = (out - centre) * np.array([np.exp(rng.gauss(0.0, 0.10) * far), np.exp(rng.gauss(0.02, 0.14) * far)]) + centre
    out += np.array([rng.gauss(0, 0.06) * far * w, rng.gauss(0, 0.11) * far * h])
    return out.astype(np.float32)


def cut(image, corners):
    """The refiner's picture and the matrix from the picture's pixels to it."""
    return views.rectify(image, corners, (W, H), M)


def to_cut(corners, points):
    """`points` of the picture, in the refiner's picture."""
    dst = NOMINAL - 0.5
    hom = cv2.getPerspectiveTransform(np.asarray(corners, np.float32), dst)
    return cv2.perspectiveTransform(np.asarray(points, np.float32)[None], hom)[0]


def positive(rng, v):
    """One way to be given the plate of view `v`."""
    image, corners = v.image, v.corners
    if rng.random() < 0.15:  # the picture ends at the plate's box, or inside it
        pad = views.quad_height(corners) * rng.uniform(-0.04, 0.12)
        low = np.maximum(np.floor(corners.min(0) - pad), 0).astype(int)
        high = np.minimum(np.ceil(corners.max(0) + pad), image.shape[1::-1]).astype(int)
        image, corners = image[low[1]:high[1], low[0]:high[0]], corners - low.astype(np.float32)
        given = np.array([[0, 0], [image.shape[1], 0], image.shape[1::-1], [0, image.shape[0]]], np.float32) - 0.5
    else:
        given = rough(rng, corners)
    picture = cut(image, given)
    where = (to_cut(given, corners) - (NOMINAL - 0.5)) / PLATE
    gray = np.ptp(picture.astype(int), axis=2).mean() < 4
    layout = nets.LAYOUTS.index(views.cut_of(v.plate))
    return picture, where.reshape(-1), layout, -1 if gray else nets.COLOURS.index(v.plate.colour)


def beside(rng, v):
    """What stands beside a plate is none."""
    w, h = views.quad_width(v.corners), views.quad_height(v.corners)
    if rng.random() < 0.5:
        away = np.array([rng.uniform(-0.6, 0.6) * w, rng.choice([-1, 1]) * rng.uniform(1.0, 1.6) * h], np.float32)
    else:
        away = np.array([rng.choice([-1, 1]) * rng.uniform(0.75, 1.2) * w, rng.uniform(-1, 1) * h], np.float32)
    return cut(v.image, v.corners + away), np.zeros(8, np.float32), 0, -1


def clutter(rng):
    big = views.texture(rng, 128, 256)
    for _ in range(rng.randint(0, 3)):
        scenes.decoy(rng, big)
    big = damage.sensor(rng, damage.blur(rng, damage.light(rng, big), rng.uniform(4, 20)))
    return cv2.resize(big, (W, H), interpolation=cv2.INTER_AREA), np.zeros(8, np.float32), 0, -1


def name(rng, lettered):
    """A word that the detector took for a plate: its corners lie around the letters, close or not."""
    image, corners = lettered
    centre = corners.mean(0)
    loose = np.array([np.exp(rng.uniform(-0.1, 0.5)), np.exp(rng.uniform(-0.05, 0.8))])
    return cut(image, rough(rng, ((corners - centre) * loose + centre).astype(np.float32))), np.zeros(8, np.float32), 0, -1


class Source:
    """Batches of cuts. Drawing a view costs far more than cutting it, so each is cut several times, always differently."""

    def __init__(self, size, fresh=0.07, pool=6000):
        self.size, self.fresh, self.pool_size = size, fresh, pool
        self.views, self.clutter, self.names = [], [], []

    def _drawn(self, rng, pool, size, draw):
        if len(pool) > size // 12 and rng.random() > self.fresh:
            return rng.choice(pool)
        item = draw()
        if len(pool) < size:
            pool.append(item)
        else:
            pool[rng.randrange(size)] = item
        return item

    def one(self, rng):
        r = rng.random()
        if r < 0.12:
            return self._drawn(rng, self.clutter, self.pool_size, lambda: clutter(rng))
        if r < 0.26:
            return name(rng, self._drawn(rng, self.names, self.pool_size, lambda: names.lettered(rng)))
        v = self._drawn(rng, self.views, self.pool_size, lambda: views.view(rng, margin=1.4, tilt=rng.choice([0.7, 1.0, 1.4])))
        return beside(rng, v) if r < 0.34 else positive(rng, v)

    def __call__(self, rng):
        batch = []
        for _ in range(self.size):
            picture, *rest = self.one(rng)
            gains = np.array([rng.uniform(0.85, 1.15) for _ in range(3)], np.float32) * rng.uniform(0.75, 1.2)
            batch.append((np.clip(picture * gains, 0, 255).astype(np.uint8), *rest))
        return tensors_of(batch)


def tensors_of(batch):
    x = np.stack([p[:, :, ::-1].transpose(2, 0, 1) for p, *_ in batch]).astype(np.float32) / 255 - 0.5
    return (torch.from_numpy(x), torch.from_numpy(np.stack([b[1] for b in batch]).astype(np.float32)),
            torch.tensor([b[2] for b in batch]), torch.tensor([b[3] for b in batch]))


def loss_of(net, tensors):
    x, where, layout, colour = tensors
    y = training.forward(net, x)[:, :, 0, 0]
    real = (layout > 0).float()[:, None]
    place = (functional.smooth_l1_loss(y[:, :8], where, reduction="none", beta=0.02) * real).sum() / real.sum().clamp(min=1)
    kind = functional.cross_entropy(y[:, 8:12], layout)
    paint = functional.cross_entropy(y[:, 12:], colour, ignore_index=-1)
    return 4 * place + 0.5 * kind + 0.3 * paint, {"place": place.item(), "kind": kind.item(), "paint": paint.item()}


def make_evaluate(count):
    rng = random.Random(31)
    drawn = Source(0, fresh=1.0)
    held = tensors_of([drawn.one(rng) for _ in range(count)])

    def evaluate(net):
        with torch.no_grad():
            y = net(held[0])[:, :, 0, 0]
        real = held[2] > 0
        error = (y[:, :8] - held[1])[real].reshape(-1, 4, 2).abs().mean((0, 1))
        coloured = held[3] >= 0
        return {"x error": round(error[0].item(), 4), "y error": round(error[1].item(), 4),
                "layout": round((y[:, 8:12].argmax(1) == held[2]).float().mean().item(), 4),
                "colour": round((y[:, 12:].argmax(1) == held[3])[coloured].float().mean().item(), 4)}

    return evaluate


def main():
    args = training.arguments(__doc__, batches=8000, batch=64, rate=2e-3, validation=600).parse_args()
    training.begin(args)
    training.run(nets.Refiner(), args, Source(args.batch), loss_of, make_evaluate(args.validation))


if __name__ == "__main__":
    main()
