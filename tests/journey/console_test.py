# Goal: the pages work for the people of a real gate: one truck's way in a browser, then every page in three languages.
# Method: a whole gate where nobody else acts; the console's own e2e scripts drive Chromium against it.
import os
import subprocess

import pytest

from tests.harness.control import Control
from tests.invariants.checker import check
from tools.gate import console, inspect_run, node
from tools.gate.gate import Gate

WAITING_LANE = "huu-nghi-x2"


@pytest.fixture(scope="module")
def gate():
    node.install_tools()
    console.build()
    with Gate.start(lanes=4, speed=2, traffic=False, people=False) as one:
        yield one
        check(one)


def run_script(gate: Gate, script: str, timeout_s: float) -> None:
    """Runs a script of the console's e2e; what it prints tells which check did not hold."""
    environment = {**node.environment(), **inspect_run.environment(inspect_run.state(gate.folder))}
    done = subprocess.run(
        ["npm", "run", "--silent", script], cwd=console.CONSOLE, timeout=timeout_s, text=True,
        env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_one_trucks_way_in_the_browser(gate):
    run_script(gate, "e2e:journey", 600)


def test_every_page_in_three_languages(gate):
    Control(gate).place(WAITING_LANE, "29C-433.33", patience_s=600)  # somebody to decide on
    run_script(gate, "e2e", 600)
