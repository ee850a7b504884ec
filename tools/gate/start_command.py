"""./run without a command: builds, starts a gate, prints the way in, waits, stops."""

import argparse
import os
import shutil
import signal
import subprocess
import threading
import time
from types import FrameType

from tools.gate import build, console, doctor, node, say, services
from tools.gate.gate import Gate
from tools.gate.keeper import Status
from tools.gate.places import House
from tools.gate.problem import Problem
from tools.gate.settings import Options


def start(asked: argparse.Namespace) -> None:
    """Runs a gate until Ctrl-C, SIGTERM or ./run stop."""
    if asked.photos is not None and not (asked.photos / "labels.csv").exists():
        raise Problem(f"{asked.photos} holds no labels.csv", "./run --photos with a folder that has one")
    say.plain(" Cửa khẩu số · bordergate (demo)          chỉ nghe trên 127.0.0.1 · loopback only")
    stopping = _stop_on_signal()
    begin = time.monotonic()
    with say.step("kiểm tra máy · machine") as step:
        step.note = doctor.check()
    with say.step("biên dịch · build") as step:
        build.build(services.present(House()), step.progress)
    if node.has_reference() or console.is_present():
        with say.step("Node, npm") as step:
            node.install_tools(step.progress)
    if console.is_present():
        with say.step("trang web · console") as step:
            console.build(step.progress)

    options = Options(
        lanes=asked.lanes,
        speed=asked.speed,
        photos=asked.photos.resolve() if asked.photos else None,
        keep=asked.keep,
        public_port=asked.port,
        prefer_usual_port=True,
    )
    gate = Gate.start(name=asked.name, options=options, step=say.step)
    try:
        _print_way_in(gate, asked, time.monotonic() - begin)
        if not asked.headless:
            _open_browser(gate.url)
        _wait(gate, stopping)
    except KeyboardInterrupt:
        pass
    finally:
        stopping.set()
        # A second Ctrl-C: end at once what is still ending.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: gate.supervisor.hurry.set())
        say.plain()
        with say.step("dừng · stopping"):
            gate.stop()


def _stop_on_signal() -> threading.Event:
    """SIGTERM and a closed terminal end the run as Ctrl-C does."""
    stopping = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    return stopping


def _print_way_in(gate: Gate, asked: argparse.Namespace, seconds: float) -> None:
    name = "" if asked.name == "demo" else f" --name {asked.name}"
    say.plain()
    say.plain(f" MỞ TRANG NÀY · OPEN THIS PAGE  →  {gate.url}      ({seconds:.0f} s)")
    say.plain()
    people = gate.accounts.people
    if people:
        say.plain(" Tài khoản của lần chạy này · this run's accounts")
        for account in people.values():
            say.plain(f"   {account.name:<20} {account.password:<24} {account.title}")
        say.plain()
    say.plain(f" ./run status{name} · ./run logs SERVICE{name} · ./run stop{name}")
    kept = "giữ lại · kept" if gate.folder.is_kept() else "mất khi dừng · lost at the end (--keep)"
    say.plain(f" Không dùng cho vận hành thật · not for real operation. Dữ liệu · data: {kept}.")
    say.plain(" Ctrl-C để dừng · to stop")


def _wait(gate: Gate, stopping: threading.Event) -> None:
    """Returns when asked to stop; tells of every program that ended and was started again."""
    seen: dict[str, Status] = {status.name: status for status in gate.supervisor.statuses()}
    while not stopping.wait(0.5):
        for status in gate.supervisor.statuses():
            if status.starts > seen[status.name].starts:
                say.plain(f" ▲ {status.name}: kết thúc · ended ({status.last_exit}), khởi động lại · started again")
            seen[status.name] = status


def _open_browser(url: str) -> None:
    """Opens the page when there is a desktop to open it on."""
    if (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and shutil.which("xdg-open"):
        subprocess.Popen(
            ["xdg-open", url], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
