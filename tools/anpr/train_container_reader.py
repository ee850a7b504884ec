"""Trains the reader of container numbers, from drawings alone."""

import argparse
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, help="folder of the run: checkpoints and log; resumed when it exists")
    parser.add_argument("--batches", type=int, default=12000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=250)
    parser.add_argument("--validation", type=int, default=600)
    parser.add_argument("--minutes", type=float, default=0.0, help="end the cycle after so long, with fewer batches")
    parser.add_argument("--start", help="checkpoint to begin a new cycle from; the plates' reader will do")
    args = parser.parse_args()
    nets.limit_threads()
    cv2.setNumThreads(1)
    torch.manual_seed(args.seed)
    net = nets.Reader(nets.CONTAINER_CLASSES)
    print(f"container reader: {nets.count(net)} weights")
    trainer = training.Trainer(net, args.out, Source(args.batch), train_reader.loss_of, make_evaluate(args.validation),
                               batches=args.batches, rate=args.rate, seed=args.seed, every=args.every, minutes=args.minutes)
    if not trainer.resume() and args.start:
        trainer.resume(args.start, fresh_schedule=True)
    trainer.run()


if __name__ == "__main__":
    main()
