"""Measures `camera read` on a folder of labelled pictures and writes the errors as a page to look at.

    evaluate.py --camera build/release/bin/camera --labels PICTURES/labels.csv --gallery errors.html

labels.csv: file,plate,country,layout,kind,...; several plates of a picture are joined with ";". A plate counts as
  exact    read, sure, and every character right
  unsure   its right text is among the unsure reads only
  missed   neither
and a sure read that is no label of its picture counts as wrong. Plates without a label may be in a scene: --others names a list
of such plates (file,plate), written down by eye; they count for nothing.

--robust FOLDER measures on the same pictures made harder (harder.py: darker, smaller, blurred, tilted, ...), which are kept in
FOLDER: scenes and the crops that are held out of training. So a state to ship is chosen on some two thousand reads, not a hundred.

--sequences FOLDER measures `camera follow` on vehicles that come to a stop (sequences.py), and its single frames beside it.
"""

import argparse
import base64
import csv
import html
import json
import math
import os
import resource
import subprocess

import cv2
import numpy as np

import harder
import sequences


def wilson(hits, n, z=1.96):
    """95 % interval of a share."""
    if n == 0:
        return 0.0, 1.0
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def run_camera(camera, models, folder, rows):
    """One process for all pictures: {file: answer}, and its CPU seconds."""
    command = [camera, "read", "--json"] + (["--models", models] if models else [])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = [os.path.join(folder, r["file"]) for r in rows]
    done = subprocess.run(command + files, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[os.path.relpath(answer["file"], folder)] = answer
    if len(answers) != len(rows):
        raise SystemExit(f"camera answered for {len(answers)} of {len(rows)} pictures: {done.stderr[:500]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return answers, cpu


def follow(camera, models, frames):
    """What the camera says of the vehicles in these frames."""
    command = [camera, "follow", "--json"] + (["--models", models] if models else [])
    done = subprocess.run(command + frames, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure_sequences(args, rows, folder, others):
    """One line a kind: vehicles, and single frames."""
    rows = [r for r in rows if r["kind"] == "scene"]
    vehicles = sequences.make(rows, run_camera(args.camera, args.models, folder, rows)[0], folder, args.sequences)
    frames = [{**v, "file": os.path.relpath(f, args.sequences)} for v in vehicles for f in v["frames"]]
    alone = judge(frames, run_camera(args.camera, args.models, args.sequences, frames)[0], others)
    print("| kind | vehicles | read right | unsure | wrong sure | frames | read right | wrong sure |\n" + "| --- " * 8 + "|")
    for kind in sequences.KINDS:
        counts = {"right": 0, "wrong": 0, "unsure": 0}
        mine = [v for v in vehicles if v["sequence"] == kind]
        for vehicle in mine:
            labels, other = vehicle["plate"].split(";"), others.get(vehicle["original"], set())
            sure = {a["plate"] for a in follow(args.camera, args.models, vehicle["frames"]) if a["sure"]}
            counts["wrong" if sure - set(labels) - other else "right" if sure & set(labels) else "unsure"] += 1
        single = [r for r in alone if r["row"]["sequence"] == kind]
        print(f"| {kind} | {len(mine)} | {counts['right']} | {counts['unsure']} | {counts['wrong']} | {len(single)} | "
              f"{sum(bool(r['exact']) for r in single)} | {sum(bool(r['wrong']) for r in single)} |")


def judge(rows, answers, others):
    """Per picture: exact, unsure, missed labels and wrong sure reads."""
    results = []
    for row in rows:
        answer = answers[row["file"]]
        labels = row["plate"].split(";")
        sure = {r["plate"] for r in answer.get("reads", [])}
        unsure = {r["plate"] for r in answer.get("unsure", [])}
        other = others.get(row.get("original", os.path.basename(row["file"])), set())
        results.append({
            "row": row, "answer": answer,
            "exact": [p for p in labels if p in sure],
            "unsure": [p for p in labels if p not in sure and p in unsure],
            "missed": [p for p in labels if p not in sure and p not in unsure],
            "wrong": sorted(sure - set(labels) - other),
            "unsure wrong": sorted(unsure - sure - set(labels) - other),
        })
    return results


def table(results):
    groups = {}
    for r in results:
        row = r["row"]
        for key in ((row["country"], row["layout"], row["kind"]), (row["country"], "all", row["kind"])):
            g = groups.setdefault(key, {"plates": 0, "exact": 0, "unsure": 0, "missed": 0, "wrong": 0, "pictures": 0,
                                        "ms": []})
            g["pictures"] += 1
            g["plates"] += len(row["plate"].split(";"))
            for k in ("exact", "unsure", "missed"):
                g[k] += len(r[k])
            g["wrong"] += bool(r["wrong"])
            g["ms"].append(r["answer"].get("elapsed_ms", 0.0))
    lines = ["| country | layout | kind | plates | exact | 95 % interval | unsure but right | missed | pictures with a wrong plate"
             " | ms a picture (median) |", "| --- " * 10 + "|"]
    for key in sorted(groups):
        g = groups[key]
        low, high = wilson(g["exact"], g["plates"])
        lines.append(f"| {key[0]} | {key[1]} | {key[2]} | {g['plates']} | {100 * g['exact'] / g['plates']:.1f} % | "
                     f"{100 * low:.1f}–{100 * high:.1f} | {g['unsure']} | {g['missed']} | "
                     f"{g['wrong']} ({100 * g['wrong'] / g['pictures']:.1f} %) | {np.median(g['ms']):.1f} |")
    return "\n".join(lines)


def picture_cell(path, answer):
    image = cv2.imread(path)
    if image is None:
        return ""
    for r, colour in [(r, (0, 200, 0)) for r in answer.get("reads", [])] + [(r, (0, 140, 255)) for r in answer.get("unsure",
                                                                                                              [])]:
        cv2.polylines(image, [np.int32(np.round(r["corners"]))], True, colour, max(1, image.shape[1] // 400))
    scale = min(1.0, 640 / image.shape[1])
    if image.shape[1] < 300:
        scale = 300 / image.shape[1]
    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    data = base64.b64encode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()).decode()
    return f'<img src="data:image/jpeg;base64,{data}">'


def gallery(results, folder, path):
    parts = ["<!doctype html><meta charset=utf-8><title>Plate reading: errors</title><style>body{font:14px sans-serif}"
             "figure{display:inline-block;margin:8px;vertical-align:top}img{max-width:640px;display:block}</style>"]
    for r in results:
        if not (r["unsure"] or r["missed"] or r["wrong"]):
            continue
        said = [f"{x['plate']} {x['confidence']:.2f}" for x in r["answer"].get("reads", [])]
        said += [f"{x['plate']}? {x['confidence']:.2f}" for x in r["answer"].get("unsure", [])]
        text = f"{r['row']['file']} is {r['row']['plate']}, read {', '.join(said) or 'nothing'}"
        parts.append(f"<figure>{picture_cell(os.path.join(folder, r['row']['file']), r['answer'])}"
                     f"<figcaption>{html.escape(text)}</figcaption></figure>")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(parts))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--camera", required=True, help="the program")
    parser.add_argument("--labels", required=True, help="labels.csv; files are named from its folder")
    parser.add_argument("--models")
    parser.add_argument("--only", default="", help="for example VN, CN scene, crop: words that the row must have")
    parser.add_argument("--gallery", help="where to write the page of errors")
    parser.add_argument("--json", help="where to write every answer, for calibrate.py")
    parser.add_argument("--others", help="csv with file,plate: plates of the pictures that have no label")
    parser.add_argument("--robust", metavar="FOLDER", help="measure on the pictures made harder, kept in FOLDER")
    parser.add_argument("--sequences", metavar="FOLDER", help="measure vehicles that come to a stop, whose frames are kept in FOLDER")
    parser.add_argument("--ways", default="", help="of --robust, only these: dark,moving,...")
    parser.add_argument("--list", action="store_true", help="print each error")
    args = parser.parse_args()
    folder = os.path.dirname(os.path.abspath(args.labels))
    with open(args.labels, encoding="utf-8") as f:
        rows = [r for r in csv.DictReader(f) if all(w in (r["country"], r["layout"], r["kind"]) for w in args.only.split())]
    if args.robust:
        rows = harder.make(harder.held_out(rows), folder, args.robust, args.ways.split(",") if args.ways else harder.WAYS)
        folder = os.path.abspath(args.robust)
    others = {}
    if args.others:
        with open(args.others, encoding="utf-8") as f:
            for row in csv.DictReader(f):
                others.setdefault(os.path.basename(row["file"]), set()).add(row["plate"])
    if args.sequences:
        measure_sequences(args, rows, folder, others)
        return
    answers, cpu = run_camera(args.camera, args.models, folder, rows)
    results = judge(rows, answers, others)
    print(harder.table(results) if args.robust else table(results))
    print(f"\n{len(rows)} pictures, {cpu / len(rows) * 1e3:.1f} ms CPU a picture, start included")
    if args.list:
        for r in results:
            if r["unsure"] or r["missed"] or r["wrong"]:
                said = [f"{x['plate']}({x['confidence']:.2f})" for x in r["answer"].get("reads", [])]
                said += [f"{x['plate']}?({x['confidence']:.2f})" for x in r["answer"].get("unsure", [])]
                print(r["row"]["file"], r["row"]["plate"], "->", " ".join(said))
    if args.gallery:
        gallery(results, folder, args.gallery)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump([{"labels": r["row"]["plate"].split(";"), **r["answer"]} for r in results], f, ensure_ascii=False)


if __name__ == "__main__":
    main()
