# Goal: the formatter decides how C++ looks, not a discussion.
# Method: clang-format 19 over every tracked file, changing nothing.
import subprocess

from tests.tidy import source_tree
from tools.gate.places import ROOT


def test_every_cpp_file_is_as_the_formatter_writes_it():
    files = source_tree.with_suffix(".cc", ".h")
    done = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *files], cwd=ROOT, capture_output=True, text=True,
                          check=False)  # fmt: skip
    wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "error:" in line})
    assert done.returncode == 0, "\nclang-format-19 -i " + " ".join(wrong)
