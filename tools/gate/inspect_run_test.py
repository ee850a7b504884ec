# Goal: a run can be looked at and stopped from another terminal, and says clearly when there is none.
# Method: a real run of fake services in a process of its own; the commands as a person gives them.
import json
import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from tools.gate import arguments, inspect_run, lock
from tools.gate.places import ROOT, RunFolder
from tools.gate.problem import Problem

OWNER = """
    import signal, sys
    from pathlib import Path
    from tools.gate.gate import Gate
    from tools.gate.gate_test import FakeHouse
    house = FakeHouse(Path({house!r}))
    house.add("lane")
    def end(*_): raise KeyboardInterrupt
    signal.signal(signal.SIGTERM, end)
    with Gate.start(name={name!r}, house=house) as gate:
        print("ready", flush=True)
        try: signal.pause()
        except KeyboardInterrupt: pass
"""


def command(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(["/usr/bin/python3", "-m", "tools.gate", *words], cwd=ROOT, capture_output=True, text=True,
                          check=False)  # fmt: skip


@pytest.fixture
def run(tmp_path):
    name = f"unit-inspect-{os.getpid()}"
    text = textwrap.dedent(OWNER).format(house=str(tmp_path / "house"), name=name)
    owner = subprocess.Popen([sys.executable, "-c", text], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout.readline() == "ready\n"
    yield name, owner
    owner.kill()
    owner.wait()
    shutil.rmtree(RunFolder.named(name).path)


def test_status_shows_every_program_and_where_it_listens(run):
    name, _ = run
    done = command("status", "-o", "json", "--name", name)
    assert done.returncode == 0, done.stderr
    lane = json.loads(done.stdout)["programs"][0]
    assert (lane["name"], lane["ready"], lane["starts"]) == ("lane", True, 1)
    assert lane["rpc"].startswith("127.0.0.1:")


def test_status_as_environment_can_be_pasted_into_a_shell(run):
    name, _ = run
    done = command("--name", name, "status", "-o", "env")
    shown = subprocess.run(["bash", "-c", f'{done.stdout}\necho "$BORDERGATE_URL $BORDERGATE_RUN"'],
                           capture_output=True, text=True, check=True)  # fmt: skip
    assert shown.stdout.startswith("http://127.0.0.1:")
    assert shown.stdout.strip().endswith(f" {name}")


def test_stop_ends_the_run_and_everything_it_started(run):
    name, owner = run
    pid = json.loads(command("status", "-o", "json", "--name", name).stdout)["programs"][0]["pid"]
    assert command("stop", "--name", name).returncode == 0
    assert owner.wait(20) == 0
    assert not os.path.exists(f"/proc/{pid}")
    assert lock.holder(RunFolder.named(name).lock_file) is None


def test_logs_prints_what_a_program_wrote_and_names_the_others(run):
    name, _ = run
    assert '"serving"' in command("logs", "lane", "--name", name).stdout
    done = command("logs", "train", "--name", name)
    assert done.returncode == 1
    assert "has no log of train → one of: lane" in done.stderr


def test_data_of_a_run_that_goes_on_are_not_thrown_away(run):
    name, _ = run
    with pytest.raises(Problem) as raised:
        inspect_run.reset(RunFolder.named(name))
    assert "goes on" in raised.value.cause


def test_status_of_a_run_that_does_not_go_on_says_how_to_start_it():
    with pytest.raises(Problem) as raised:
        inspect_run.state(RunFolder.named("nobody"))
    assert raised.value.remedy == "./run --name nobody"


def test_the_name_may_stand_before_or_after_the_command():
    assert arguments.parse(["--name", "a", "status"]).name == "a"
    assert arguments.parse(["status", "--name", "b"]).name == "b"
    assert arguments.parse(["status"]).name == "demo"
