"""What a document of the repository names: links, files, functions. Read from its Markdown."""

import functools
import itertools
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.<{*][\w.<>{},*-]*(/[\w.<>{},*-]+)*/?")
_FUNCTION = re.compile(r"([A-Z]\w+)::([A-Z]\w+)")
_ENDINGS = (".h", ".cc", ".py", ".proto", ".sql", ".toml", ".md", ".ts", ".tsx", ".css", ".cmake", ".yml", ".svg")
# Made by the build or by a run, so no file of the repository.
_MADE = re.compile(r"(build|dist|\.run)/.*|.*\.(rpc|pb)\.h|site\.toml")


@dataclass(frozen=True)
class Named:
    """One thing a document names, and the line it stands in."""

    text: str
    line: int


def links(markdown: str) -> list[Named]:
    """Targets of the links that stay in the repository."""
    return [one for one in _found(_LINK, markdown) if not re.match(r"[a-z]+:", one.text)]


def paths(markdown: str, top: Iterable[str]) -> list[Named]:
    """Quoted words that can only be a file or a folder of ours.

    top   files and folders at the root: a word that begins with one of them is always a path
    """
    return [one for one in _found(_QUOTED, markdown) if _is_path(one.text, set(top))]


def functions(markdown: str) -> list[tuple[str, str, int]]:
    """Quoted words like `TripDesk::Declare`: class, function, line."""
    matches = [(_FUNCTION.fullmatch(one.text), one.line) for one in _found(_QUOTED, markdown)]
    return [(match[1], match[2], line) for match, line in matches if match]


def anchors(markdown: str) -> set[str]:
    """What a link to this document may name after the "#", as GitHub makes it of headings."""
    made = set(re.findall(r'<a id="([^"]+)"></a>', markdown))
    for heading in re.findall(r"^#+ (.*)$", _FENCE.sub("", markdown), re.MULTILINE):
        made.add(re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-"))
    return made


def target_of(document: str, link: str) -> tuple[str, str]:
    """Path from the root, and anchor, of a link."""
    path, _, anchor = link.partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(document), path)) if path else document), anchor


def is_there(name: str, document: str, tracked: tuple[str, ...]) -> bool:
    """Whether a quoted path is a file or folder: from the root, or as the end of a path.

    A README of a service or a library means what lies beside and below it; other documents mean anything.
    """
    home = posixpath.dirname(document) + "/" if document.startswith(("services/", "libs/")) else ""
    known = _files_and_folders(tracked)
    return all(_is_known(one, home, known) for one in _braces(name.rstrip("/")))


def _is_known(name: str, home: str, known: frozenset[str]) -> bool:
    pattern = re.compile(re.sub(r"\\\*|<[^>]*>", "[^/]*", re.escape(name)))
    return any(
        pattern.fullmatch(path)
        or (path.startswith(home) and any(pattern.fullmatch(end) for end in _ends(path.removeprefix(home))))
        for path in known
    )


def _ends(path: str) -> list[str]:
    """ "a/b/c" → "a/b/c", "b/c", "c"."""
    parts = path.split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


@functools.cache
def _files_and_folders(tracked: tuple[str, ...]) -> frozenset[str]:
    folders = (itertools.accumulate(path.split("/")[:-1], "{}/{}".format) for path in tracked)
    return frozenset(tracked) | frozenset(itertools.chain.from_iterable(folders))


def _braces(name: str) -> list[str]:
    """ "a.{h,cc}" → "a.h", "a.cc"."""
    match = re.search(r"\{([^{}]*)\}", name)
    if not match:
        return [name]
    return [one for word in match[1].split(",") for one in _braces(name[: match.start()] + word + name[match.end() :])]


def _is_path(word: str, top: set[str]) -> bool:
    if not _PATH.fullmatch(word) or _MADE.fullmatch(word):
        return False
    if "/" in word and word.split("/")[0] in top:
        return True
    has_ending = _braces(word)[0].endswith(_ENDINGS) and not word.startswith(_ENDINGS)
    return has_ending or word.endswith("/")


def _found(pattern: re.Pattern[str], markdown: str) -> list[Named]:
    """Every match outside fenced blocks, with its line."""
    text = _FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), markdown)
    return [Named(match[1], text.count("\n", 0, match.start()) + 1) for match in pattern.finditer(text)]
