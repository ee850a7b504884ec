"""Lays out what each container image holds: one program, the shared libraries it needs, its data. No shell.

    python3 -m tools.deploy.images FOLDER     builds the release, then fills FOLDER/<image> for every service and the bench

deploy/Dockerfile does this in its own build stage; ./test compose does it on this machine and lets the Dockerfile copy
the outcome, so that nothing is compiled twice.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.gate import build, console, node, say, services, tools
from tools.gate.build import BuildFailed
from tools.gate.places import BUILD, PROGRAMS, House
from tools.gate.problem import Problem

_APP = "app"
_TEXT = ("fonts-dejavu-core", "fonts-noto-cjk")
# The simulated cameras draw plates with these, customs its slips, the bench its sheets.
_FONTS = {"simulator": (*_TEXT, "fonts-opendin"), "customs": _TEXT, "bench": _TEXT}
# Images of programs that are no service, but started by hand.
TOOLS = {"bench": "lane_bench"}
# Programs that a service starts itself.
_HELPERS = {"camera": ("camera_decoder", "camera_video")}
_PAGES_OF_REFERENCE = ("swagger-ui.css", "swagger-ui-bundle.js")


def make(folder: Path) -> None:
    """Builds programs and pages and fills folder/<image> for every service in the house and every tool."""
    names = services.present(House())
    with say.step("biên dịch · build") as step:
        build.build([*names, *TOOLS.values(), "ready"], step.progress)
    with say.step("Node, npm") as step:
        node.install_tools(step.progress)
    if console.is_present():
        with say.step("trang web · console") as step:
            console.build(step.progress)
    with say.step("nội dung ảnh · files of the images") as step:
        for name in [*names, *TOOLS]:
            step.progress(name)
            lay_out(name, folder / name)


def lay_out(image: str, folder: Path) -> None:
    """Fills a folder with the root file system of one image; what was there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    binaries = folder / _APP / "bin"
    binaries.mkdir(parents=True)
    main_program = TOOLS.get(image, image)
    programs = (main_program, "ready", *_HELPERS.get(image, ()))
    for program in programs:
        shutil.copy2(PROGRAMS / program, binaries)
    # One entry point for all images.
    (folder / _APP / "service").symlink_to(f"bin/{main_program}")
    needed = {library for program in programs for library in _shared_libraries(PROGRAMS / program)}
    for library in needed:
        _copy(library, folder)
    packages = _packages_of(needed)
    if image == "camera":
        shutil.copytree(BUILD / "share" / "camera", folder / _APP / "share" / "camera")
    if image == "gateway":
        _copy_pages(folder / _APP / "share")
    if image in _FONTS:
        packages |= set(_copy_fonts(_FONTS[image], folder))
    _tell_packages(packages, folder)
    (folder / "tmp").mkdir()
    (folder / "tmp").chmod(0o1777)


def _copy(file: Path, folder: Path) -> None:
    target = folder / str(file).lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target)  # follows the link: the image holds the library under the name that is looked for


def _shared_libraries(program: Path) -> Iterator[Path]:
    """Every library that the loader would open, and the loader."""
    for line in tools.run(["ldd", str(program)], "./setup").splitlines():
        words = line.split()
        if "not found" in line:
            raise Problem(f"{program.name} needs {words[0]}, which is not on this machine", "./setup")
        path = next((word for word in words if word.startswith("/")), None)
        if path:  # the kernel's own linux-vdso has none
            yield Path(path)


def _packages_of(files: Iterable[Path]) -> set[str]:
    """The Debian packages of files. Problem when one comes from nowhere."""
    # Debian's list names a file where its package put it, before /lib became a link to /usr/lib.
    names = {real: (real, real.removeprefix("/usr")) for real in map(os.path.realpath, files)}
    asked = [name for both in names.values() for name in both]
    # Ends with 1, because of each two names at most one is known.
    lines = tools.run(["sh", "-c", 'dpkg-query -S "$@" 2>/dev/null || true', "sh", *asked], "./setup").splitlines()
    owners = {name: package.split(",")[0] for package, _, name in (line.partition(": ") for line in lines)}
    strangers = [real for real, both in names.items() if not any(name in owners for name in both)]
    if strangers:
        raise Problem(f"no Debian package owns {', '.join(strangers)}", "use a machine with Debian's libraries only")
    return {owners[name] for name in asked if name in owners}


def _copy_pages(share: Path) -> None:
    if console.is_present():
        shutil.copytree(console.PAGES, share / "console")
    if node.has_reference():
        (share / "reference").mkdir(parents=True)
        for name in _PAGES_OF_REFERENCE:
            shutil.copy2(node.REFERENCE / name, share / "reference")


def _copy_fonts(fonts: tuple[str, ...], folder: Path) -> Iterator[str]:
    """Copies the fonts and fontconfig's rules; their packages."""
    for package in (*fonts, "fontconfig-config"):
        for line in tools.run(["dpkg-query", "-L", package], "./setup").splitlines():
            if line.startswith(("/usr/share/fonts/", "/usr/share/fontconfig/", "/etc/fonts/")) and os.path.isfile(line):
                _copy(Path(line), folder)
        yield package
    # Which of the rules are switched on are links that the package makes when it is installed.
    shutil.copytree("/etc/fonts", folder / "etc" / "fonts", dirs_exist_ok=True)


def _tell_packages(packages: Iterable[str], folder: Path) -> None:
    """Says which packages the files come from, where scanners for known faults look; and under which licence."""
    status = folder / "var" / "lib" / "dpkg" / "status.d"
    status.mkdir(parents=True)
    described = tools.run(["dpkg-query", "-s", *sorted(packages)], "./setup")
    for text in described.split("\n\n"):
        name = text.splitlines()[0].removeprefix("Package: ")
        (status / name).write_text(text.rstrip("\n") + "\n", "utf-8")
        _copy(Path("/usr/share/doc") / name / "copyright", folder)


def main(arguments: list[str]) -> int:
    say.use_utf8()
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        make(Path(arguments[0]))
    except BuildFailed as error:
        print(error.output, file=sys.stderr)
        say.problem(error)
        return 1
    except Problem as error:
        say.problem(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
