"""The commands about a run that goes on elsewhere: status, stop, logs, reset."""

import json
import os
import shlex
import signal
import subprocess
from dataclasses import asdict
from typing import Any

from tools.gate import lock, postgres, say
from tools.gate.accounts import Accounts
from tools.gate.places import RunFolder
from tools.gate.problem import Problem
from tools.gate.ready import ask

_STOP_S = 60.0


def state(folder: RunFolder) -> dict[str, Any]:
    """What the run says of itself. Problem when it does not go on."""
    if lock.holder(folder.lock_file) is None or not folder.state_file.exists():
        raise Problem(f"the run “{folder.name}” does not go on", f"./run{_name_option(folder)}")
    found: dict[str, Any] = json.loads(folder.state_file.read_text("utf-8"))
    accounts = Accounts.load(folder.accounts_file)
    found["people"] = {word: asdict(one) for word, one in accounts.people.items()}
    found["clients"] = {word: asdict(one) for word, one in accounts.clients.items()}
    for program in found["programs"]:
        program["ready"] = _is_ready(program)
    return found


def print_status(folder: RunFolder, output: str) -> int:
    """Prints the state; 0 when every program is ready, 1 otherwise."""
    found = state(folder)
    if output == "json":
        say.plain(json.dumps(found, ensure_ascii=False, indent=1))
    elif output == "env":
        for key, value in environment(found).items():
            say.plain(f"{key}={shlex.quote(value)}")
    else:
        say.plain(f" {found['name']}  →  {found['url']}")
        for program in found["programs"]:
            mark = "✔" if program["ready"] else "✘"
            again = f", khởi động lại · started again {program['starts'] - 1}×" if program["starts"] > 1 else ""
            say.plain(f" {mark} {program['name']:<10} pid {program['pid'] or '–':<8} {program['rpc'] or ''}{again}")
        for account in found["people"].values():
            say.plain(f"   {account['name']:<20} {account['password']:<24} {account['title']}")
    return 0 if all(program["ready"] for program in found["programs"]) else 1


def environment(found: dict[str, Any]) -> dict[str, str]:
    """The state as environment variables, to be pasted into a shell: eval "$(./run status -o env)"."""
    values = {"BORDERGATE_URL": found["url"], "BORDERGATE_RUN": found["name"], "BORDERGATE_KEYS": found["keys"]}
    if found["control"]:
        values["BORDERGATE_CONTROL_URL"] = found["control"]
    for word, account in {**found["people"], **found["clients"]}.items():
        for key in account.keys() - {"title"}:
            values[f"BORDERGATE_{word}_{key}".upper().replace("-", "_")] = account[key]
    return dict(sorted(values.items()))


def stop(folder: RunFolder) -> None:
    """Stops the run and returns when all of it is gone. Says so when there was nothing to stop."""
    pid = lock.holder(folder.lock_file)
    if pid is None:
        say.plain(f" • “{folder.name}” không chạy · does not go on")
        return
    with say.step(f"dừng “{folder.name}” · stopping"):
        if not lock.ask_to_end(folder.lock_file, _STOP_S):
            raise Problem(f"process {pid} did not end within {_STOP_S:.0f} s", f"kill -9 {pid}   (its programs end with it)")


def logs(folder: RunFolder, service: str, follow: bool) -> None:
    """Prints a program's log of the last run."""
    file = folder.logs / f"{service}.log"
    if not file.exists():
        there = sorted(path.stem for path in folder.logs.glob("*.log")) if folder.logs.exists() else []
        raise Problem(
            f"“{folder.name}” has no log of {service}",
            f"one of: {', '.join(there)}" if there else f"./run{_name_option(folder)}",
        )
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # ./run logs lane | head
    command = ["tail", "-n", "+1", *(["-F"] if follow else []), str(file)]
    try:
        subprocess.run(command, check=False)
    except KeyboardInterrupt:
        pass


def reset(folder: RunFolder) -> None:
    """Throws the data of a run away; it must be stopped."""
    pid = lock.holder(folder.lock_file)
    if pid is not None:
        raise Problem(f"the run “{folder.name}” goes on (process {pid})", f"./run stop{_name_option(folder)}, then reset")
    postgres.forget(folder)
    folder.forget()
    say.plain(f" ✔ dữ liệu của “{folder.name}” đã xoá · its data are gone")


def _is_ready(program: dict[str, Any]) -> bool:
    if not program["pid"]:
        return False
    if program["admin"] is None:  # PostgreSQL: ready is what it was before the services started
        return os.path.exists(f"/proc/{program['pid']}")
    return ask(program["admin"])[0] == 200


def _name_option(folder: RunFolder) -> str:
    return "" if folder.name == "demo" else f" --name {folder.name}"
