# Goal: a gate comes up whole, survives the end of any of its programs, and leaves nothing behind.
# Method: a small house of fake services (a few lines of Python each) around the real supervisor and the real PostgreSQL.
import json
import os
import shutil
import socket
import sys
import textwrap
from pathlib import Path

import pytest

from tools.gate import lock, services
from tools.gate.gate import Gate
from tools.gate.places import RUNS, House, RunFolder
from tools.gate.problem import Problem
from tools.gate.ready import ask

# Answers /ready, /live and, at /environment, what it was configured with.
FAKE = """\
    #!{python}
    import http.server, json, os, subprocess, sys
    if sys.argv[1] == "migrate":
        sql = "create table if not exists migrated (at timestamptz default now()); insert into migrated default values"
        sys.exit(subprocess.run(["psql", "-q", "-c", sql, os.environ["BORDERGATE_DATABASE__URL"]]).returncode)
    {body}
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(dict(os.environ)).encode())
        def log_message(self, *_): pass
    host, port = os.environ["BORDERGATE_ADMIN__LISTEN"].split(":")
    print(json.dumps({{"message": "serving"}}), flush=True)
    http.server.HTTPServer((host, int(port)), Answer).serve_forever()
"""
COMMON = '[rpc]\nlisten = ""\n[admin]\nlisten = ""\n[tls]\nca_file = ""\ncertificate_file = ""\nkey_file = ""\nsite = ""\n'


class FakeHouse(House):
    def __init__(self, root: Path):
        super().__init__(root, root / "bin")
        self.root = root
        self.common_config_file.parent.mkdir(parents=True)
        self.common_config_file.write_text(COMMON)
        (root / "bin").mkdir()

    def add(self, name: str, config: str = "", body: str = "pass") -> None:
        self.config_file(name).parent.mkdir(parents=True)
        self.config_file(name).write_text(config)
        (self.config_file(name).parent / "main.cc").touch()
        text = textwrap.dedent(FAKE).format(python=sys.executable, body=body)
        self.program(name).write_text(text)
        self.program(name).chmod(0o755)


@pytest.fixture
def house(tmp_path):
    return FakeHouse(tmp_path / "house")


def environment(gate: Gate, service: str) -> dict[str, str]:
    status, body = ask(gate.admin(service))
    assert status == 200
    return json.loads(body)


def test_a_service_is_told_what_its_config_has_keys_for_and_nothing_else(house):
    house.add("vehicle")
    house.add("yard", '[peers]\nvehicle = ""\n[site]\nfile = ""\n')
    with Gate.start(house=house) as gate:
        yard = environment(gate, "yard")
        assert yard["BORDERGATE_PEERS__VEHICLE"] == gate.address("vehicle")
        assert Path(yard["BORDERGATE_SITE__FILE"]).read_text().count("[[lanes]]") == 4
        vehicle = environment(gate, "vehicle")
        assert not [key for key in vehicle if "PEERS" in key or "SITE__FILE" in key or "DATABASE" in key]
        assert gate.postgres is None


def test_a_service_with_a_database_is_migrated_before_it_serves(house):
    house.add("fee", '[database]\nurl = ""\n')
    with Gate.start(house=house) as gate:
        assert gate.postgres.query("bordergate", "select count(*) from fee.migrated").strip() == "1"


def test_every_service_has_a_certificate_for_its_own_name(house):
    house.add("lane")
    with Gate.start(house=house) as gate:
        lane = environment(gate, "lane")
        assert lane["BORDERGATE_TLS__CERTIFICATE_FILE"].endswith("/lane.crt")
        assert Path(lane["BORDERGATE_TLS__KEY_FILE"]).exists()


def test_a_killed_service_is_ready_again(house):
    house.add("lane")
    with Gate.start(house=house) as gate:
        gate.kill("lane")
        gate.wait_ready("lane")
        assert gate.supervisor.keeper("lane").status().starts == 2


def test_a_service_taken_down_stays_down_until_it_is_brought_up(house):
    house.add("lane")
    with Gate.start(house=house) as gate:
        gate.take_down("lane")
        assert ask(gate.admin("lane"))[0] == 0
        gate.bring_up("lane")
        assert ask(gate.admin("lane"))[0] == 200


def test_a_gate_leaves_no_process_port_or_folder_behind(house):
    house.add("fee", '[database]\nurl = ""\n')
    house.add("lane")
    with Gate.start(house=house) as gate:
        pids = [status.pid for status in gate.supervisor.statuses()]
        ports = [int(gate.admin(name).split(":")[1]) for name in ("fee", "lane")] + [gate.postgres.port]
        folder = gate.folder.path
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    for port in ports:
        with socket.create_server(("127.0.0.1", port)):
            pass
    assert not folder.exists()


def test_a_service_that_cannot_start_is_reported_with_its_last_words(house):
    house.add("lane", body='print(json.dumps({"message": "rpc.listen: not an address"})); sys.exit(2)')
    with pytest.raises(Problem) as raised:
        Gate.start(house=house)
    assert raised.value.cause == "lane ended 3 times with code 2 before it was ready: rpc.listen: not an address"
    assert not list(RUNS.glob(f"test-{os.getpid()}-*"))


def test_a_second_run_of_the_same_name_is_refused_while_the_first_goes_on(house):
    house.add("lane")
    name = f"unit-twice-{os.getpid()}"
    try:
        with Gate.start(name=name, house=house):
            with pytest.raises(Problem) as raised:
                Gate.start(name=name, house=house)
            assert f"the run “{name}” is going on already (process {os.getpid()})" in raised.value.cause
            assert lock.holder(RunFolder.named(name).lock_file) == os.getpid()
        assert lock.holder(RunFolder.named(name).lock_file) is None
    finally:
        shutil.rmtree(RunFolder.named(name).path)


def test_data_are_thrown_away_unless_they_are_to_be_kept(house):
    house.add("fee", '[database]\nurl = ""\n')
    name = f"unit-keep-{os.getpid()}"

    def migrations(keep: bool) -> str:
        with Gate.start(name=name, house=house, keep=keep) as gate:
            return gate.postgres.query("bordergate", "select count(*) from fee.migrated").strip()

    try:
        assert migrations(keep=False) == "1"
        assert migrations(keep=True) == "1"
        assert migrations(keep=False) == "2"  # kept data stay until ./run reset
        RunFolder.named(name).forget()
        assert migrations(keep=False) == "1"
    finally:
        shutil.rmtree(RunFolder.named(name).path)


def test_an_unknown_service_is_named_with_those_there_are(house):
    house.add("lane")
    with pytest.raises(Problem) as raised:
        Gate.start(house=house, services=["lane", "train"])
    assert "there is no service train" in raised.value.cause
    assert raised.value.remedy == "one of: lane"
    assert not list(RUNS.glob(f"test-{os.getpid()}-*"))


def test_services_start_in_the_order_of_who_asks_whom(house):
    for name in ("gateway", "lane", "identity"):
        house.add(name)
    assert services.present(house) == ["identity", "lane", "gateway"]
