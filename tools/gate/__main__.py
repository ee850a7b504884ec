"""./run: a whole gate from one command."""

import os
import sys

from tools.gate import arguments, doctor, inspect_run, say, start_command
from tools.gate.build import BuildFailed
from tools.gate.places import RunFolder
from tools.gate.problem import Problem, Problems


def main() -> int:
    say.use_utf8()
    asked = arguments.parse(sys.argv[1:])
    try:
        folder = RunFolder.named(asked.name)
        match asked.command:
            case "status":
                return inspect_run.print_status(folder, asked.output)
            case "stop":
                inspect_run.stop(folder)
            case "logs":
                inspect_run.logs(folder, asked.service, asked.follow)
            case "reset":
                inspect_run.reset(folder)
            case "doctor":
                return _doctor(folder)
            case _:
                start_command.start(asked)
    except BuildFailed as error:
        print(error.output, file=sys.stderr)
        say.problem(error)
        return 1
    except (Problem, Problems) as error:
        say.problem(error)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our words has read enough: ./run status | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _doctor(folder: RunFolder) -> int:
    """Every check with a tick or a cross; 0 when all hold."""
    faults = 0
    for title, fault in doctor.full():
        say.plain(f" {'✘' if fault else '✔'} {title}")
        if fault:
            faults += 1
            say.problem(fault)
    try:
        faults += inspect_run.print_status(folder, "text")
    except Problem:
        say.plain(f" • “{folder.name}” không chạy · does not go on")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
