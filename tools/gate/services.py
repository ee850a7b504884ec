"""The services of the house: in which order they start, and where each one's value of a configuration key comes from.

What a service needs is read from its own config.toml: one that has `database.url` gets a role and a schema, one that
has `peers.fee` gets fee's address. So nothing is written here twice, and a key that a service does not have is never
set (a service refuses to start with a key it does not know).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.gate.places import House
from tools.gate.problem import Problem

# In the order of their start: who is asked stands before who asks. Stopped in reverse.
ORDER = (
    "identity",
    "vehicle",
    "customs",
    "fee",
    "yard",
    "exchange",
    "report",
    "lane",
    "camera",
    "gateway",
    "simulator",
)


@dataclass(frozen=True)
class Service:
    """One service as its folder describes it."""

    name: str
    program: Path
    keys: frozenset[str]  # dotted configuration keys, the common ones included

    @property
    def has_database(self) -> bool:
        return "database.url" in self.keys

    def environment(self, values: Mapping[str, str]) -> dict[str, str]:
        """The environment that sets those of the values that this service has a key for."""
        return {variable(key): value for key, value in values.items() if key in self.keys}


def present(house: House) -> list[str]:
    """Names of the services whose source is in the house, in the order of their start."""
    return [name for name in ORDER if house.has(name)]


def load(house: House, names: list[str]) -> list[Service]:
    """The services with these names, in the order of their start. Problem for a name that is none."""
    unknown = [name for name in names if not house.has(name)]
    if unknown:
        raise Problem(f"there is no service {', '.join(unknown)}", f"one of: {', '.join(present(house))}")
    common = _keys(house.common_config_file)
    return [
        Service(name, house.program(name), frozenset(common | _keys(house.config_file(name))))
        for name in ORDER
        if name in names
    ]


def variable(key: str) -> str:
    """The environment variable that sets a configuration key: rpc.listen is BORDERGATE_RPC__LISTEN."""
    return "BORDERGATE_" + key.upper().replace(".", "__")


def _keys(file: Path) -> set[str]:
    """Every dotted key of a TOML file."""

    def walk(table: Mapping[str, object], prefix: str) -> set[str]:
        found: set[str] = set()
        for key, value in table.items():
            found |= walk(value, f"{prefix}{key}.") if isinstance(value, Mapping) else {prefix + key}
        return found

    try:
        return walk(tomllib.loads(file.read_text("utf-8")), "")
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{file} is not TOML: {error}", "correct the file") from None
