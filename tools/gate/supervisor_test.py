# Goal: the supervisor keeps programs up and stops exactly what it started.
# Method: small real processes; waits for the keeper's own status, never for time.
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tools.gate.keeper import Program
from tools.gate.supervisor import Supervisor

WAIT_S = 20


def waits_for_signal(name: str, folder: Path) -> Program:
    """A program that writes its name to order.txt when it is asked to end."""
    script = f"""
        import signal, sys
        def end(*_):
            open({str(folder / "order.txt")!r}, "a").write({name!r} + "\\n"); sys.exit(0)
        signal.signal(signal.SIGTERM, end)
        print("up", flush=True)
        while True: signal.pause()
    """
    command = (sys.executable, "-c", textwrap.dedent(script))
    return Program(name, command, log_file=folder / f"{name}.log")


@pytest.fixture
def supervisor():
    one = Supervisor()
    yield one
    one.hurry.set()
    one.stop_all()


def wait_up(supervisor: Supervisor, name: str, starts: int = 1) -> int:
    """The pid of the program once it has written that it is up the given number of times."""
    keeper = supervisor.keeper(name)
    for _ in range(WAIT_S * 20):
        log = keeper.program.log_file
        if keeper.status().starts >= starts and log.exists() and log.read_text().count("up") >= starts:
            return keeper.status().pid
        keeper.wait_for(lambda status: False, 0.05)
    raise AssertionError(f"{name} did not come up")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_program_is_started_again(supervisor, tmp_path):
    supervisor.start(waits_for_signal("lane", tmp_path))
    first = wait_up(supervisor, "lane")
    assert supervisor.signal("lane", signal.SIGKILL) == first
    second = wait_up(supervisor, "lane", starts=2)
    assert second != first
    assert supervisor.keeper("lane").status().last_exit == -signal.SIGKILL


def test_programs_stop_in_the_reverse_order_of_their_start(supervisor, tmp_path):
    for name in ("one", "two", "three"):
        supervisor.start(waits_for_signal(name, tmp_path))
        wait_up(supervisor, name)
    pids = [status.pid for status in supervisor.statuses()]
    supervisor.stop_all()
    assert (tmp_path / "order.txt").read_text().split() == ["three", "two", "one"]
    assert not any(is_alive(pid) for pid in pids)
    assert supervisor.statuses() == []


def test_a_program_that_ignores_the_request_to_end_is_killed(supervisor, tmp_path):
    script = "import signal; signal.signal(15, signal.SIG_IGN); print('up', flush=True)\nwhile True: signal.pause()"
    supervisor.start(
        Program("deaf", (sys.executable, "-c", script), log_file=tmp_path / "deaf.log", stop_grace_s=0.1)
    )
    pid = wait_up(supervisor, "deaf")
    supervisor.stop("deaf")
    assert not is_alive(pid)


def test_children_of_a_killed_program_do_not_outlive_it(supervisor, tmp_path):
    script = "import subprocess; p = subprocess.Popen(['sleep', 'infinity']); print('up', p.pid, flush=True); p.wait()"
    supervisor.start(Program("parent", (sys.executable, "-c", script), log_file=tmp_path / "parent.log"))
    wait_up(supervisor, "parent")
    child = int((tmp_path / "parent.log").read_text().split()[1])
    supervisor.signal("parent", signal.SIGKILL)
    wait_up(supervisor, "parent", starts=2)
    assert not is_alive(child) or Path(f"/proc/{child}/stat").read_text().split()[2] == "Z"


def test_a_stopped_program_stays_down_until_it_is_started_again(supervisor, tmp_path):
    supervisor.start(waits_for_signal("fee", tmp_path))
    pid = wait_up(supervisor, "fee")
    supervisor.stop("fee")
    assert not is_alive(pid)
    assert supervisor.statuses() == []
    supervisor.start_again("fee")
    wait_up(supervisor, "fee", starts=1)


def test_a_program_that_cannot_stay_up_is_tried_ever_more_slowly(supervisor, tmp_path):
    keeper = supervisor.start(Program("broken", ("false",), log_file=tmp_path / "broken.log"))
    assert keeper.wait_for(lambda status: status.starts >= 3 and status.last_exit == 1, WAIT_S)
    supervisor.stop("broken")  # does not wait for the pause to end
    assert supervisor.statuses() == []


def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path):
    script = f"""
        import sys, signal
        from pathlib import Path
        from tools.gate.keeper import Program
        from tools.gate.supervisor import Supervisor
        supervisor = Supervisor()
        keeper = supervisor.start(Program("child", ("sleep", "infinity"), log_file=Path({str(tmp_path)!r}) / "log"))
        keeper.wait_for(lambda status: status.pid, 20)
        while open(f"/proc/{{keeper.status().pid}}/comm").read().strip() != "sleep": pass
        print(keeper.status().pid, flush=True)
        signal.pause()
    """
    owner = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    child = int(owner.stdout.readline())
    watch = os.pidfd_open(child)
    owner.kill()
    owner.wait()
    import select

    ended, _, _ = select.select([watch], [], [], WAIT_S)
    os.close(watch)
    assert ended, "the child lives on"
