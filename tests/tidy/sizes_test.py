# Goal: a file holds one idea and a function fits on a screen.
# Method: count lines of every tracked source; the counter itself is tried on made-up code.
from tests.tidy import sizes, source_tree


def test_no_file_is_longer_than_400_lines():
    long = {path: source_tree.text(path).count("\n") for path in
            source_tree.with_suffix(".cc", ".h", ".py", ".ts", ".tsx", ".proto", ".cmake", ".sql")}  # fmt: skip
    over = [f"{path}: {lines} lines" for path, lines in long.items() if lines > limit(path)]
    assert not over, "\n" + "\n".join(over)


def limit(path: str) -> int:
    # The contract of a service stays in one file, comments and all.
    return 700 if path.endswith(".proto") else sizes.FILE_LINES_MAX


def test_no_function_is_longer_than_80_lines():
    over = []
    for path in source_tree.with_suffix(".cc", ".h", ".py"):
        count = sizes.python_functions if path.endswith(".py") else sizes.cpp_functions
        over += [
            f"{path}:{start}: {length} lines: {name[:80]}"
            for start, length, name in count(source_tree.text(path))
            if length > sizes.FUNCTION_LINES_MAX
        ]
    assert not over, "\n" + "\n".join(over)


def test_the_counter_sees_functions_members_tests_and_broken_signatures():
    code = """\
namespace a {
class B {
 public:
  int Short() const { return 1; }
  int Member() const {
    if (x) {
      return 2;
    }
    return 3;
  }
};

Result<void> Free(int a,
                  int b) {
  return {};
}

TEST(Passage, IsCounted) {
  for (;;) {
  }
}
}  // namespace a
"""
    assert [(start, length) for start, length, _ in sizes.cpp_functions(code)] == [(5, 6), (13, 4), (18, 4)]
