"""What is lettered on vehicles and beside lanes and is no plate: makers' names, firms, slogans, a lane's board.

Only words and short codes: long numbers are left to the reader, for some trucks carry their plate's text once more in paint.
"""

import string
import unicodedata

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import containers
import damage
import glyphs
import views

CONSONANTS = ["B", "C", "CH", "D", "Đ", "G", "H", "K", "KH", "L", "M", "N", "NG", "NH", "PH", "QU", "S", "T", "TH", "TR", "V", "X"]
VOWELS = ["A", "Ă", "Â", "E", "Ê", "I", "O", "Ô", "Ơ", "U", "Ư", "IÊ", "UÔ", "ƯƠ"]
TONES = ["", "", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
ENDS = ["", "", "", "C", "CH", "M", "N", "NG", "NH", "T", "I", "U"]
HAN = "东风解放重汽陕福田江淮红岩欧曼豪沃德龙柳州乘三一中国通达物流运输货安全顺长城广西云南凭祥河口集团有限公司危险爆"
WITH_TONES = ["/NotoSans-", "/DejaVuSans"]  # faces that have Vietnamese letters


def _syllable(rng):
    text = rng.choice(CONSONANTS) + rng.choice(VOWELS) + rng.choice(TONES) + rng.choice(ENDS)
    return unicodedata.normalize("NFC", text)


def word(rng):
    """A text, and the font file and face in it that can write it."""
    r = rng.random()
    latin = glyphs.existing(glyphs.LATIN_FONTS)
    if r < 0.22:
        fonts = [p for p in latin if any(name in p for name in WITH_TONES)] or latin
        text = " ".join(_syllable(rng) for _ in range(rng.choice([1, 2, 2, 3])))
        return (text if rng.random() < 0.8 else text.title()), rng.choice(fonts), 0
    if r < 0.40:
        path, index, _ = rng.choice(glyphs.existing(glyphs.HAN_FONTS))
        return "".join(rng.choice(HAN) for _ in range(rng.randint(2, 7))), path, index
    if r < 0.52:
        text = rng.choice(string.ascii_uppercase) * rng.choice([0, 1, 1]) + str(rng.randint(1, 30))
        return text, rng.choice(latin), 0
    alphabet = string.ascii_uppercase if rng.random() < 0.4 else "AAEEIIOOUBCDFGHLMNNRSTVXY"
    text = "".join(rng.choice(alphabet) for _ in range(rng.randint(3, 11)))
    return (text if rng.random() < 0.85 else text.title()), rng.choice(latin), 0


def lettering(rng, height):
    """A mask of a word `height` pixels high, squeezed or widened as a sign writer does."""
    text, path, index = word(rng)
    font = ImageFont.truetype(path, 80, index=index)
    left, top, right, bottom = font.getbbox(text)
    picture = Image.new("L", (right - left + 8, bottom - top + 8), 0)
    ImageDraw.Draw(picture).text((4 - left, 4 - top), text, fill=255, font=font)
    mask = np.asarray(picture)
    width = max(4, int(mask.shape[1] * height / mask.shape[0] * rng.uniform(0.6, 1.3)))
    return cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def _ground(rng, h, w, box):
    """What the word stands on: mostly a vehicle's paint, else a board or anything."""
    colour = containers.paint(rng)
    r = rng.random()
    if r < 0.15:
        return views.texture(rng, h, w).astype(np.float32), colour
    image = np.empty((h, w, 3), np.float32)
    image[:] = colour
    if r < 0.45:  # a board, or a strip of other paint
        colour = containers.paint(rng)
        x0, y0, x1, y1 = box
        pad_x, pad_y = rng.uniform(0.1, 0.8) * (y1 - y0), rng.uniform(0.1, 0.6) * (y1 - y0)
        if rng.random() < 0.4:
            pad_x = w
        a, b = (int(x0 - pad_x), int(y0 - pad_y)), (int(x1 + pad_x), int(y1 + pad_y))
        cv2.rectangle(image, a, b, colour.tolist(), -1)
        if rng.random() < 0.4:
            cv2.rectangle(image, a, b, containers.ink(rng, colour).tolist(), max(1, int((y1 - y0) * 0.05)))
    return image * damage.smooth_noise(rng, h, w, rng.choice([2, 3, 6]), 0.75, 1.15)[..., None], colour


def lettered(rng):
    """A word on something, as a camera sees it: the picture, and the corners of its letters."""
    height = int(np.clip(np.exp(rng.gauss(np.log(28), 0.5)), 10, 100))
    mask = lettering(rng, height)
    w = mask.shape[1]
    m = int(height * 1.2)
    box = (m, m, m + w, m + height)
    image, colour = _ground(rng, height + 2 * m, w + 2 * m, box)
    part = image[m:m + height, m:m + w]
    if rng.random() < 0.3:  # raised letters throw a shadow
        d = max(1, height // 14)
        image[m + d:m + d + height, m + d:m + d + w] *= 1 - 0.5 * mask[..., None]
    part += (containers.ink(rng, colour) - part) * (mask * rng.uniform(0.25, 1.0))[..., None]
    corners = views.project(rng, w, height, 0.8)
    low, high = corners.min(0) - 0.9 * height, corners.max(0) + 0.9 * height
    src = np.array([[m, m], [m + w, m], [m + w, m + height], [m, m + height]], np.float32) - 0.5
    hom = cv2.getPerspectiveTransform(src, (corners - low).astype(np.float32))
    seen = cv2.warpPerspective(np.clip(image, 0, 255).astype(np.uint8), hom, tuple(int(np.ceil(v)) for v in high - low),
                               flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    seen = damage.sensor(rng, damage.blur(rng, damage.light(rng, seen), height * 0.5))
    return seen, (corners - low).astype(np.float32)


if __name__ == "__main__":  # a sheet to look at
    import random
    rng = random.Random(4)
    views.photos()
    cells = []
    for _ in range(60):
        image, corners = lettered(rng)
        cells.append(views.rectify(image, corners, views.REFINER_SIZE, 0.25))
    cv2.imwrite("/tmp/names.png", np.vstack([np.hstack(cells[i:i + 10]) for i in range(0, 60, 10)]))
