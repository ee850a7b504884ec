"""The three nets. Only layers that OpenCV 4.6 loads from ONNX opset 11: Conv, BatchNorm (folded), ReLU, Add, nearest
Upsample. Inputs: detector RGB/255 - 0.5, any size that 32 divides; refiner the same, 64 x 128; reader normalised gray, 32 x 160
(of container numbers 32 x 256).
"""

import torch
from torch import nn

import glyphs

CHARSET = glyphs.LATIN + glyphs.PROVINCES + glyphs.SPECIAL  # class 0 is the CTC blank, character i is class i + 1
CONTAINER_CLASSES = len(glyphs.LATIN) + 1  # of container numbers: the blank and the first 36 of CHARSET
COLOURS = ["white", "yellow", "blue", "red", "green", "black"]
LAYOUTS = ["none", "one-line", "even", "china"]  # what the refiner says of its picture; see views.CUTS


def conv(i, o, k=3, s=1):
    pad = k // 2 if isinstance(k, int) else (k[0] // 2, k[1] // 2)
    return nn.Sequential(nn.Conv2d(i, o, k, s, pad, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


class Reader(nn.Module):
    """1 x 32 x 160 -> logits, classes x 1 x 40; of any width, a step for every 4 columns."""

    def __init__(self, classes=len(CHARSET) + 1):
        super().__init__()
        self.body = nn.Sequential(
            conv(1, 24, 3, (2, 1)), conv(24, 32, 3, (1, 2)), conv(32, 64), conv(64, 64, 3, 2),
            conv(64, 96), Residual(conv(96, 96)), conv(96, 128, 3, (2, 1)), Residual(conv(128, 128)))
        self.squeeze = nn.Sequential(nn.Conv2d(128, 160, (4, 1), bias=False), nn.BatchNorm2d(160), nn.ReLU(inplace=True))
        self.head = nn.Sequential(Residual(conv(160, 160, (1, 3))), conv(160, 160, (1, 3)), nn.Dropout(0.1),
                                  nn.Conv2d(160, classes, 1))

    def forward(self, x):
        return self.head(self.squeeze(self.body(x)))


class Refiner(nn.Module):
    """3 x 64 x 128 -> 8 corner offsets (parts of width and height, tl tr br bl), 4 layouts, 6 colours, as 18 x 1 x 1."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(conv(3, 16, 3, 2), conv(16, 32, 3, 2), Residual(conv(32, 32)), conv(32, 48, 3, 2),
                                  Residual(conv(48, 48)), conv(48, 48, 3, 2), Residual(conv(48, 48)), conv(48, 24, 1))
        self.head = nn.Sequential(nn.Conv2d(24, 96, (4, 8), bias=False), nn.BatchNorm2d(96), nn.ReLU(inplace=True),
                                  nn.Conv2d(96, 18, 1))

    def forward(self, x):
        return self.head(self.body(x))


class Detector(nn.Module):
    """3 x H x W -> 10 x H/8 x W/8: score logits of one-line and two-line centres, then 8 corner offsets in cells."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 12, 3, 2), conv(12, 24, 3, 2))
        self.s8 = nn.Sequential(conv(24, 40, 3, 2), Residual(conv(40, 40)))
        self.s16 = nn.Sequential(conv(40, 64, 3, 2), Residual(conv(64, 64)), Residual(conv(64, 64)))
        self.s32 = nn.Sequential(conv(64, 96, 3, 2), Residual(conv(96, 96)))
        self.down16 = conv(96, 64, 1)
        self.down8 = conv(64, 40, 1)
        self.fuse16 = conv(64, 64)
        self.fuse8 = conv(40, 48)
        self.head = nn.Sequential(conv(48, 48), nn.Conv2d(48, 10, 1))
        self.up = nn.Upsample(scale_factor=2)
        nn.init.constant_(self.head[-1].bias[:2], -4.0)

    def forward(self, x):
        a = self.s8(self.stem(x))
        b = self.s16(a)
        c = self.s32(b)
        b = self.fuse16(b + self.up(self.down16(c)))
        return self.head(self.fuse8(a + self.up(self.down8(b))))


def encode(text):
    return [CHARSET.index(ch) + 1 for ch in text]


def greedy(logits):
    """CTC best path of one picture, logits classes x steps."""
    best = logits.argmax(0).tolist()
    out = []
    for i, k in enumerate(best):
        if k and (i == 0 or best[i - 1] != k):
            out.append(CHARSET[k - 1])
    return "".join(out)


def count(net):
    return sum(p.numel() for p in net.parameters())


def limit_threads():
    torch.set_num_threads(1)
