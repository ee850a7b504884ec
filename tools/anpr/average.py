"""Writes the mean of several exported states of one net: each weight is the mean of theirs.

    average.py BEFORE.onnx AFTER.onnx MEAN.onnx

States of one training that follow on each other err on different plates; their mean often errs on fewer than each of them. It
costs the camera nothing. States that did not start from the same weights have no useful mean: measure it before it is shipped.
"""

import argparse

import numpy as np
import onnx
from onnx import numpy_helper

import packing


def average(paths, path):
    """Refuses nets of different shapes."""
    models = [packing.unpack(onnx.load(p)) for p in paths]
    weights = [{t.name: numpy_helper.to_array(t) for t in m.graph.initializer} for m in models]
    shapes = [{name: (w.shape, w.dtype) for name, w in of.items()} for of in weights]
    if any(s != shapes[0] for s in shapes):
        raise SystemExit("these are not states of one net: their weights differ in name or shape")
    for tensor in models[0].graph.initializer:
        states = [of[tensor.name] for of in weights]
        if np.issubdtype(states[0].dtype, np.floating):
            tensor.CopyFrom(numpy_helper.from_array(np.mean(states, axis=0, dtype=states[0].dtype), tensor.name))
    onnx.save(packing.pack(models[0]), path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("states", nargs="+", help=".onnx files of one kind")
    parser.add_argument("path", help="the .onnx to write")
    args = parser.parse_args()
    average(args.states, args.path)


if __name__ == "__main__":
    main()
