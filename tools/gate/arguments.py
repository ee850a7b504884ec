"""The command line of ./run."""

import argparse
from pathlib import Path


def parse(arguments: list[str]) -> argparse.Namespace:
    """What was asked for; argparse ends the program with 2 when it makes no sense."""
    # After the command, too; suppressed, or its default would overwrite what stood before the command.
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--name", default=argparse.SUPPRESS, help="the run this is about")

    parser = argparse.ArgumentParser(
        prog="./run",
        description="Chạy một cửa khẩu trình diễn trên máy này · Runs a demonstration gate on this machine.",
    )
    parser.add_argument("--name", default="demo", help="name of the run; several go side by side (default: demo)")
    parser.add_argument("--lanes", type=_between(2, 14), default=4, metavar="N", help="lanes, 2 to 14 (default: 4)")
    parser.add_argument("--speed", type=_speed, default=5.0, metavar="N",
                        help="how fast the simulated world goes, 0.1 to 50 (default: 5)")  # fmt: skip
    parser.add_argument("--photos", type=Path, metavar="FOLDER",
                        help="the simulated cameras show the photographs of this folder (with labels.csv)")  # fmt: skip
    parser.add_argument("--port", type=_between(1024, 65535), metavar="N",
                        help="port of the page (default: 8080, or a free one)")  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep the data; the next start goes on with them")
    parser.add_argument("--headless", action="store_true", help="open no browser")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    status = commands.add_parser("status", parents=[common], help="what runs, where, and its accounts")
    status.add_argument("-o", "--output", choices=("text", "env", "json"), default="text")
    commands.add_parser("stop", parents=[common], help="stop a run that goes on in another terminal")
    logs = commands.add_parser("logs", parents=[common], help="print the log of a service")
    logs.add_argument("service")
    logs.add_argument("-f", "--follow", action="store_true", help="go on until Ctrl-C")
    commands.add_parser("doctor", parents=[common], help="check this machine and this run")
    commands.add_parser("reset", parents=[common], help="throw away the data of a run that is stopped")
    return parser.parse_args(arguments)


def _between(least: int, most: int):
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{value} is not within {least} to {most}")
        return value

    return number


def _speed(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 50:
        raise argparse.ArgumentTypeError(f"{text} is not within 0.1 to 50")
    return value
