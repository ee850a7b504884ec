"""Weights of ONNX files in 16 bits each: half the bytes, and OpenCV 4.6 loads it as it is.

OpenCV 4.6 refuses float16 tensors, but it computes what is made of constants while it loads. So a tensor of
weights w becomes two tensors of bytes, w = 256 s * high + s * low, with Cast, ConstantOfShape, Mul and Add of opset 11, which any
runtime knows. s is the tensor's greatest weight / 32,639: each weight is off by at most half of that. The answers differ by
some 1e-4 of their range, the speed does not.

    packing.py FILE.onnx ...      packs files as they lie; what is packed stays as it is
"""

import argparse

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LEAST = 512  # tensors of fewer weights (biases) stay as they are
STEPS = 32639  # 127 * 256 + 127
PARTS = (("high", 256), ("low", 1))


def _split(name, weights):
    """Tensors and nodes that make `weights` under `name`."""
    s = max(float(np.abs(weights).max()), 1e-30) / STEPS
    whole = np.round(weights / s).astype(np.int32)
    low = (whole + 128) % 256 - 128
    tensors = [numpy_helper.from_array(np.array(weights.shape, np.int64), f"{name}.shape")]
    nodes = []
    for (part, factor), values in zip(PARTS, ((whole - low) // 256, low)):
        at = f"{name}.{part}"
        tensors.append(numpy_helper.from_array(values.astype(np.int8), at))
        step = helper.make_tensor("step", TensorProto.FLOAT, [1], [s * factor])
        nodes += [helper.make_node("Cast", [at], [at + ".float"], at + ".cast", to=TensorProto.FLOAT),
                  helper.make_node("ConstantOfShape", [f"{name}.shape"], [at + ".step"], at + ".fill", value=step),
                  helper.make_node("Mul", [at + ".float", at + ".step"], [at + ".part"], at + ".mul")]
    nodes.append(helper.make_node("Add", [f"{name}.high.part", f"{name}.low.part"], [name], f"{name}.add"))
    return tensors, nodes


def pack(model):
    """The same net with its weights in 16 bits. What is packed is not packed again: those bytes are no float32."""
    tensors, nodes = [], []
    for tensor in model.graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < LEAST:
            tensors.append(tensor)
            continue
        more_tensors, more_nodes = _split(tensor.name, weights)
        tensors += more_tensors
        nodes += more_nodes
    return _with(model, tensors, nodes + list(model.graph.node))


def unpack(model):
    """The same net with its weights in float32, whether it was packed or not."""
    held = {t.name: t for t in model.graph.initializer}
    names = [n[:-len(".high")] for n in held if n.endswith(".high")]
    steps = {n.output[0]: numpy_helper.to_array(n.attribute[0].t)[0] for n in model.graph.node if n.op_type == "ConstantOfShape"}
    made, tensors = set(), []
    for name in names:
        weights = 0
        for part, _ in PARTS:
            at = f"{name}.{part}"
            weights = weights + numpy_helper.to_array(held.pop(at)).astype(np.float32) * steps[at + ".step"]
            made |= {at + ".float", at + ".step", at + ".part"}
        del held[f"{name}.shape"]
        made.add(name)
        tensors.append(numpy_helper.from_array(weights.astype(np.float32), name))
    return _with(model, list(held.values()) + tensors, [n for n in model.graph.node if n.output[0] not in made])


def _with(model, tensors, nodes):
    out = onnx.ModelProto()
    out.CopyFrom(model)
    del out.graph.initializer[:], out.graph.node[:]
    out.graph.initializer.extend(tensors)
    out.graph.node.extend(nodes)
    onnx.checker.check_model(out)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    for path in parser.parse_args().files:
        onnx.save(pack(onnx.load(path)), path)


if __name__ == "__main__":
    main()
