"""Trains the detector on composed scenes: of plates, or of another subject (train_container_detector.py)."""

import dataclasses
import random
import typing

import cv2
import numpy as np
import torch
from torch.nn import functional

import nets
import scenes
import training

STRIDE = 8
CORNER_SCALE = 4.0  # the net's corner outputs times this are cells


@dataclasses.dataclass(frozen=True)
class Subject:
    """What is looked for."""

    draw: typing.Callable  # (rng, shape) -> scenes.Scene
    height_min: tuple  # pixels, of one-line and two-line ones; lower ones are not asked for
    size: typing.Callable  # (width, height, layout) -> pixels: what an error of the corners is measured by


PLATES = Subject(scenes.scene, (4, 4), lambda width, height, _: (width + height) / 2)


def targets(scene, size_of):
    """Heat maps, corner offsets, their weights and the mask of cells that count."""
    h, w = scene.image.shape[0] // STRIDE, scene.image.shape[1] // STRIDE
    heat = np.zeros((2, h, w), np.float32)
    offsets = np.zeros((8, h, w), np.float32)
    weight = np.zeros((1, h, w), np.float32)
    mask = np.ones((1, h, w), np.float32)
    for c in scene.ignore:
        cv2.fillConvexPoly(mask[0], np.int32(np.round(c / STRIDE - 0.5)), 0.0)
        x, y = np.clip((c.mean(0) / STRIDE).astype(int), 0, [w - 1, h - 1])
        mask[0, max(0, y - 1):y + 2, max(0, x - 1):x + 2] = 0
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    for c, k in zip(scene.corners, scene.layouts):
        cells = c / STRIDE - 0.5  # a cell's index is its middle
        cx, cy = cells.mean(0)
        across, up = cells[1] - cells[0], cells[3] - cells[0]
        sx = max(0.45, 0.14 * abs(across[0]))
        sy = max(0.45, 0.14 * max(abs(up[1]), 0.3 * abs(across[1])))
        g = np.exp(-((xx - cx) ** 2 / (2 * sx * sx) + (yy - cy) ** 2 / (2 * sy * sy)))
        ix, iy = int(np.clip(round(cx), 0, w - 1)), int(np.clip(round(cy), 0, h - 1))
        g[iy, ix] = 1.0
        heat[k] = np.maximum(heat[k], g)
        size = size_of(np.hypot(*across), np.hypot(*up), k)
        take = g > np.maximum(weight[0], 0.3)
        weight[0][take] = g[take]
        for i in range(4):
            offsets[2 * i][take] = ((cells[i][0] - xx) / CORNER_SCALE)[take]
            offsets[2 * i + 1][take] = ((cells[i][1] - yy) / CORNER_SCALE)[take]
        weight[0][take] /= max(size, 1.5) / CORNER_SCALE  # errors count relative to the plate's size
    return heat, offsets, weight, mask


def tensor_of(image):
    return torch.from_numpy(np.ascontiguousarray(image[:, :, ::-1].transpose(2, 0, 1))).float() / 255 - 0.5


class Source:
    """Batches of one shape; part of them scenes seen before, moved and scaled."""

    def __init__(self, size, subject, replay=0.85, pool=2000):
        self.subject = subject
        self.size, self.replay, self.pool_size = size, replay, pool
        self.pools = {}

    def __call__(self, rng):
        shape = rng.choice(scenes.SHAPES)
        pool = self.pools.setdefault(shape, [])
        batch = []
        for _ in range(self.size):
            if len(pool) > 60 and rng.random() < self.replay:
                batch.append(self._again(rng, rng.choice(pool)))
                continue
            s = self.subject.draw(rng, shape)
            if len(pool) < self.pool_size // 4 * scenes.SHAPES.count(shape):
                pool.append(s)
            else:
                pool[rng.randrange(len(pool))] = s
            batch.append(s)
        parts = [targets(s, self.subject.size) for s in batch]
        return (torch.stack([tensor_of(s.image) for s in batch]),
                *(torch.from_numpy(np.stack([p[i] for p in parts])) for i in range(4)))

    def _again(self, rng, s):
        h, w = s.image.shape[:2]
        f = float(np.exp(rng.uniform(-0.35, 0.25)))
        m = np.array([[f, rng.gauss(0, 0.03), 0], [rng.gauss(0, 0.03), f * rng.uniform(0.92, 1.08), 0]], np.float32)
        centre = m[:, :2] @ np.array([w / 2, h / 2], np.float32)
        m[:, 2] = np.array([w / 2, h / 2]) - centre + np.array([rng.uniform(-0.15, 0.15) * w, rng.uniform(-0.15, 0.15) * h])
        image = cv2.warpAffine(s.image, m, (w, h), borderMode=cv2.BORDER_CONSTANT if rng.random() < 0.5 else
                               cv2.BORDER_REPLICATE, borderValue=(114, 114, 114))
        gains = np.array([rng.uniform(0.8, 1.2) for _ in range(3)], np.float32)
        exposure = rng.uniform(0.7, 1.25), rng.choice([0, 0, rng.uniform(-40, 70)])  # the second runs tones into black or white
        image = np.clip(image * gains * exposure[0] + exposure[1], 0, 255).astype(np.uint8)

        def move(c):
            return (c @ m[:, :2].T + m[:, 2]).astype(np.float32)

        good, layouts, bad = [], [], [move(c) for c in s.ignore]
        for c, k in zip(s.corners, s.layouts):
            c = move(c)
            inside = (c > -2).all() and (c[:, 0] < w + 2).all() and (c[:, 1] < h + 2).all()
            if inside and np.linalg.norm(c[3] - c[0]) > self.subject.height_min[k]:
                good.append(c)
                layouts.append(k)
            else:
                bad.append(c)
        return scenes.Scene(image, np.array(good, np.float32).reshape(-1, 4, 2), layouts,
                            np.array(bad, np.float32).reshape(-1, 4, 2))


def loss_of(net, tensors):
    x, heat, offsets, weight, mask = tensors
    y = training.forward(net, x)
    logits = y[:, :2]
    p = torch.sigmoid(logits)
    hit = (heat > 0.999).float()
    count = hit.sum().clamp(min=1)
    positive = -functional.logsigmoid(logits) * (1 - p) ** 2 * hit
    negative = -functional.logsigmoid(-logits) * p ** 2 * (1 - heat) ** 4 * (1 - hit) * mask
    score = (positive.sum() + negative.sum()) / count
    place = (functional.smooth_l1_loss(y[:, 2:], offsets, reduction="none", beta=0.05) * weight * mask).sum() / \
        (weight > 0).float().sum().clamp(min=1)
    return score + 2.0 * place, {"score": score.item(), "place": place.item()}


def decode(output, limit=0.3, top=12):
    """Cells over the limit that are highest of their 3 x 3 neighbours: (score, class, corners in input pixels)."""
    score = 1 / (1 + np.exp(-output[:2]))
    h, w = score.shape[1:]
    found = []
    for k in range(2):
        peak = cv2.dilate(score[k], np.ones((3, 3), np.uint8)) == score[k]
        for y, x in zip(*np.where(peak & (score[k] > limit))):
            d = output[2:, y, x].reshape(4, 2) * CORNER_SCALE
            found.append((float(score[k, y, x]), k, (d + [x + 0.5, y + 0.5]) * STRIDE))
    del h, w
    found.sort(key=lambda f: -f[0])
    kept = []
    for f in found:
        centre = f[2].mean(0)
        size = np.linalg.norm(f[2][1] - f[2][0]), np.linalg.norm(f[2][3] - f[2][0])
        if all(np.abs(centre - g[2].mean(0))[0] > 0.5 * size[0] or np.abs(centre - g[2].mean(0))[1] > 0.5 * size[1]
               for g in kept):
            kept.append(f)
    return kept[:top]


def make_evaluate(subject, count):
    rng = random.Random(4242)
    held = [subject.draw(rng, (512, 320)) for _ in range(count)]

    def evaluate(net):
        found = wanted = false = 0
        errors = []
        for s in held:
            with torch.no_grad():
                got = decode(net(tensor_of(s.image)[None])[0].numpy())
            for c, k in zip(s.corners, s.layouts):
                wanted += 1
                size = subject.size(np.linalg.norm(c[1] - c[0]), np.linalg.norm(c[3] - c[0]), k)
                e = [np.abs(g[2] - c).mean() / size for g in got if g[1] == k]
                if e and min(e) < 0.15:
                    found += 1
                    errors.append(min(e))
            for g in got:
                centre = g[2].mean(0)
                known = [*s.corners, *s.ignore]
                if not any(cv2.pointPolygonTest(c.astype(np.float32), (float(centre[0]), float(centre[1])), False) >= 0
                           for c in known):
                    false += 1
        return {"found": round(found / max(1, wanted), 4), "false a scene": round(false / count, 4),
                "corner error": round(float(np.mean(errors)) if errors else 1.0, 4)}

    return evaluate


def main(subject=PLATES):
    args = training.arguments(__doc__, batches=12000, batch=12, rate=1.5e-3, validation=200).parse_args()
    training.begin(args)
    training.run(nets.Detector(), args, Source(args.batch, subject), loss_of, make_evaluate(subject, args.validation))


if __name__ == "__main__":
    main()
