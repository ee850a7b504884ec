# Goal: docker-compose.yml is what docs/deploy.md says: it builds, starts, lets trucks through, and stays closed.
# Method: the real file by the real docker-compose, on a podman of its own; the programs are those of build/release, put
# into the images by deploy/Dockerfile's target prebuilt. Everything is removed at the end.
import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.compose.engine import Engine
from tests.compose.installation import SERVICES, Installation, folder_of_volume
from tests.harness.wait import until
from tools.deploy.secrets_folder import USER_ID
from tools.gate import services
from tools.gate.places import ROOT, House
from tools.gate.ports import Ports

_OWN = [*SERVICES, "postgres", "certificates"]


@pytest.fixture(scope="session")
def running():
    ports = Ports()
    engine = Engine()
    try:
        engine.start()
        one = Installation(engine, ports)
        one.build()
        try:
            one.up()
            yield one
        except BaseException:
            print(one.logs())
            raise
        finally:
            one.down()
    finally:
        engine.stop()
        ports.close()


def status(running: Installation, service: str) -> dict[str, str]:
    """What the kernel says of a container's first process."""
    pid = running.engine.inspect(running.container(service))["State"]["Pid"]
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def passages(running: Installation) -> list[dict]:
    return running.rest("trungtam").get("/v1/passages")["passages"]


def test_docker_compose_takes_the_file():
    subprocess.run(["docker-compose", "--file", str(ROOT / "docker-compose.yml"), "config", "-q"], check=True)


def test_a_truck_is_let_through(running):
    # The simulated day: declared, confirmed, paid, called, read by the camera, let through a Modbus barrier.
    found = until(
        lambda: [one for one in passages(running) if one["kind"] == "automatic" and one["trip_id"]],
        timeout_s=240,
        what="a passage by the lane's own decision",
    )
    assert found[0]["decision_id"] and found[0]["plate"] and found[0]["leave_time"]


def test_every_container_runs_as_nobody_without_any_power(running):
    for name in _OWN:
        seen = status(running, name)
        assert set(seen["Uid"].split()) == {"10001"}, name
        assert int(seen["CapEff"], 16) == int(seen["CapBnd"], 16) == 0, name
        assert seen["NoNewPrivs"] == "1", name


def test_every_container_has_its_limits_and_a_root_that_cannot_be_written(running):
    for name in _OWN:
        host = running.engine.inspect(running.container(name))["HostConfig"]
        assert host["ReadonlyRootfs"], name
        assert 0 < host["Memory"] <= 768 << 20, name
        assert 0 < host["PidsLimit"] <= 256, name


def test_a_service_s_image_holds_no_shell(running):
    for name in SERVICES:
        done = running.try_in(name, "/bin/sh", "-c", "true")
        assert done.returncode == 127 and "no such file" in done.stderr.lower(), (name, done.stderr)


def test_only_those_who_keep_data_there_find_the_database(running):
    for name in SERVICES:
        owns = services.load(House(), [name])[0].has_database
        done = running.try_in(name, "/app/bin/ready", "postgres:5432")
        is_found = "Host not found" not in done.stderr
        assert done.returncode == 1 and is_found == owns, (name, done.stderr)


def test_only_the_door_listens_on_this_machine_and_only_on_the_loopback_address(running):
    published = {
        name: bindings
        for name in _OWN
        if (bindings := running.engine.inspect(running.container(name))["HostConfig"]["PortBindings"])
    }
    assert published == {"gateway": {"8080/tcp": [{"HostIp": "127.0.0.1", "HostPort": str(running.port)}]}}
    with socket.create_connection(("127.0.0.1", running.port), timeout=5):
        pass
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; names the address by which this machine would go out
        outer = probe.getsockname()[0]
    if outer != "127.0.0.1":
        with pytest.raises(OSError):
            socket.create_connection((outer, running.port), timeout=2)


def test_the_bench_walks_a_lane_that_no_program_holds(running):
    refused = running.bench("huu-nghi-n1", "")
    assert refused.returncode == 1 and "BENCH_BARRIER_IN_USE" in refused.stdout + refused.stderr
    running.compose("stop", "lane")
    left = running.bench("huu-nghi-n1", "quit\n")
    assert left.returncode == 3, left.stdout + left.stderr
    record = json.loads((running.sheets / "huu-nghi-n1.json").read_text("utf-8"))
    assert record["lane_id"] == "huu-nghi-n1"
    sheet = running.sheets / "huu-nghi-n1.pdf"
    text = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    assert "Hữu Nghị" in text and "huu-nghi-n1" in text
    running.compose("start", "lane")
    running.wait_healthy("lane")


def test_a_service_that_dies_comes_back_by_itself(running):
    before = len(passages(running))
    for name in ("customs", "lane"):
        pid = running.engine.inspect(running.container(name))["State"]["Pid"]
        os.kill(pid, signal.SIGKILL)  # not by podman, which takes that for a wish that it stays down
        until(lambda: running.engine.inspect(running.container(name))["State"]["Pid"] not in (0, pid), what=f"a new {name}")
        running.wait_healthy(name)
    until(lambda: len(passages(running)), lambda count: count > before, timeout_s=240, what="a further passage")


def test_a_backup_brings_everything_back(running, tmp_path):
    # As docs/deploy.md says: everything but PostgreSQL stands still, so that the two halves are of one moment.
    standing = [*reversed(SERVICES)]
    before = {one["passage_id"] for one in passages(running)}
    running.compose("stop", *standing)
    dump, journal = tmp_path / "bordergate.dump", tmp_path / "lane.sqlite"
    with open(dump, "wb") as file:
        subprocess.run(running.command_in("postgres", "pg_dump", "--format=custom", "bordergate"),
                       env=running.engine.environment(), stdout=file, check=True, timeout=120)  # fmt: skip
    volume = folder_of_volume(running.engine, "lane-journal")
    _copy_sqlite(volume / "lane.sqlite", journal)

    running.try_in("postgres", "dropdb", "--force", "bordergate").check_returncode()
    for file in volume.glob("*.sqlite*"):
        file.unlink()
    running.compose("up", "-d", "--no-build", "schemas")
    until(lambda: running.engine.inspect(running.container("schemas"))["State"]["Status"], lambda one: one == "exited")
    with open(dump, "rb") as file:
        command = running.command_in("postgres", "pg_restore", "--clean", "--if-exists", "--dbname=bordergate")
        subprocess.run(command, env=running.engine.environment(), stdin=file, check=True, timeout=120)
    _copy_sqlite(journal, volume / "lane.sqlite")
    shutil.chown(volume / "lane.sqlite", USER_ID, USER_ID)

    running.compose("start", *SERVICES)
    for name in SERVICES:
        running.wait_healthy(name)
    assert before <= {one["passage_id"] for one in passages(running)}
    until(lambda: {one["passage_id"] for one in passages(running)} - before, timeout_s=240, what="a further passage")


def _copy_sqlite(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        old.backup(new)
        assert new.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_second_up_repeats_the_jobs_and_harms_nothing(running):
    before = {one["passage_id"] for one in passages(running)}
    running.compose("up", "-d", "--no-build", "schemas", "migrate-customs", "migrate-identity")
    for name in ("migrate-customs", "migrate-identity"):
        state = until(lambda: running.engine.inspect(running.container(name))["State"], lambda one: one["Status"] == "exited")
        assert state["ExitCode"] == 0
    assert before <= {one["passage_id"] for one in passages(running)}


def test_a_service_stops_cleanly_when_it_is_asked_to(running):
    name = running.container("vehicle")
    running.compose("stop", "vehicle")
    state = running.engine.inspect(name)["State"]
    assert (state["Status"], state["ExitCode"]) == ("exited", 0)
    running.compose("start", "vehicle")
    running.wait_healthy("vehicle")
