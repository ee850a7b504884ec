# Goal: the measurements that start programs of ours still do, and measure something.
# Method: their shortest run; what they found is not judged, a busy machine would decide it.
import json
import subprocess

import pytest

from tools.gate.places import BUILD


@pytest.mark.parametrize(
    "program", [["gate_bench", "rounds", "2", "1"], ["cameras_bench", "3", "3"]], ids=lambda words: words[0]
)
def test_a_short_measurement_has_rows_with_reads_in_them(program: list[str]):
    done = subprocess.run([str(BUILD / "bin" / program[0]), *program[1:]], capture_output=True, text=True,
                          timeout=200, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert rows, done.stdout
    assert all(row["reads"] > 0 for row in rows if "reads" in row), rows
