"""./test: builds everything, then runs the tests through ctest and ends with its words."""

import os
import subprocess
import sys

from tools.deploy import images
from tools.gate import build, console, node, say, tools
from tools.gate.build import BuildFailed
from tools.gate.places import BUILD, ROOT
from tools.gate.problem import Problem

_FUZZERS = BUILD.parent / "fuzz"

# A kind of test is a label of ctest. `all` leaves out what stands below it: long checks, of things that the others check in
# part, or that need more of the machine than the others.
KINDS = {
    "unit": "is the rule right?",
    "db": "does the SQL mean what we think?",
    "journey": "does the truck get through?",
    "fault": "what happens when something breaks, and after it heals?",
    "simulation": "do the invariants hold over a simulated day, for many seeds?",
    "contract": "did a promise change?",
    "tidy": "is the house in order?",
    "console": "do the pages work?",
    "all": "all of these (the default)",
    "fuzz": "does anything from outside crash it? (clang's libFuzzer, a minute for each of seven)",
    "compose": "does docker-compose.yml bring it all up? (as root, with podman; some minutes)",
    "full": "long checks that are no part of all: clang-tidy of every file",
}


def main(arguments: list[str]) -> int:
    say.use_utf8()
    kind = arguments[0] if arguments else "all"
    if kind not in KINDS or len(arguments) > 1:
        is_help = kind in ("-h", "--help")
        text = "./test [KIND]\n" + "\n".join(f"  {name:<11} {question}" for name, question in KINDS.items())
        print(text, file=sys.stdout if is_help else sys.stderr)
        return 0 if is_help else 2
    folder = _FUZZERS if kind == "fuzz" else BUILD
    try:
        if kind == "compose":
            _prepare_compose()
        elif kind == "fuzz":
            _prepare_fuzzers()
        else:
            with say.step("biên dịch · build") as step:
                build.build([], step.progress)
        if kind in ("all", "contract", "console", "journey", "fault"):
            with say.step("Node, npm, buf") as step:
                node.install_tools(step.progress)
        if console.is_present() and kind in ("all", "console", "journey", "fault"):
            with say.step("trang web · console") as step:
                console.build(step.progress)
    except BuildFailed as error:
        print(error.output, file=sys.stderr)
        say.problem(error)
        return 1
    except Problem as error:
        say.problem(error)
        return 1
    # --no-tests=error: a kind that nobody is of must not look green.
    command = ["ctest", "--test-dir", str(folder), "--output-on-failure", "--no-tests=error", "-j2"]
    command += ["-LE", "^(compose|full)$"] if kind == "all" else ["-L", f"^{kind}$"]
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execvp(command[0], command)


def _prepare_compose() -> None:
    """Packages that nothing else needs, and the files of every image."""
    if os.geteuid() != 0:
        raise Problem("this test makes containers and networks, which only root may", "sudo ./test compose")
    _install("tests/compose/packages.txt")
    images.make(BUILD.parent / "images")


def _prepare_fuzzers() -> None:
    """A build folder of their own: another compiler, and every library with libFuzzer's counters."""
    _install("tests/fuzz/packages.txt")
    with say.step("biên dịch · build/fuzz"):
        tools.run(["cmake", "--preset", "fuzz"], "read what it prints: cmake --preset fuzz", folder=ROOT, timeout_s=300)
        tools.run(["cmake", "--build", "--preset", "fuzz"], "cmake --build --preset fuzz", folder=ROOT, timeout_s=1800)


def _install(packages: str) -> None:
    if subprocess.run([ROOT / "setup", "--quiet", packages], check=False).returncode != 0:
        raise Problem(f"the packages of {packages} could not be installed", "see above")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
