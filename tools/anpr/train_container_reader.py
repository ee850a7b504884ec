"""Trains the reader of container numbers, from drawings alone."""

import random

import cv2
import numpy as np
import torch

import container_views
import damage
import nets
import train_reader
import training
import views


class Source:
    """Batches: fresh drawings, and some seen before, made a little worse in another way."""

    def __init__(self, size, replay=0.78, pool=40000, hidden=0.06):
        self.size, self.replay, self.pool_size, self.hidden = size, replay, pool, hidden
        self.pool = []

    def __call__(self, rng):
        pictures, labels = [], []
        for _ in range(self.size):
            if rng.random() < self.replay and len(self.pool) > 1500:
                gray, text, halves = rng.choice(self.pool)
                gray = train_reader.Source.again(rng, gray)
            else:
                gray, number = container_views.reader_sample(rng)
                text, halves = number.text, number.layout == "two-line"
                if len(self.pool) < self.pool_size:
                    self.pool.append((gray, text, halves))
                else:
                    self.pool[rng.randrange(self.pool_size)] = (gray, text, halves)
            if rng.random() < self.hidden:
                gray = damage.hide(rng, gray, halves)
            pictures.append(views.normalise(gray))
            labels.append(text)
        return train_reader.to_tensors(pictures, labels)


def make_evaluate(count):
    rng = random.Random(777)
    held = [container_views.reader_sample(rng) for _ in range(count)]

    def evaluate(net):
        right = {"one-line": [], "two-line": []}
        for i in range(0, count, 64):
            part = held[i:i + 64]
            with torch.no_grad():
                answers = net(torch.from_numpy(np.stack([views.normalise(g) for g, _ in part])[:, None]))
            for y, (_, number) in zip(answers, part):
                right[number.layout].append(nets.greedy(y[:, 0]) == number.text)
        return {k: round(float(np.mean(v)), 4) for k, v in right.items() if v}

    return evaluate


def main():
    args = training.arguments(__doc__, batches=12000, batch=64, rate=1.5e-3, validation=600).parse_args()
    training.begin(args)
    cv2.setNumThreads(1)
    training.run(nets.Reader(nets.CONTAINER_CLASSES), args, Source(args.batch), train_reader.loss_of,
                 make_evaluate(args.validation))


if __name__ == "__main__":
    main()
