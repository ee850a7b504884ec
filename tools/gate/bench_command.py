"""./bench: builds, measures, prints tables, writes build/bench/NAME.json."""

import json
import os
import platform
import subprocess
import sys
import time

from tools.gate import build, say
from tools.gate.benches import BENCHES, Row
from tools.gate.places import BUILD, ROOT
from tools.gate.problem import Problem


def main(arguments: list[str]) -> int:
    say.use_utf8()
    names = arguments or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        is_help = unknown[0] in ("-h", "--help")
        lines = ["./bench [NAME ...]", *(f"  {name:<11} {bench.title}" for name, bench in BENCHES.items())]
        print("\n".join(lines), file=sys.stdout if is_help else sys.stderr)
        return 0 if is_help else 2
    try:
        with say.step("biên dịch · build") as step:
            build.build([], step.progress)
        for name in names:
            with say.step(f"đo · measuring {name}"):
                rows = BENCHES[name].measure()
            _write(name, rows)
            say.plain(f"\n{BENCHES[name].title}\n\n{table(rows)}\n")
    except build.BuildFailed as error:
        print(error.output, file=sys.stderr)
        say.problem(error)
        return 1
    except Problem as error:
        say.problem(error)
        return 1
    return 0


def table(rows: list[Row]) -> str:
    """Rows as columns of equal width, words to the left, numbers to the right."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    cells = [[_cell(row.get(title, "")) for title in titles] for row in rows]
    widths = [max(len(title), *(len(line[at]) for line in cells)) for at, title in enumerate(titles)]
    is_number = [all(not isinstance(row.get(title, 0), str) for row in rows) for title in titles]

    def line(parts: list[str]) -> str:
        padded = (part.rjust(width) if right else part.ljust(width)
                  for part, width, right in zip(parts, widths, is_number))  # fmt: skip
        return "  ".join(padded).rstrip()

    return "\n".join([line(titles), line(["-" * width for width in widths]), *map(line, cells)])


def _cell(value: object) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _write(name: str, rows: list[Row]) -> None:
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True,
                            check=False).stdout.strip()  # fmt: skip
    result = {
        "name": name,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": commit,
        "machine": {"processor": platform.machine(), "cores": os.cpu_count(), "kernel": platform.release()},
        "build": BUILD.name,
        "rows": rows,
    }
    (folder / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
