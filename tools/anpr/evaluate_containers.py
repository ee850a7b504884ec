"""Measures detector and reader of container numbers on drawn pictures (container_pictures.py), as `camera read` reads them, or
without it in Python.

    evaluate_containers.py --camera build/release/bin/camera --pictures FOLDER [--models FOLDER] [--gallery FOLDER]
    evaluate_containers.py --models services/camera/models --pictures FOLDER

A number counts as exact (read, sure, every character right), unsure (right, but not sure), found (something was found there, and
not read rightly) or not found. Sure and wrong: a sure read, its check digit right, that is no number of its picture. There are no photographs: nothing here says how real containers
are read.
"""

import argparse
import csv
import json
import os
import subprocess

import cv2
import numpy as np

import calibrate
import container_read
import evaluate

BINS = [(0, 15), (15, 20), (20, 30), (30, 99)]


def pictures(folder):
    """{file: [label rows]}, in order."""
    out = {}
    with open(os.path.join(folder, "labels.csv"), encoding="utf-8") as f:
        for row in csv.DictReader(f):
            out.setdefault(row["file"], []).append(row)
    return out


def judge(label, reads):
    same = [r for r in reads if r.text == label["number"]]
    if any(r.sure for r in same):
        return "exact"
    if same:
        return "unsure"
    c = np.array([[float(label[f"{axis}{i}"]) for axis in "xy"] for i in range(1, 5)], np.float32)
    near = [r for r in reads if cv2.pointPolygonTest(c, tuple(float(v) for v in r.corners.mean(0)), False) >= 0]
    return "found" if near else "not found"


def by_python(args, _):
    models = [os.path.join(args.models, f"container_{k}.onnx") for k in ("detector", "reader")]
    camera = container_read.ContainerReader(*models, look_again=not args.first_look)
    return lambda name: camera.read(cv2.imread(os.path.join(args.pictures, name)))


def by_program(args, names):
    """What `camera read --containers` says of all pictures; it says nothing of texts with a wrong check digit."""
    command = [args.camera, "read", "--json", "--containers"] + (["--models", args.models] if args.models else [])
    files = [os.path.join(args.pictures, name) for name in names]
    done = subprocess.run(command + files, capture_output=True, text=True, check=False)
    answers = {os.path.basename(a["file"]): a for a in map(json.loads, done.stdout.splitlines())}
    if len(answers) != len(files):
        raise SystemExit(f"camera answered for {len(answers)} of {len(files)} pictures: {done.stderr[:500]}")
    return lambda name: [container_read.of_program(r) for r in answers[name]["containers"]]


def line_of_table(name, results):
    n = len(results)
    share = {k: sum(r[1] == k for r in results) for k in ("exact", "unsure", "found", "not found")}
    low, high = evaluate.wilson(share["exact"], n)
    return (f"| {name} | {n} | {100 * share['exact'] / max(1, n):.1f} % | {100 * low:.1f}–{100 * high:.1f} | {share['unsure']} | "
            f"{share['found']} | {share['not found']} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--camera", help="the program; else Python reads")
    parser.add_argument("--models", help="folder with container_detector.onnx and container_reader.onnx")
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--gallery", help="folder for cuts of what went wrong")
    parser.add_argument("--first-look", action="store_true", help="cut at the corners of the first look")
    parser.add_argument("--limit", type=int, default=0, help="only so many pictures")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    results, wrong, reads_all, asked = [], [], [], list(pictures(args.pictures).items())[:args.limit or None]
    reads_of = (by_program if args.camera else by_python)(args, [name for name, _ in asked])
    for name, labels in asked:
        image, reads = cv2.imread(os.path.join(args.pictures, name)), reads_of(name)
        texts = {label["number"] for label in labels}
        mistakes = [r for r in reads if r.sure and r.text not in texts]
        wrong += [(name, labels[0]["damage"], r) for r in mistakes]
        reads_all += [(r.confidence, r.text in texts, r.probability) for r in reads if r.is_number]
        for label in labels:
            if label["counts"] == "1":
                results.append((label, judge(label, reads)))
                if args.gallery and results[-1][1] != "exact":
                    keep(args.gallery, image, label, results[-1][1], reads)
    print("| numbers | drawn | exact | 95 % interval | right but unsure | found, not read | not found |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for way in ("plain", "hard"):
        mine = [r for r in results if r[0]["damage"] == way]
        for layout in ("one-line", "two-line"):
            for low, high in BINS:
                part = [r for r in mine if r[0]["layout"] == layout and low <= float(r[0]["line"]) < high]
                print(line_of_table(f"{way}, {layout}, {low} to {high} px", part))
        print(line_of_table(f"{way}, from 20 px on", [r for r in mine if float(r[0]["line"]) >= 20]))
        count = len([1 for _, labels in asked if labels[0]["damage"] == way])
        print(f"\nsure and wrong, {way}: {sum(w[1] == way for w in wrong)} in {count} pictures\n")
    for name, _, r in wrong:
        print(f"  {name}: {r.text} at {r.confidence:.3f}")
    if not reads_all:
        return
    stated, right, p = (np.array(column, float) for column in zip(*reads_all))
    p = np.clip(p, 1e-9, 1 - 1e-4)
    bias, slope = calibrate.fit(np.log(p / (1 - p)), right)
    print(f"\nReads with a right check digit: {len(p)}; kBias = {bias:.2f}, kOfProbability = {slope:.2f} would fit them\n")
    print(calibrate.table(stated, right))


def keep(folder, image, label, why, reads):
    """The piece of the picture, with what was seen there."""
    os.makedirs(folder, exist_ok=True)
    c = np.array([[float(label[f"{axis}{i}"]) for axis in "xy"] for i in range(1, 5)], np.float32)
    for r in reads:
        cv2.polylines(image, [np.int32(r.corners * 16)], True, (0, 255, 0), 1, cv2.LINE_AA, 4)
    pad = 1.5 * float(label["line"])
    x0, y0 = np.maximum(c.min(0) - pad, 0).astype(int)
    x1, y1 = (c.max(0) + pad).astype(int)
    nearest = min(reads, key=lambda r: float(np.abs(r.corners.mean(0) - c.mean(0)).sum()), default=None)
    seen = (nearest.text, nearest.confidence) if nearest else ("", 0)
    name = f"{label['file'][:4]}_{why.replace(' ', '-')}_{label['number']}_{seen[0]}_{seen[1]:.2f}.png"
    cv2.imwrite(os.path.join(folder, name), image[y0:y1, x0:x1])


if __name__ == "__main__":
    main()
