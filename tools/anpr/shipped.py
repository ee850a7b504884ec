"""A net to train on, from an exported file. Checkpoints of a training are large and stay where they were made; the files that
the camera loads are in the repository, and a new cycle can begin from them.

An export has each normalisation folded into the convolution before it. Folded, the net answers the same and learns badly; so
the normalisations are made anew from what passes through them on a few batches.
"""

import onnx
import torch
from onnx import numpy_helper
from torch import nn

import packing

BATCHES = 8


def load(net, path, batches):
    """Gives `net` the weights of the file at `path`. Evaluated, it answers as the file does; `batches` are pictures as training
    gives them. Ends the program when the file is another net's."""
    batches = list(batches)
    model = packing.unpack(onnx.load(path))
    held = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in model.graph.initializer}
    folded = [[held[name] for name in node.input[1:]] for node in model.graph.node if node.op_type == "Conv"]
    pairs = _layers(net, batches[0][:1])
    if [tuple(c.weight.shape) for c, _ in pairs] != [tuple(weight.shape) for weight, *_ in folded]:
        raise SystemExit(f"{path}: not a {type(net).__name__.lower()} of {len(pairs)} such layers")
    sizes = []
    with torch.no_grad():
        for (convolution, norm), (weight, bias) in zip(pairs, folded):
            # Before a normalisation only the direction of the weights counts for the answer; their size, beside the rate, for
            # how fast they move. The size that they are born with is what rates are chosen for.
            sizes.append(1.0 if norm is None else float(convolution.weight.std() / weight.std()))
            convolution.weight.copy_(weight * sizes[-1])
            if norm is None:
                convolution.bias.copy_(bias)
            else:
                _stand(norm, torch.zeros_like(bias), torch.ones_like(bias), sizes[-1], bias)
        seen = _what_passes(net, [norm for _, norm in pairs if norm is not None], batches)
        for (_, norm), size, (_, bias) in zip(pairs, sizes, folded):
            if norm is not None:
                _stand(norm, *seen[norm], size, bias)


def _stand(norm, mean, variance, size, bias):
    """Makes `norm` undo `size` and add `bias`, whatever mean and variance it stands on."""
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_(torch.sqrt(variance + norm.eps) / size)
    norm.bias.copy_(mean / size + bias)


def _layers(net, picture):
    """Each convolution in the order of their work, with the normalisation behind it or None."""
    pairs = []

    def note(module, *_):
        if isinstance(module, nn.Conv2d):
            pairs.append((module, None))
        else:
            pairs[-1] = (pairs[-1][0], module)

    hooks = [m.register_forward_hook(note) for m in net.modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
    net.eval()
    with torch.no_grad():
        net(picture)
    for hook in hooks:
        hook.remove()
    return pairs


def _what_passes(net, norms, batches):
    """Mean and variance of each channel before each normalisation."""
    sums = {norm: (0, 0, 0) for norm in norms}

    def note(norm, inputs):
        x = inputs[0].double()
        count, first, second = sums[norm]
        sums[norm] = (count + x.numel() / x.shape[1], first + x.sum((0, 2, 3)), second + (x * x).sum((0, 2, 3)))

    hooks = [norm.register_forward_pre_hook(note) for norm in norms]
    for batch in batches:
        net(batch)
    for hook in hooks:
        hook.remove()
    return {norm: ((first / count).float(), (second / count - (first / count) ** 2).clamp(min=0).float())
            for norm, (count, first, second) in sums.items()}
