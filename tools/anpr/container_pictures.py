"""Draws labelled pictures of containers, 1280 x 800, that no training has seen: other seeds, and fonts that are not trained on.

    container_pictures.py --out FOLDER --count 400

labels.csv: file,number,layout,line (height in pixels),damage (plain or hard),counts (0: partly hidden or cut off: reading it is no
fault, nor is not reading it), x1,y1 ... x4,y4. Pictures without a number have one row without one.
"""

import argparse
import csv
import os
import random

import cv2
import numpy as np

import container_scenes
import damage
import glyphs

SIZE = (1280, 800)
LINES = (11.0, 62.0)
HELD_OUT = [f"/usr/share/fonts/{p}" for p in (
    "truetype/liberation/LiberationSans-Bold.ttf", "truetype/lato/Lato-Bold.ttf", "truetype/lato/Lato-Heavy.ttf",
    "truetype/open-sans/OpenSans-Bold.ttf", "truetype/open-sans/OpenSans-Semibold.ttf", "opentype/cantarell/Cantarell-Bold.otf",
    "opentype/b612/B612-Bold.otf", "truetype/noto/NotoSans-Bold.ttf", "truetype/firacode/FiraCode-Bold.ttf")]


def plain(rng, image):
    """A camera that is set up well, by day."""
    h, w = image.shape[:2]
    f = image * damage.smooth_noise(rng, h, w, rng.choice([2, 3, 5]), rng.uniform(0.6, 1.0), 1.1)[..., None]
    image = np.clip((f - 110) * rng.uniform(0.8, 1.1) + 110 + rng.uniform(-25, 25), 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 0.9))
    n = np.random.default_rng(rng.getrandbits(32))
    image = np.clip(image + n.standard_normal(image.shape, np.float32) * rng.uniform(1, 6), 0, 255).astype(np.uint8)
    quality = [cv2.IMWRITE_JPEG_QUALITY, rng.randint(60, 95)]
    return cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_COLOR)


def hard(rng, image):
    """Everything that the detector is trained with: night, dazzle, shadow, mist, blur, coarse JPEG."""
    image = damage.light(rng, image)
    if rng.random() < 0.5:
        image = damage.blur(rng, image, rng.uniform(4, 26))
    return damage.sensor(rng, image)


def picture(rng, way):
    W, H = SIZE
    image, found = container_scenes.compose(rng, W, H, LINES)
    image = (plain if way == "plain" else hard)(rng, image)
    rows = []
    for c, number, _, hidden in found:
        counts = not hidden and (c > 0).all() and (c[:, 0] < W).all() and (c[:, 1] < H).all()
        rows.append((number.text, number.layout, round(container_scenes.line_of(c, number.layout), 1), way, int(counts),
                     *(round(float(v), 1) for v in c.reshape(-1))))
    return image, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=900_001)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    cv2.setNumThreads(1)
    if not glyphs.only_fonts(random.Random(args.seed), HELD_OUT):
        raise SystemExit("none of the fonts that are kept out of training is installed; see tools/anpr/README.md")
    head = "file number layout line damage counts x1 y1 x2 y2 x3 y3 x4 y4".split()
    with open(os.path.join(args.out, "labels.csv"), "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(head)
        for i in range(args.count):
            image, rows = picture(random.Random(args.seed * 1000 + i), ("plain", "hard")[i % 2])
            name = f"{i:04}.jpg"
            cv2.imwrite(os.path.join(args.out, name), image, [cv2.IMWRITE_JPEG_QUALITY, 95])
            for row in rows or [("", "", "", ("plain", "hard")[i % 2], 0, *[""] * 8)]:
                out.writerow((name, *row))


if __name__ == "__main__":
    main()
