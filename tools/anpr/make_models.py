"""From nothing to the shipped models, in one command. Resumes where it was stopped.

    python3 tools/anpr/make_models.py --out services/camera/models --work /var/tmp/anpr --crops PICTURES
    python3 tools/anpr/make_models.py --out /tmp/models --work /tmp/anpr --budget tiny      (what CI does)

The full budget is about 18 hours of one core. `tiny` is less than a minute and proves the way, not the result: the loss falls,
the export loads in OpenCV and answers as PyTorch does.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# One entry a cycle: warm-up, cosine to nearly nothing. A later cycle starts from the averaged weights before it.
BUDGETS = {
    "full": {
        "reader": [["--batches", "4000", "--rate", "2e-3"], ["--batches", "16000", "--rate", "1.2e-3"]],
        "detector": [["--batches", "4000", "--rate", "2e-3"], ["--batches", "8000", "--rate", "1e-3"]],
        "refiner": [["--batches", "8000", "--rate", "2e-3"]],
        "container_detector": [["--batches", "8000", "--rate", "1.5e-3"]],
        "container_reader": [["--batches", "12000", "--rate", "1.5e-3"]],
    },
    "tiny": {
        "reader": [["--batches", "40", "--batch", "16", "--every", "20", "--validation", "10"]],
        "detector": [["--batches", "30", "--batch", "4", "--every", "15", "--validation", "3"]],
        "refiner": [["--batches", "40", "--batch", "16", "--every", "20", "--validation", "10"]],
        "container_detector": [["--batches", "20", "--batch", "3", "--every", "20", "--validation", "3"]],
        "container_reader": [["--batches", "40", "--batch", "12", "--every", "20", "--validation", "10"]],
    },
}
LOSS = {"reader": "loss", "detector": "score", "refiner": "place", "container_detector": "score", "container_reader": "loss"}
BEGINS_AS = {"container_detector": "detector", "container_reader": "reader"}  # whose weights its first cycle starts from


PHOTOS_MAX = {"full": "260", "tiny": "8"}  # textures that are read at every start


def run(budget, *command):
    environment = dict(os.environ, OMP_NUM_THREADS="1", ANPR_PHOTOS_MAX=PHOTOS_MAX[budget])
    subprocess.run([sys.executable, *command], check=True, env=environment)


def last_run(args, kind):
    """Folder of the last cycle of another net, where it was made."""
    cycles = BUDGETS[args.budget][kind]
    folder = os.path.join(args.work, f"{kind}-{args.budget}-{len(cycles)}")
    return folder if os.path.exists(os.path.join(folder, "last.pt")) else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, help="where the .onnx files go")
    parser.add_argument("--work", required=True, help="checkpoints and logs; kept, so that a run can go on")
    parser.add_argument("--crops", help="folder with labels.csv of real crops for the reader")
    parser.add_argument("--budget", choices=sorted(BUDGETS), default="full")
    parser.add_argument("--only", choices=sorted(LOSS), action="append", help="one net; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for kind, cycles in BUDGETS[args.budget].items():
        if args.only and kind not in args.only:
            continue
        previous = last_run(args, BEGINS_AS[kind]) if kind in BEGINS_AS else None
        for number, cycle in enumerate(cycles, 1):
            folder = os.path.join(args.work, f"{kind}-{args.budget}-{number}")
            command = [os.path.join(HERE, f"train_{kind}.py"), "--out", folder, "--seed", str(args.seed + number - 1), *cycle]
            if kind == "reader" and args.crops:
                command += ["--crops", args.crops]
            if previous:
                command += ["--start", os.path.join(previous, "last.pt")]
            run(args.budget, *command)
            previous = folder
        run(args.budget, os.path.join(HERE, "export.py"), kind, os.path.join(previous, "last.pt"),
            os.path.join(args.out, f"{kind}.onnx"))
        with open(os.path.join(previous, "log.jsonl"), encoding="utf-8") as f:
            losses = [json.loads(line)[LOSS[kind]] for line in f]
        print(f"{kind}: loss {losses[0]} -> {losses[-1]}")
        if losses[-1] >= losses[0]:
            raise SystemExit(f"{kind}: the loss did not fall")


if __name__ == "__main__":
    main()
