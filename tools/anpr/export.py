"""Writes a run's averaged weights as ONNX, in 16 bits each, and checks that OpenCV's answer equals PyTorch's."""

import argparse
import os

import cv2
import numpy as np
import onnx
import torch

import nets
import packing

KINDS = {"detector": (nets.Detector, (1, 3, 320, 512)), "refiner": (nets.Refiner, (1, 3, 64, 128)),
         "reader": (nets.Reader, (1, 1, 32, 160)), "container_detector": (nets.Detector, (1, 3, 320, 512)),
         "container_reader": (lambda: nets.Reader(nets.CONTAINER_CLASSES), (1, 1, 32, 256))}
DIFFERENCE_MAX = 1e-3


def export(kind, checkpoint, path):
    """Returns the greatest difference between OpenCV and PyTorch on random pictures, as a part of the output's range."""
    make, shape = KINDS[kind]
    net = make()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    net.eval()
    torch.manual_seed(5)
    torch.onnx.export(net, torch.randn(*shape), path + ".new", opset_version=11, input_names=["picture"],
                      output_names=["answer"])
    onnx.save(packing.pack(onnx.load(path + ".new")), path + ".new")
    loaded = cv2.dnn.readNetFromONNX(path + ".new")
    worst = 0.0
    shapes = [shape] if "detector" not in kind else [shape, (1, 3, 352, 448), (1, 3, 512, 320)]
    for s in shapes:
        for _ in range(3):
            x = torch.randn(*s) * 0.5
            with torch.no_grad():
                wanted = net(x).numpy()
            loaded.setInput(x.numpy())
            got = loaded.forward()
            worst = max(worst, float(np.abs(got - wanted).max() / max(1.0, np.abs(wanted).max())))
    if worst > DIFFERENCE_MAX:
        raise SystemExit(f"{kind}: OpenCV and PyTorch differ by {worst:.2g}")
    os.replace(path + ".new", path)
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("checkpoint", help="last.pt of a run")
    parser.add_argument("path", help="the .onnx to write")
    args = parser.parse_args()
    worst = export(args.kind, args.checkpoint, args.path)
    print(f"{args.path}: {os.path.getsize(args.path)} bytes, differs from PyTorch by at most {worst:.1g}")


if __name__ == "__main__":
    main()
