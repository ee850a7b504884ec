# Goal: no source has a finding of clang-tidy.
# Method: every file, however long it takes: ./test full.
from tests.tidy import clang_tidy


def test_no_source_has_a_finding():
    faults = clang_tidy.faults()
    assert not faults, "\n" + "\n".join(faults)
