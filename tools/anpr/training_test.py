"""Goal: a clean machine makes models from nothing, and the program that ships them sees what training saw. Method: the tiny
budget of make_models.py; drawn plates given to the C++ code and to PyTorch.
"""

import importlib.util
import json
import os
import random
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
ABSENT = [name for name in ("torch", "onnx", "cv2", "PIL") if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(ABSENT), reason=f"training needs {ABSENT}; tools/anpr/README.md names the packages")
if not ABSENT:
    import cv2
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper

    import average
    import container_read
    import container_texts
    import container_views
    import export
    import nets
    import packing
    import shipped
    import train_refiner
    import views

ANSWERS = os.environ.get("BORDERGATE_CAMERA_ANSWERS", "build/release/bin/camera_answers")
DIFFERENCE_MAX = 1e-3


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Folder of the models, folder of the runs, what was said."""
    models, work = tmp_path_factory.mktemp("models"), tmp_path_factory.mktemp("work")
    command = [sys.executable, "-W", "ignore", os.path.join(HERE, "make_models.py"), "--budget", "tiny",
               "--out", str(models), "--work", str(work)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return models, work, done.stdout


def trained(work, kind):
    net = export.KINDS[kind][0]()
    net.load_state_dict(torch.load(work / f"{kind}-tiny-1" / "last.pt")["average"])
    return net.eval()


@pytest.mark.parametrize("kind", ["reader", "detector", "refiner", "container_detector", "container_reader"])
def test_the_loss_falls_and_opencv_answers_as_pytorch(made, kind):
    models, _, said = made  # make_models.py and export.py end with an error when either is not so
    assert f"{kind}: loss" in said
    assert (models / f"{kind}.onnx").stat().st_size < 1_500_000


def test_a_run_that_ended_is_not_run_again(made):
    models, work, _ = made
    before = (work / "reader-tiny-1" / "log.jsonl").read_text()
    command = [sys.executable, "-W", "ignore", os.path.join(HERE, "make_models.py"), "--budget", "tiny", "--only", "reader",
               "--out", str(models), "--work", str(work)]
    subprocess.run(command, capture_output=True, check=True)
    assert (work / "reader-tiny-1" / "log.jsonl").read_text() == before


def weights_of(path):
    return {t.name: numpy_helper.to_array(t) for t in packing.unpack(onnx.load(path)).graph.initializer}


def test_weights_in_16_bits_are_those_in_32_to_their_last_digits(made):
    models, _, _ = made
    net = packing.unpack(onnx.load(models / "detector.onnx"))
    packed = packing.pack(net)
    assert packed.ByteSize() < 0.6 * net.ByteSize()
    assert packing.pack(packed) == packed  # once is enough
    after = {t.name: numpy_helper.to_array(t) for t in packing.unpack(packed).graph.initializer}
    for name, weight in weights_of(models / "detector.onnx").items():
        assert np.abs(after[name] - weight).max() <= np.abs(weight).max() / packing.STEPS


def test_the_mean_of_two_states_lies_between_them(made, tmp_path):
    models, _, _ = made
    before, after, mean = (str(tmp_path / name) for name in ("before.onnx", "after.onnx", "mean.onnx"))
    net = packing.unpack(onnx.load(models / "reader.onnx"))
    onnx.save(net, before)
    for tensor in net.graph.initializer:
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor) * np.float32(3), tensor.name))
    onnx.save(net, after)
    average.average([before, after], mean)
    for name, weight in weights_of(mean).items():
        assert np.allclose(weight, 2 * weights_of(before)[name], atol=1e-4 * np.abs(weight).max())
    with pytest.raises(SystemExit, match="not states of one net"):
        average.average([before, str(models / "refiner.onnx")], mean)


@pytest.mark.parametrize("kind", ["reader", "detector", "refiner"])
def test_a_cycle_can_begin_from_an_exported_file(made, kind):
    models, work, _ = made
    torch.manual_seed(2)
    make, shape = export.KINDS[kind]
    net, pictures = make(), [torch.rand(8, *shape[1:]) - 0.5 for _ in range(2)]
    shipped.load(net, str(models / f"{kind}.onnx"), pictures)
    with torch.no_grad():
        wanted = trained(work, kind)(pictures[0])
        assert (net(pictures[0]) - wanted).abs().max() < DIFFERENCE_MAX * max(1, wanted.abs().max())
        # Its normalisations stand on what passes through them: what training computes is what is evaluated, nearly.
        net.train()
        for part in net.modules():
            if isinstance(part, torch.nn.Dropout):
                part.eval()
        assert (net(torch.cat(pictures)) - net.eval()(torch.cat(pictures))).abs().max() < 0.05 * wanted.abs().max()


def test_a_cycle_does_not_begin_from_another_nets_file(made):
    models, _, _ = made
    with pytest.raises(SystemExit, match="not a reader"):
        shipped.load(nets.Reader(), str(models / "refiner.onnx"), [torch.zeros(1, 1, 32, 160)])


def answers_of(models, folder, view):
    """What the program's nets answer for what is between the corners of this view."""
    if not os.path.exists(ANSWERS):
        pytest.skip("camera_answers is not built")
    picture = str(folder / "view.png")
    cv2.imwrite(picture, view.image)
    corners = [str(float(v)) for v in view.corners.reshape(-1)]
    done = subprocess.run([ANSWERS, str(models), picture, *corners], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def assert_same_reading(answer, gray, reader):
    """The program cut the same picture out, and its net says the same of it, within the same part of the answers' range as in
    export.py: the file's weights have 16 bits."""
    assert np.abs(np.array(answer["gray"]) - gray).max() <= 1  # gray values
    with torch.no_grad():
        logits = reader(torch.from_numpy(views.normalise(np.array(answer["gray"]))[None, None]))[0, :, 0]
    wanted = torch.log_softmax(logits, 0).T.numpy()
    assert np.abs(np.array(answer["log_probabilities"]) - wanted).max() < DIFFERENCE_MAX * max(1, np.abs(wanted).max())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_program_sees_the_container_number_that_training_saw(made, tmp_path, seed):
    models, work, _ = made
    view = container_views.view(random.Random(seed))
    got = answers_of(models, tmp_path, view)
    for layout, answer in zip(("one-line", "two-line"), got["container_cuts"]):
        assert_same_reading(answer, container_views.cut(view.image, view.corners, layout), trained(work, "container_reader"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_program_sees_what_training_saw(made, tmp_path, seed):
    models, work, _ = made
    view = views.view(random.Random(seed))
    got = answers_of(models, tmp_path, view)
    reader = trained(work, "reader")
    for cut, answer in zip(("one-line", "even", "china"), got["cuts"]):
        assert_same_reading(answer, views.reader_cut(view.image, view.corners, cut), reader)

    x, *_ = train_refiner.tensors_of([(train_refiner.cut(view.image, view.corners), np.zeros(8), 0, -1)])
    with torch.no_grad():
        answer = trained(work, "refiner")(x)[0, :, 0, 0].numpy()
    kinds = np.exp(answer[8:12]) / np.exp(answer[8:12]).sum()
    assert np.abs(np.array([got["none"], *got["cut_probability"]]) - kinds).max() < DIFFERENCE_MAX
    moved = train_refiner.to_cut(view.corners, got["corners"])
    wanted = train_refiner.NOMINAL + np.clip(answer[:8], -0.6, 0.6).reshape(4, 2) * train_refiner.PLATE - 0.5
    assert np.abs(moved - wanted).max() / train_refiner.PLATE.max() < DIFFERENCE_MAX


def test_container_numbers_that_are_drawn_have_the_right_check_digit():
    assert container_texts.is_number("CSQU3054383") and container_texts.is_number("CBHU3202732")  # the standard's own
    assert not container_texts.is_number("CSQU3054384")
    rng = random.Random(1)
    for _ in range(300):
        assert container_texts.is_number(container_texts.number(rng))


@pytest.mark.parametrize("text", ["CSQU3054383", "AAAU1100554"])
def test_the_search_reads_what_the_net_says_and_never_mends_it(text):
    p = np.full((len(nets.CHARSET) + 1, 64), 1e-4)
    p[0] = 0.99
    for i, ch in enumerate(text):
        p[:, 3 + 5 * i] = 1e-4
        p[nets.encode(ch), 3 + 5 * i] = 0.99
    got, probability, _ = container_read.search(p)
    assert got == text and probability > 0.5  # the second text has a wrong check digit, and is read as it stands


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_container_nets_answer_in_opencv_as_where_they_are_trained(made, seed):
    models, work, _ = made
    gray, _ = container_views.reader_sample(random.Random(seed))
    x = views.normalise(gray)[None, None]
    with torch.no_grad():
        wanted = trained(work, "container_reader")(torch.from_numpy(x)).numpy()
    net = cv2.dnn.readNetFromONNX(str(models / "container_reader.onnx"))
    net.setInput(x)
    got = net.forward()
    assert got.shape == (1, nets.CONTAINER_CLASSES, 1, 64)
    assert np.abs(got - wanted).max() < DIFFERENCE_MAX * max(1, np.abs(wanted).max())
