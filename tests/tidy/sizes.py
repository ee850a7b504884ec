"""How long the functions of a file are. Relies on the formatter: the brace that ends a body stands below its start."""

import ast
import re

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 80

# A line that opens a function body: it ends with "{" after a ")" (and perhaps const, noexcept, a return type).
_OPENS = re.compile(r"^(?P<indent> *)(?P<text>\S.*\)[^();=]*\{)$")
_NOT_A_FUNCTION = re.compile(r"^(if|for|while|switch|else|do|catch|return|case|namespace|struct|class|enum|union|}|#)\b|^}")
_OPENS_CONTINUED = re.compile(r"^ {4,}\S.*\)[^();=]*\{$")


def cpp_functions(text: str) -> list[tuple[int, int, str]]:
    """Start line (from 1), length in lines and first line of every function body outside other functions."""
    lines = text.splitlines()
    found = []
    number = 0
    while number < len(lines):
        match = _OPENS.match(lines[number])
        if not match or _NOT_A_FUNCTION.match(match["text"]):
            number += 1
            continue
        start = _signature_start(lines, number)
        indent = len(lines[start]) - len(lines[start].lstrip())
        end = next((later for later in range(number + 1, len(lines)) if re.match(rf"^ {{{indent}}}}}", lines[later])), None)
        if end is None:
            number += 1
            continue
        found.append((start + 1, end - start + 1, lines[start].strip()))
        number = end + 1
    return found


def _signature_start(lines: list[str], number: int) -> int:
    """The first line of a signature that the formatter broke over several."""
    start = number
    while start > 0 and _OPENS_CONTINUED.match(lines[number]) and lines[start].startswith("    "):
        start -= 1
    return start


def python_functions(text: str) -> list[tuple[int, int, str]]:
    """The same for Python."""
    return [
        (node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1, node.name)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
