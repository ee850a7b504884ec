"""What weather, dirt, lenses, sensors and coders do to a picture of a plate. All work on BGR uint8."""

import cv2
import numpy as np


def smooth_noise(rng, h, w, cells, low=0.0, high=1.0):
    """A smooth random field, h x w, from a grid of about `cells` cells."""
    n = np.random.default_rng(rng.getrandbits(32))
    gh = max(2, int(cells * h / max(h, w)) + 1)
    gw = max(2, int(cells * w / max(h, w)) + 1)
    field = cv2.resize(n.random((gh, gw), np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return low + (high - low) * np.clip(field, 0, 1)


def dirt(rng, image):
    """Mud and dust on the plate itself."""
    h, w = image.shape[:2]
    field = smooth_noise(rng, h, w, rng.choice([3, 6, 12, 24]))
    if rng.random() < 0.5:
        field *= np.linspace(rng.random(), 1, h, dtype=np.float32)[:, None]
    a = np.clip((field - rng.uniform(0.4, 0.7)) * rng.uniform(1, 4), 0, 1) * rng.uniform(0.15, 0.75)
    tone = np.array([rng.uniform(30, 140), rng.uniform(40, 150), rng.uniform(50, 165)], np.float32)
    return (image * (1 - a[..., None]) + tone * a[..., None]).astype(np.uint8)


def scratches(rng, image):
    h, w = image.shape[:2]
    for _ in range(rng.randint(1, 4)):
        p = (rng.randrange(w), rng.randrange(h))
        q = (int(p[0] + rng.gauss(0, w * 0.15)), int(p[1] + rng.gauss(0, h * 0.3)))
        cv2.line(image, p, q, tuple(rng.uniform(0, 255) for _ in range(3)), 1, cv2.LINE_AA)
    return image


def shine(rng, image):
    """The plate throws light back more than what is around it: a headlight's, a flash's, the sky's."""
    if rng.random() < 0.5:
        f = 255 - (255 - image.astype(np.float32)) * rng.uniform(0.3, 0.85)
    else:
        f = image.astype(np.float32) * rng.uniform(1.2, 2.2)
    return np.clip(f, 0, 255).astype(np.uint8)


def occlude(rng, image):
    """A strap, a frame's lip, a leaf: something that hides a little of the plate, never a whole character."""
    h, w = image.shape[:2]
    tone = tuple(rng.uniform(0, 200) for _ in range(3))
    r = rng.random()
    if r < 0.5:  # a frame's lip
        d = max(1, int(h * rng.uniform(0.02, 0.10)))
        if rng.random() < 0.5:
            image[-d:] = tone
        else:
            image[:d] = tone
    elif r < 0.75:
        cv2.line(image, (rng.randrange(w), 0), (rng.randrange(w), h), tone, max(1, int(h * rng.uniform(0.01, 0.04))),
                 cv2.LINE_AA)
    else:
        cv2.ellipse(image, (rng.randrange(w), int(h * rng.choice([0.02, 0.98]))),
                    (int(h * rng.uniform(0.05, 0.2)), int(h * rng.uniform(0.05, 0.2))), 0, 0, 360, tone, -1, cv2.LINE_AA)
    return image


def hide(rng, cut, halves):
    """Something before a plate that hides a character, or half of one: a post, a cable, a rag; a clod of mud, a sticker, a hand.
    `cut` is the reader's gray picture, in which the lines of a plate of two lines stand side by side (`halves`). The text stays
    what it was: the reader learns that it cannot know."""
    h, w = cut.shape
    span = w // 2 if halves else w
    if rng.random() < 0.4:
        mask = np.tile(post(rng, h, span), 2 if halves else 1)  # it stands before both lines
    else:
        mask = np.zeros((h, w), np.float32)
        first = rng.randrange(2) * span if halves else 0
        mask[:, first:first + span] = blot(rng, h, span)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.2, 1.6)) * rng.choice([1.0, 1.0, rng.uniform(0.6, 1.0)])
    tone = rng.choice([rng.uniform(0, 255), float(np.percentile(cut, rng.choice([2, 10, 50, 90, 98])))])
    slope = np.linspace(rng.gauss(0, 18), rng.gauss(0, 18), w, dtype=np.float32)[None]
    return np.clip(cut * (1 - mask) + (tone + slope) * mask, 0, 255).astype(np.uint8)


def post(rng, h, span):
    """A mask of what is as high as the line."""
    x, half, lean = rng.uniform(0.02, 0.98) * span, 0.5 * rng.uniform(0.03, 0.13) * span, rng.gauss(0, 0.12) * h
    mask = np.zeros((h, span), np.float32)
    return cv2.fillPoly(mask, [np.array([[x - half + lean, -1], [x + half + lean, -1], [x + half - lean, h], [x - half - lean, h]],
                                        np.int32)], 1)


def blot(rng, h, span):
    """A mask of something uneven about a character wide that leaves its top, its foot or its sides to be seen."""
    x, y = rng.uniform(0.02, 0.98) * span, rng.choice([0.1, 0.25, 0.5, 0.75, 0.9]) * h + rng.gauss(0, 0.08) * h
    wide, high, uneven = rng.uniform(0.025, 0.10) * span, rng.uniform(0.15, 0.45) * h, rng.uniform(0, 0.35)
    corners = [(x + wide * np.cos(a) * rng.uniform(1 - uneven, 1 + uneven), y + high * np.sin(a) * rng.uniform(1 - uneven, 1 + uneven))
               for a in np.linspace(0, 2 * np.pi, rng.choice([4, 7, 12]), endpoint=False) + rng.uniform(0, 1.6)]
    mask = np.zeros((h, span), np.float32)
    return cv2.fillPoly(mask, [np.array(corners, np.int32)], 1)


def glare(rng, h, w):
    """Light that falls into the lens: a wide veil, or a lamp beside or on the plate with a white core."""
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    cx, cy = rng.uniform(-0.2, 1.2) * w, rng.uniform(-0.3, 1.3) * h
    d = (xx - cx) ** 2 + (yy - cy) ** 2
    if rng.random() < 0.6:
        sd = rng.uniform(0.15, 0.6) * w
        return (np.exp(-d / (2 * sd * sd)) * rng.uniform(40, 200))[..., None]
    sd = rng.uniform(0.06, 0.3) * w
    g = np.exp(-d / (2 * sd * sd)) * rng.uniform(80, 190)
    if rng.random() < 0.5:
        g += np.exp(-d * rng.uniform(8, 25) / (2 * sd * sd)) * 255
    return g[..., None]


def light(rng, image):
    """Exposure, contrast, cast, shadow edge, glare, night. In float, once."""
    h, w = image.shape[:2]
    f = image.astype(np.float32)
    r = rng.random()
    if r < 0.25:  # shadow edge
        a = rng.uniform(0, np.pi * 2)
        yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
        d = (xx - rng.uniform(0.1, 0.9) * w) * np.cos(a) + (yy - rng.uniform(0.1, 0.9) * h) * np.sin(a)
        s = 1 / (1 + np.exp(-np.clip(d / max(0.5, rng.uniform(0.005, 0.1) * w), -30, 30)))
        f *= (1 - s * rng.uniform(0.3, 0.75))[..., None]
    elif r < 0.43:
        f += glare(rng, h, w)
    elif r < 0.60:
        f *= smooth_noise(rng, h, w, rng.choice([2, 3, 5]), rng.uniform(0.4, 0.9), 1.15)[..., None]
    if rng.random() < 0.18:  # infrared or a gray camera
        g = f @ np.array([0.114, 0.587, 0.299] if rng.random() < 0.7 else [0.3, 0.3, 0.4], np.float32)
        f = np.repeat(g[..., None], 3, 2)
    elif rng.random() < 0.5:  # cast
        f *= np.array([rng.uniform(0.7, 1.25) for _ in range(3)], np.float32)
        if rng.random() < 0.12:
            f *= np.array([rng.uniform(0.35, 1.1) for _ in range(3)], np.float32)
    mean = f.mean()
    f = (f - mean) * rng.uniform(0.45, 1.25) + mean + rng.uniform(-30, 30)
    r = rng.random()
    if r < 0.20:  # night or deep shade
        f *= rng.uniform(0.12, 0.7)
    elif r < 0.37:  # the sky, a flash: light tones run into white
        f = f * rng.uniform(1.0, 1.7) + rng.uniform(0, 55)
        if rng.random() < 0.4:  # and over what is dark beside them
            f += cv2.GaussianBlur(np.clip(f - rng.uniform(190, 230), 0, 120), (0, 0), max(0.5, h * rng.uniform(0.01, 0.06))
                                  ) * rng.uniform(0.2, 1.2)
    elif r < 0.43:  # mist, a dirty window
        f = f * rng.uniform(0.25, 0.6) + rng.uniform(60, 140)
    f = np.clip(f, 0, 255)
    gamma = np.exp(rng.uniform(-0.6, 0.6))
    return ((f / 255) ** gamma * 255).astype(np.uint8)


def blur(rng, image, pixels):
    """Defocus or motion; `pixels` is the plate's character height in the picture, which bounds the blur."""
    strength = pixels * rng.uniform(0.0, 0.075) + rng.uniform(0, 0.45)
    r = rng.random()
    if r < 0.55:
        if strength < 0.2:
            return image
        return cv2.GaussianBlur(image, (0, 0), strength)
    if r < 0.85:
        length = max(2, int(strength * rng.uniform(2.0, 4.0)))
        k = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
        a = rng.choice([rng.gauss(0, 0.25), rng.gauss(np.pi / 2, 0.25), rng.uniform(0, np.pi)])
        dx, dy = np.cos(a) * length / 2, np.sin(a) * length / 2
        cv2.line(k, (int(round((length - dx) * 16)), int(round((length - dy) * 16))),
                 (int(round((length + dx) * 16)), int(round((length + dy) * 16))), 1, 1, cv2.LINE_AA, 4)
        return cv2.filter2D(image, -1, k / max(k.sum(), 1e-6))
    return image


def sensor(rng, image):
    """Noise, sharpening halo, JPEG."""
    if rng.random() < 0.25:
        soft = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.7, 1.6))
        a = rng.uniform(0.3, 1.6)
        image = cv2.addWeighted(image, 1 + a, soft, -a, 0)
    if rng.random() < 0.6:
        n = np.random.default_rng(rng.getrandbits(32))
        sd = rng.uniform(0.5, 14) * (0.4 if rng.random() < 0.6 else 1)
        shape = image.shape if rng.random() < 0.6 else image.shape[:2] + (1,)
        noise = n.standard_normal(shape, np.float32) * sd
        if rng.random() < 0.3:
            noise = cv2.GaussianBlur(noise, (0, 0), 0.8).reshape(shape) * 1.8
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        quality = int(rng.uniform(18, 95))
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return image


def again(rng, gray):
    """A small gray cut seen before, made a little worse in another way: tone, slope of light, blur, fewer pixels, noise."""
    h, w = gray.shape
    f = gray.astype(np.float32)
    if rng.random() < 0.5:
        low, high = float(f.min()), float(f.max()) + 1
        f = ((f - low) / (high - low)) ** np.exp(rng.uniform(-0.7, 0.7)) * (high - low) + low
    if rng.random() < 0.3:
        f *= np.linspace(rng.uniform(0.5, 1), rng.uniform(0.5, 1), w, dtype=np.float32)[None]
    r = rng.random()
    if r < 0.15:
        f = cv2.GaussianBlur(f, (0, 0), rng.uniform(0.4, 1.1))
    elif r < 0.25:
        f = cv2.blur(f, rng.choice([(2, 1), (3, 1), (1, 2), (4, 1), (1, 3)]))
    elif r < 0.40:
        part = rng.uniform(0.4, 0.8)
        f = cv2.resize(cv2.resize(f, (int(w * part), int(h * part)), interpolation=cv2.INTER_AREA), (w, h))
    if rng.random() < 0.4:
        spread = f.std() * rng.uniform(0.03, 0.35)
        f += np.random.default_rng(rng.getrandbits(32)).standard_normal((h, w), np.float32) * spread
    return np.clip(f, 0, 255)
