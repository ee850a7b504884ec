# Goal: docker-compose.yml fits the services and stays closed: whoever adds a service or a key is told here.
# Method: the file as YAML, beside each service's config.toml. Whether an engine takes it is for ./test compose.
import re
import tomllib

import pytest
import yaml

from tools.gate import services
from tools.gate.places import ROOT, House

_HOUSE = House()
_NAMES = services.present(_HOUSE)
_FILE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
_ALL = _FILE["services"]
_PREFIX = "BORDERGATE_"
# Empty in config.toml, and rightly so in a container: there is a good way without.
_MAY_BE_EMPTY = {
    "camera": {
        "vision.models_folder", "push.listen", "push.key_folder", "push.certificate_file", "push.key_file",
    },  # fmt: skip
    "gateway": {"http.certificate_file", "http.key_file"},
    "lane": {"barrier.register_map_folder", "display.map_folder", "scale.map_folder", "standby.peer"},
    "simulator": {"photos.folder", "truth.file", "control.listen", "control.token_file", "tags.push_url", "tags.key_folder"},
}


def keys_set(service: str) -> set[str]:
    """The configuration keys that the file sets for a service."""
    environment = _ALL[service]["environment"]
    return {name.removeprefix(_PREFIX).lower().replace("__", ".") for name in environment if name.startswith(_PREFIX)}


def empty_keys(service: str) -> set[str]:
    """The keys whose default is the empty text."""
    found = set()
    for file in (_HOUSE.common_config_file, _HOUSE.config_file(service)):
        for section, values in tomllib.loads(file.read_text("utf-8")).items():
            found |= {f"{section}.{key}" for key, value in values.items() if value == ""}
    return found


def test_every_service_is_there():
    assert [name for name in _NAMES if name not in _ALL] == []


@pytest.mark.parametrize("name", _NAMES)
def test_every_key_that_is_set_exists(name):
    keys = services.load(_HOUSE, [name])[0].keys
    assert keys_set(name) - keys == set()


@pytest.mark.parametrize("name", _NAMES)
def test_every_key_without_a_default_is_set(name):
    assert empty_keys(name) - keys_set(name) - _MAY_BE_EMPTY.get(name, set()) == set()


@pytest.mark.parametrize("name", _NAMES)
def test_a_service_with_a_database_is_migrated_before_it_starts(name):
    if not services.load(_HOUSE, [name])[0].has_database:
        assert f"migrate-{name}" not in _ALL
        return
    assert _ALL[name]["depends_on"] == {f"migrate-{name}": {"condition": "service_completed_successfully"}}
    job = _ALL[f"migrate-{name}"]
    assert (job["command"], job["restart"], job["networks"]) == (["migrate"], "no", ["database"])


@pytest.mark.parametrize("name", _NAMES)
def test_a_service_sees_only_its_own_secrets(name):
    secrets = [volume for volume in _ALL[name]["volumes"] if "secrets" in volume]
    assert secrets == [f"./deploy/secrets/{name}:/run/secrets:ro"]


@pytest.mark.parametrize("name", _ALL)
def test_a_container_has_no_power_it_does_not_need(name):
    one = _ALL[name]
    assert one["user"] == "10001:10001"
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in one and "cap_add" not in one
    assert one["mem_limit"] and one["cpus"] and one["pids_limit"], "every container has its limits"


def test_only_the_gateway_is_published_and_only_on_the_loopback_address():
    published = {name: one["ports"] for name, one in _ALL.items() if "ports" in one}
    assert published == {"gateway": ["127.0.0.1:${BORDERGATE_PORT:-8080}:8080"]}


def test_only_those_who_keep_data_there_reach_the_database():
    owners = {one.name for one in services.load(_HOUSE, _NAMES) if one.has_database}
    near = {name for name, one in _ALL.items() if "database" in one.get("networks", [])}
    assert near == owners | {f"migrate-{name}" for name in owners} | {"postgres", "schemas"}


def test_no_password_stands_in_the_file():
    values = [str(value) for one in _ALL.values() for value in one.get("environment", {}).values()]
    assert [value for value in values if re.search(r"://[^/@]*:[^/@]*@", value)] == []


def test_networks_have_no_way_out_except_the_door():
    assert {name for name, one in _FILE["networks"].items() if not one.get("internal")} == {"door"}
