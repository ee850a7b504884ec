"""What is written on a plate: a random plate of each class, as the lines one sees and as the normalised string.

The normalised string is upper case without dash, dot or space, Đ written D, top line first.
"""

import glyphs

# Vietnamese province codes in use; a few codes outside the lists are drawn too, so that the reader reads what is there
# and leaves the judging to the grammar.
VN_CODES = [str(n) for n in range(11, 100) if n not in (10, 13, 42, 44, 45, 46, 87, 91, 96)]
VN_SERIES = "ABCDEFGHKLMNPRSTUVXYZ"
CN_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "0123456789"


def _digits(rng, n):
    # Real numbers favour repeated digits more than chance does; repeated digits are what CTC finds hard.
    if rng.random() < 0.15:
        pool = rng.sample(DIGITS, 2)
        return "".join(rng.choice(pool) for _ in range(n))
    return "".join(rng.choice(DIGITS) for _ in range(n))


def _serial(rng):
    """The digits as written, with the dot of the five-digit form, which some plates leave out."""
    n = 5 if rng.random() < 0.72 else 4
    d = _digits(rng, n)
    if n == 5 and rng.random() < 0.9:
        return d[:3] + "." + d[3:]
    return d


def _code(rng):
    return str(rng.randrange(10, 100)) if rng.random() < 0.02 else rng.choice(VN_CODES)


def vn_car(rng):
    code, serial = _code(rng), _serial(rng)
    kind = rng.random()
    if kind < 0.80:
        series = rng.choice(VN_SERIES)
    elif kind < 0.88:
        series = rng.choice(["R", "RM", "LD", "KT", "DA", "MK", "CD", "HC", "TD", "LB", "MD"])
    else:
        series = rng.choice(VN_SERIES) + rng.choice(VN_SERIES)
    return code, series, serial


def vn_motorbike(rng):
    code, serial = _code(rng), _serial(rng)
    if rng.random() < 0.78:
        series = rng.choice(VN_SERIES) + rng.choice("123456789" if rng.random() < 0.95 else DIGITS)
    else:
        series = rng.choice("ABCDEFGHKLMNPSTUVXYZ") + rng.choice("ABCDEFGHKLMNPSTUVXYZ")
    return code, series, serial


def vn_military(rng):
    d = _digits(rng, 4)
    return rng.choice("ABCHKPQTV") + rng.choice("ABCDEHKLMNPQRSTVX"), d[:2] + "-" + d[2:]


def vn_diplomatic(rng):
    return rng.choice(["80", "41", "29", "30"]), _digits(rng, 3), rng.choice(["NG", "QT", "NN", "CV"]), _digits(rng, 2)


def cn_tail(rng, n):
    r = rng.random()
    if r < 0.42:
        s = [rng.choice(DIGITS) for _ in range(n)]
    else:
        s = [rng.choice(DIGITS) for _ in range(n)]
        for _ in range(1 if r < 0.78 else 2):
            s[rng.randrange(n)] = rng.choice(CN_LETTERS)
        if rng.random() < 0.06:
            s = [rng.choice(DIGITS + CN_LETTERS) for _ in range(n)]
    if rng.random() < 0.12:
        i = rng.randrange(n)
        s = [s[i] if rng.random() < 0.6 else c for c in s]
    return "".join(s)


def cn_head(rng):
    return rng.choice(glyphs.PROVINCES), rng.choice(CN_LETTERS)
