# Goal: a run's database is private: its own server, one role and schema a service, passwords that count.
# Method: a real PostgreSQL in a folder of the test.
import subprocess

import pytest

from tools.gate.keeper import Keeper
from tools.gate.places import RunFolder
from tools.gate.ports import Ports
from tools.gate.postgres import DATABASE, Postgres, forget
from tools.gate.problem import Problem


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = RunFolder(tmp_path_factory.mktemp("pg-test"))
    folder.create()
    ports = Ports()
    postgres = Postgres(folder, ports.take())
    postgres.prepare()
    keeper = Keeper(postgres.program())
    try:
        postgres.wait_ready(keeper)
        postgres.make_roles(["vehicle", "fee"])
        yield postgres, keeper
    finally:
        keeper.stop()
        forget(folder)
        ports.close()


def ask(url: str, sql: str) -> subprocess.CompletedProcess:
    return subprocess.run(["psql", "-X", "-A", "-t", "-c", sql, url], capture_output=True, text=True, check=False)


def test_a_service_works_in_its_own_schema(server):
    postgres, _ = server
    done = ask(postgres.url("fee"), "create table a (b int); select current_schema, current_user")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "fee|fee"


def test_a_service_cannot_read_another_ones_tables(server):
    postgres, _ = server
    ask(postgres.url("fee"), "create table if not exists secret (b int)")
    done = ask(postgres.url("vehicle"), "select * from fee.secret")
    assert "permission denied for schema fee" in done.stderr


def test_a_wrong_password_is_refused(server):
    postgres, _ = server
    url = f"postgresql://fee:wrong@127.0.0.1:{postgres.port}/{DATABASE}"
    assert "password authentication failed" in ask(url, "select 1").stderr


def test_making_the_roles_again_changes_nothing(server):
    postgres, _ = server
    url = postgres.url("fee")
    postgres.make_roles(["vehicle", "fee"])
    assert postgres.url("fee") == url
    assert ask(url, "select 1").stdout.strip() == "1"


def test_a_failed_statement_says_which_database_log_to_read(server):
    postgres, _ = server
    with pytest.raises(Problem) as raised:
        postgres.query("postgres", "select nonsense")
    assert 'column "nonsense" does not exist' in raised.value.cause
    assert "postgres.log" in raised.value.remedy


def test_a_killed_server_comes_back_with_what_was_committed(server):
    import signal

    postgres, keeper = server
    ask(postgres.url("fee"), "create table kept (b int); insert into kept values (7)")
    starts = keeper.status().starts
    keeper.signal(signal.SIGKILL)
    assert keeper.wait_for(lambda status: status.starts > starts, 20)
    postgres.wait_ready(keeper)
    assert ask(postgres.url("fee"), "select b from kept").stdout.strip() == "7"
