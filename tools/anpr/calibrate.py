"""Fits the confidence of `camera read` to how often its reads are right, and prints the reliability table.

    evaluate.py --camera build/release/bin/camera --labels PICTURES/labels.csv --json answers.json
    calibrate.py answers.json [--others others.csv]

confidence = 1 / (1 + exp(-bias - slope * logit(probability))), where probability is what the reader's net and the grammar say.
The two numbers go to services/camera/vision/confidence.h, one pair for what was clear at one look, one for the mean over several
looks. A read counts when its picture has a label for it: one at most
DISTANCE_MAX characters away; what else stands in a scene has no label and says nothing (others.csv: file,plate adds some).
"""

import argparse
import csv
import json
import os

import numpy as np

DISTANCE_MAX = 4
EDGES = [0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.0001]


def distance(a, b):
    """Insertions, deletions and replacements from one text to the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def reads_of(answers, others):
    """(probability, confidence, right, looked at several times) of every read that can be judged."""
    for answer in answers:
        known = answer["labels"] + others.get(stem(answer["file"]), [])
        for read in answer.get("reads", []) + answer.get("unsure", []):
            nearest = min(distance(read["plate"], label) for label in known)
            if nearest <= DISTANCE_MAX:
                yield read["probability"], read["confidence"], nearest == 0, read["looks"] > 1


def fit(logits, right, steps=200):
    """Bias and slope by Newton's method, with a weak pull to 1 and 1 so that few reads give no wild answer."""
    x = np.stack([np.ones_like(logits), logits], 1)
    weights = np.array([1.0, 1.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (right - p) - (weights - 1.0)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.eye(2)
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def table(confidence, right):
    lines = ["| confidence | reads | mean | right |", "| --- | --- | --- | --- |"]
    for low, high in zip(EDGES, EDGES[1:]):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            lines.append(f"| {low:.2f}–{min(high, 1):.2f} | {inside.sum()} | {confidence[inside].mean():.3f} | "
                         f"{right[inside].mean():.3f} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", nargs="+", help="what evaluate.py --json wrote")
    parser.add_argument("--others", help="csv with file,plate: plates of scenes that have no label")
    args = parser.parse_args()
    others = {}
    if args.others:
        with open(args.others, encoding="utf-8") as f:
            for row in csv.DictReader(f):
                others.setdefault(stem(row["file"]), []).append(row["plate"])
    reads = []
    for path in args.answers:
        with open(path, encoding="utf-8") as f:
            reads += list(reads_of(json.load(f), others))
    p, stated, right, several = (np.array(column, float) for column in zip(*reads))
    p = np.clip(p, 1e-9, 1 - 1e-4)
    logits = np.log(p / (1 - p))
    print("As it is stated now:\n\n" + table(stated, right))
    for name, those in (("one look", several == 0), ("several looks", several == 1)):
        if not those.any():
            continue
        bias, slope = fit(logits[those], right[those])
        print(f"\n{name}: {those.sum()} reads, {int(right[those].sum())} right; fitted: bias {bias:.2f}, slope {slope:.2f}\n")
        print(table(1 / (1 + np.exp(-bias - slope * logits[those])), right[those]))


if __name__ == "__main__":
    main()
