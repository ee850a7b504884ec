"""What is written on freight containers: numbers by ISO 6346 with their check digit, size and type codes, fine print, names."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
VALUE = dict(zip(DIGITS, range(10))) | dict(zip(LETTERS, [v for v in range(10, 39) if v % 11]))

# Codes that one sees often; most of what is drawn is random, so that no code is favoured by much.
COMMON = ("MSKU MRKU MSCU MEDU TCLU TCNU TGHU TEMU CSNU CCLU COSU CBHU OOLU EMCU EGHU EISU TRHU HLXU HLBU UACU CMAU APZU "
          "ECMU NYKU KKFU TTNU ONEU YMLU YMMU HDMU HMMU ZIMU ZCSU WHLU WHSU SITU PCIU DRYU FCIU GESU BMOU CAIU CAXU SEGU "
          "TLLU INKU UETU RFCU CRXU TRLU FSCU DFSU BEAU XINU SUDU SZLU JXLU KOCU SKHU CXDU TBJU CKLU").split()


def check_digit(first_ten):
    return str(sum(VALUE[c] << i for i, c in enumerate(first_ten)) % 11 % 10)


def is_number(text):
    return (len(text) == 11 and text[:4].isalpha() and text[3] in "UJZ" and text[4:].isdigit()
            and check_digit(text[:10]) == text[10])


def number(rng):
    r = rng.random()
    if r < 0.35:
        owner = rng.choice(COMMON)
    else:
        owner = "".join(rng.choice(LETTERS) for _ in range(3)) + rng.choices("UJZ", [0.9, 0.05, 0.05])[0]
        if r > 0.93:  # letters that follow each other are what CTC finds hard
            owner = owner[0] * 2 + owner[2:]
    pool = DIGITS if rng.random() < 0.85 else rng.sample(DIGITS, 2)
    serial = "".join(rng.choice(pool) for _ in range(6))
    return owner + serial + check_digit(owner + serial)


def size_type(rng):
    size = rng.choice(["22", "42", "45", "L5", "25", "20", "43", "40", "LE", "M5"])
    code = size + rng.choice(["G1", "G0", "R1", "U1", "P1", "T6", "G1", "G1", "10", "00", "30"])
    return rng.choice(["", "", "", "", "US ", "CN ", "GB ", "US", "FR", "DK "]) + code


def table(rng):
    gross, tare = rng.choice([30480, 32500, 34000, 24000]), rng.randrange(2100, 4900, 10)
    rows = [("MAX.GROSS", gross), ("TARE", tare), ("NET", gross - tare), ("PAYLOAD", gross - tare)]
    out = []
    for name, kilograms in rng.sample(rows, rng.randint(2, 4)):
        out += [f"{name}   {kilograms:,} KG", f"        {int(kilograms * 2.2046):,} LB"]
    if rng.random() < 0.6:
        out += [f"CU.CAP. {rng.choice([33.2, 67.7, 76.4])} CU.M", f"       {rng.randrange(1100, 2800):,} CU.FT"]
    if rng.random() < 0.3:
        out.insert(0, f"MG {rng.randrange(20000, 36000)}")
    return out


def word(rng):
    """A line's name, a slogan, a telephone number."""
    r = rng.random()
    if r < 0.5:
        return rng.choice(["MAERSK", "COSCO", "EVERGREEN", "HAPAG LLOYD", "CMA CGM", "TEX", "TRITON", "HAMBURG SUD", "ONE",
                           "MSC", "SITC", "WAN HAI", "SINOKOR", "YANG MING", "CAPITAL", "FLORENS", "CAI", "DONG FANG", "K LINE"])
    if r < 0.8:
        return "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 9)))
    return "".join(rng.choice(DIGITS) for _ in range(rng.randint(3, 11)))
