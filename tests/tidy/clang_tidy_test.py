# Goal: nobody has to look for what clang-tidy finds.
# Method: clang-tidy 19 with the repository's settings. A file takes some seconds, so the newest changes are checked
#         within a few minutes and remembered; clang_tidy_full_test.py checks all.
from tests.tidy import clang_tidy

LIMIT_S = 240


def test_the_newest_sources_have_no_findings():
    faults, seen, all_files = clang_tidy.check(LIMIT_S)
    print(f"{seen} of {all_files} files in order or reported")
    assert not faults, "\n" + "\n".join(faults)
    assert seen > 0
