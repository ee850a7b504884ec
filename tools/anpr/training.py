"""What the trainings share: seeded batches, warm-up and cosine, averaged weights, checkpoints, resuming."""

import argparse
import copy
import json
import os
import random
import signal
import time

import torch

import nets
import shipped


def adapted(old, new):
    """Weights of an earlier form of the net as far as they fit; of a wider kernel the middle, of more classes the first."""
    out = {}
    for name, value in new.items():
        if name in old and old[name].shape == value.shape:
            value = old[name]
        elif name in old and old[name].shape[1:] == value.shape[1:] and len(old[name]) > len(value):
            value = old[name][:len(value)]
        elif name in old and old[name].dim() == 4 and old[name].shape[:2] == value.shape[:2]:
            rows, columns = (a - b for a, b in zip(old[name].shape[2:], value.shape[2:]))
            if rows >= 0 and columns >= 0:
                value = old[name][:, :, rows // 2:rows // 2 + value.shape[2], columns // 2:columns // 2 + value.shape[3]]
        out[name] = value
    return out


def fast_brain_float():
    """Whether this processor multiplies bfloat16 in hardware; elsewhere it would be slower than float32."""
    try:
        with open("/proc/cpuinfo", encoding="ascii") as f:
            return "avx512_bf16" in f.read()
    except OSError:
        return False


BRAIN_FLOAT = fast_brain_float()


def forward(net, x):
    """The net's answer in float32; in training on a processor that can, computed in bfloat16, 2.5 times as fast."""
    if not (net.training and BRAIN_FLOAT):
        return net(x)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return net(x.contiguous(memory_format=torch.channels_last)).float()


class Trainer:
    """Trains `net` on `make_batch(rng) -> tensors` with `loss_of(net, tensors) -> (loss, {name: number})`.

    A run is a folder: last.pt (all that resuming needs), log.jsonl. The same seed gives the same batches: batch number
    n is made from seed and n alone, also after resuming. With `minutes` the cycle ends after so long (wall time from `run`),
    however few batches that allowed: the rate falls by the clock.
    """

    def __init__(self, net, folder, make_batch, loss_of, evaluate, *, batches, rate=2e-3, seed=1, every=250, decay=2e-4,
                 minutes=0.0):
        if BRAIN_FLOAT:
            net = net.to(memory_format=torch.channels_last)
        self.net, self.folder, self.make_batch, self.loss_of, self.evaluate = net, folder, make_batch, loss_of, evaluate
        self.batches, self.rate, self.seed, self.every, self.seconds = batches, rate, seed, every, minutes * 60
        self.optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay)
        self.average = copy.deepcopy(net).eval()
        self.step = 0
        self.cpu_seconds = 0.0
        os.makedirs(folder, exist_ok=True)

    def resume(self, path=None, fresh_schedule=False):
        path = path or os.path.join(self.folder, "last.pt")
        if not os.path.exists(path):
            if fresh_schedule:
                raise SystemExit(f"{path}: no checkpoint to start from")
            return False
        if path.endswith(".onnx"):
            shipped.load(self.net, path, (self.make_batch(random.Random(-n))[0] for n in range(1, 1 + shipped.BATCHES)))
            self.average.load_state_dict(self.net.state_dict())
            return True
        state = torch.load(path, map_location="cpu")
        if fresh_schedule:  # a new cycle from averaged weights
            self.net.load_state_dict(adapted(state["average"], self.net.state_dict()))
            self.average.load_state_dict(self.net.state_dict())
            self.cpu_seconds = state["cpu_seconds"]
        else:
            self.average.load_state_dict(state["average"])
            self.net.load_state_dict(state["net"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.cpu_seconds = state["step"], state["cpu_seconds"]
        return True

    def save(self):
        path = os.path.join(self.folder, "last.pt")
        torch.save({"net": self.net.state_dict(), "average": self.average.state_dict(), "step": self.step,
                    "optimizer": self.optimizer.state_dict(), "cpu_seconds": self.cpu_seconds}, path + ".new")
        os.replace(path + ".new", path)

    def _rate(self):
        warm = min(1.0, (self.step + 1) / max(1, min(300, self.batches // 10)))
        t = min(1.0, self._done())
        return self.rate * warm * (0.01 + 0.99 * 0.5 * (1 + torch.cos(torch.tensor(t * 3.14159265)).item()))

    def _done(self):
        """Which part of the cycle is behind us."""
        by_steps = self.step / self.batches
        if not self.seconds:
            return by_steps
        return max(by_steps, self.from_part + (1 - self.from_part) * (time.monotonic() - self.begin) / self.seconds)

    def _blend(self):
        keep = min(0.998, (1 + self.step) / (20 + self.step))
        with torch.no_grad():
            for a, b in zip(self.average.state_dict().values(), self.net.state_dict().values()):
                if a.dtype.is_floating_point:
                    a.mul_(keep).add_(b, alpha=1 - keep)
                else:
                    a.copy_(b)

    def run(self):
        stop = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.append(1))
        log = open(os.path.join(self.folder, "log.jsonl"), "a")
        sums, n, begin = {}, 0, time.process_time()
        first = self.step == 0
        self.begin, self.from_part = time.monotonic(), self.step / self.batches
        while self._done() < 1 and not stop:
            rng = random.Random(self.seed * 1_000_003 + self.step)
            torch.manual_seed(self.seed * 1_000_003 + self.step)
            tensors = self.make_batch(rng)
            for group in self.optimizer.param_groups:
                group["lr"] = self._rate()
            self.net.train()
            loss, numbers = self.loss_of(self.net, tensors)
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            norm = torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
            if torch.isfinite(norm):
                self.optimizer.step()
            self._blend()
            self.step += 1
            n += 1
            for k, v in numbers.items():
                sums[k] = sums.get(k, 0.0) + v
            if self.step % self.every == 0 or self._done() >= 1 or (first and self.step == 10):
                now = time.process_time()
                self.cpu_seconds += now - begin
                begin = now
                line = {"step": self.step, "lr": round(self._rate(), 6), "cpu_s": round(self.cpu_seconds)}
                line |= {k: round(v / n, 4) for k, v in sums.items()}
                line |= self.evaluate(self.average)
                sums, n = {}, 0
                print(json.dumps(line, ensure_ascii=False), flush=True)
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
                log.flush()
                self.save()
        self.save()
        return self.average


def arguments(description, batches, batch, rate, validation):
    """A parser with what every training is told; the numbers are this one's defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", required=True, help="folder of the run: checkpoints and log; resumed when it exists")
    parser.add_argument("--batches", type=int, default=batches)
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=250, help="batches from one checkpoint to the next")
    parser.add_argument("--validation", type=int, default=validation, help="drawn pictures that a checkpoint is measured on")
    parser.add_argument("--minutes", type=float, default=0.0, help="end the cycle after so long, with fewer batches")
    parser.add_argument("--start", help="checkpoint, or exported .onnx, to begin a new cycle from")
    return parser


def run(net, args, source, loss_of, evaluate):
    """Goes on with the run in args.out, or begins it."""
    print(f"{type(net).__name__.lower()}: {nets.count(net)} weights")
    trainer = Trainer(net, args.out, source, loss_of, evaluate, batches=args.batches, rate=args.rate, seed=args.seed,
                      every=args.every, minutes=args.minutes)
    if not trainer.resume() and args.start:
        trainer.resume(args.start, fresh_schedule=True)
    trainer.run()


def begin(args):
    """Before a net is made: its first weights come from the seed."""
    nets.limit_threads()
    torch.manual_seed(args.seed)
