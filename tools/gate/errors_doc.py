"""Makes docs/errors.md: every reason an answer can carry, from the places where the reasons are declared.

    /usr/bin/python3 -m tools.gate.errors_doc           prints it
    /usr/bin/python3 -m tools.gate.errors_doc --write   writes docs/errors.md

A reason is declared once, in a header, under two comment lines: what it means, and "Caller:" what to do. The reasons
of single fields stand where a field is checked, with the rule in words.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.gate.places import ROOT

TARGET = Path("docs/errors.md")
_REASON = re.compile(
    r'((?://[^\n]*\n)*)inline constexpr Reason (k\w+)\{\s*"([A-Z][A-Z0-9_]*)",\s*Code::k(\w+)\}', re.MULTILINE
)
# "HS_CODE_INVALID", "must be …"   or   "…", fmt::format("must be …"
_FIELD_REASON = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)",\s*(?:fmt::format\(\s*)?((?:"(?:[^"\\]|\\.)*"\s*)+)')
# Reasons that end a start or a command line, never an answer.
_NOT_ANSWERED = ("libs/config/", "libs/db/", "libs/http/", "libs/testing/", "libs/rpc/key_file.h", "libs/slip/",
                 "services/lane/bench/")  # fmt: skip
HTTP_STATUS = {
    "InvalidArgument": 400,
    "Unauthenticated": 401,
    "PermissionDenied": 403,
    "NotFound": 404,
    "AlreadyExists": 409,
    "Aborted": 409,
    "FailedPrecondition": 409,
    "ResourceExhausted": 429,
    "Cancelled": 499,
    "Unimplemented": 501,
    "Unavailable": 503,
    "Unknown": 504,
    "DeadlineExceeded": 504,
    "Internal": 500,
}


@dataclass(frozen=True)
class Reason:
    name: str
    constant: str  # "kTripNotFound"
    code: str  # "NotFound"
    meaning: str
    caller: str
    owner: str  # service, or "every service"
    file: str


@dataclass(frozen=True)
class FieldReason:
    name: str
    rule: str
    owners: tuple[str, ...]


def reasons(root: Path = ROOT) -> list[Reason]:
    """Every declared reason that an answer can carry, by name."""
    found = []
    for file in _files(root, (".h",)):
        for comment, constant, name, code in _REASON.findall((root / file).read_text("utf-8")):
            text = " ".join(line.removeprefix("//").strip() for line in comment.splitlines())
            meaning, _, caller = text.partition("Caller:")
            found.append(Reason(name, constant, code, meaning.strip(), caller.strip(), _owner(file), file))
    return sorted(found, key=lambda one: (one.name, one.owner))


def field_reasons(root: Path = ROOT) -> list[FieldReason]:
    """Every reason of a single field, with the rule as the answer words it."""
    declared = {reason.name for reason in reasons(root)}
    found: dict[tuple[str, str], set[str]] = {}
    for file in _files(root, (".cc", ".h")):
        if not re.match(r"libs/(core|plate)/|services/[^/]+/(domain|api)/", file) or file.endswith("_test.cc"):
            continue
        for name, literals in _FIELD_REASON.findall(_without_comments((root / file).read_text("utf-8"))):
            rule = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)).replace('\\"', '"').replace("{}", "…")
            if name not in declared and rule[:1].islower() and " " in rule:
                found.setdefault((name, rule), set()).add(_owner(file))
    return [FieldReason(name, rule, tuple(sorted(owners))) for (name, rule), owners in sorted(found.items())]


def faults(found: list[Reason]) -> list[str]:
    """What is wrong with the declarations themselves."""
    wrong = [f"{one.file}: {one.name} lacks its two comment lines" for one in found if not (one.meaning and one.caller)]
    seen: dict[str, Reason] = {}
    for one in found:
        first = seen.setdefault(one.name, one)
        if first.owner == one.owner and first is not one:
            wrong.append(f"{one.file}: {one.name} is declared in {first.file} already")
        if first.code != one.code:
            wrong.append(f"{one.file}: {one.name} is {one.code}, in {first.file} it is {first.code}")
    return wrong


def document(root: Path = ROOT) -> str:
    """The whole of docs/errors.md."""
    lines = [
        "# Errors",
        "",
        "Made by `tools/gate/errors_doc.py` from the declarations; do not edit. An error answers over gRPC with",
        "`google.rpc.ErrorInfo` (`reason`, domain `bordergate`), over REST with `application/problem+json` whose `reason`",
        "is the same word. Faults of single fields stand together under `errors`, each with a pointer.",
        "",
        "| reason | of | gRPC, HTTP | means | what to do |",
        "| --- | --- | --- | --- | --- |",
    ]
    exact = _exact_statuses(root)
    for one in reasons(root):
        if not one.file.startswith(_NOT_ANSWERED):
            status = f"{_upper(one.code)}, {exact.get(one.constant, HTTP_STATUS[one.code])}"
            anchor = f'<a id="{one.name}"></a>`{one.name}`'
            lines.append(f"| {anchor} | {one.owner} | {status} | {_cell(one.meaning)} | {_cell(one.caller)} |")
    lines += [
        "",
        "## Reasons of single fields",
        "",
        "| reason | checked in | the field … |",
        "| --- | --- | --- |",
    ]
    lines += [f"| `{one.name}` | {', '.join(one.owners)} | {_cell(one.rule)} |" for one in field_reasons(root)]
    return "\n".join(lines) + "\n"


def _exact_statuses(root: Path) -> dict[str, int]:
    """Reasons for which HTTP has a status of its own, as the gateway answers them: "kBodyTooLarge" is 413."""
    file = root / "services" / "gateway" / "api" / "problem.cc"
    found = re.findall(r"\{(k\w+), (\d{3})\}", file.read_text("utf-8")) if file.exists() else []
    return {constant: int(status) for constant, status in found}


def _files(root: Path, suffixes: tuple[str, ...]) -> list[str]:
    return sorted(
        str(path.relative_to(root))
        for folder in ("libs", "services")
        for path in (root / folder).rglob("*")
        if path.suffix in suffixes and "node_modules" not in path.parts
    )


def _owner(file: str) -> str:
    parts = file.split("/")
    return parts[1] if parts[0] == "services" else "every service"


def _without_comments(text: str) -> str:
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def _upper(code: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", code).upper()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    wrong = faults(reasons())
    for line in wrong:
        print(line, file=sys.stderr)
    if arguments == ["--write"]:
        (ROOT / TARGET).parent.mkdir(exist_ok=True)
        (ROOT / TARGET).write_text(document(), "utf-8")
    else:
        print(document(), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
