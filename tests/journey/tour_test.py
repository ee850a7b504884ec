# Goal: whatever docs/tour.md tells a person to type works as it stands there.
# Method: its shell blocks, one after the other in one bash, against a whole gate.
import os
import re
import shlex
import subprocess

from tools.gate.places import ROOT

# Blocks marked "console" show what this test does in another way: starting the gate, taking over its addresses.
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_command_of_the_tour_does_what_it_says(gate):
    blocks = _BLOCK.findall((ROOT / "docs" / "tour.md").read_text("utf-8"))
    assert len(blocks) > 10
    script = "set -euo pipefail\n" + "\n".join(f"echo '-- block {at}'\n{block}" for at, block in enumerate(blocks, 1))
    shown = subprocess.run(["./run", "status", "-o", "env", "--name", gate.folder.name], cwd=ROOT, capture_output=True,
                           text=True, check=True).stdout  # fmt: skip
    values = dict(line.split("=", 1) for line in shown.splitlines())
    environment = {**os.environ, **{key: shlex.split(value)[0] for key, value in values.items()}}
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
                          timeout=300)  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    for told in ("NET_MASS_ABOVE_GROSS", "STEP_NOT_YOURS", "STATE_APPLIED", "customs.trip.cleared", "ledger agrees"):
        assert told in done.stdout, f"{told} is missing\n{done.stdout}"
