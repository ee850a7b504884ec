# Goal: no source has a finding of clang-tidy.
# Method: every file, however long it takes: ./test full.
from tests.tidy import clang_tidy


def test_no_source_has_a_finding():
    faults, seen, all_files = clang_tidy.check(None)
    assert not faults, "\n" + "\n".join(faults)
    assert seen == all_files
