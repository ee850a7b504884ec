"""Who may include whom: three rings in each service, arrows inwards only.

`domain` holds rules and sees only itself and the libraries of rules. The rings around it see `domain` and the libraries
they need. `api` sees `domain` and its proto. Only main.cc sees all of its service. No service sees another one's files:
it uses the other's proto.
"""

from dataclasses import dataclass

# Each library may include itself and these.
LIBRARIES = {
    "core": set(),
    "plate": {"core"},
    "config": {"core"},
    "telemetry": {"core"},
    "db": {"core", "config", "telemetry"},
    "rpc": {"core", "config", "telemetry"},
    "http": {"core", "config", "telemetry"},
    "testing": {"core", "plate", "config", "telemetry", "db", "rpc", "http"},
}
_ALL_LIBRARIES = set(LIBRARIES) - {"testing"}


@dataclass(frozen=True)
class Ring:
    rings: frozenset[str]  # of its own service
    libraries: frozenset[str]
    protos: str  # "none", "own" (and common), or "all"
    std_only: bool = False  # no header of an outside library


def _ring(rings: str, libraries: set[str], protos: str, std_only: bool = False) -> Ring:
    return Ring(frozenset(rings.split()), frozenset(libraries), protos, std_only)


_RULES = {"core", "plate"}
RINGS = {
    "domain": _ring("domain", _RULES, "none", std_only=True),
    "store": _ring("domain store", _RULES | {"config", "telemetry", "db"}, "none"),
    "device": _ring("domain device", _RULES | {"config", "telemetry", "http"}, "none"),
    "vision": _ring("domain vision", _RULES | {"config", "telemetry"}, "none"),
    "agency": _ring("domain agency", _RULES | {"config", "telemetry", "http"}, "none"),
    "peers": _ring("domain peers", _RULES | {"config", "telemetry", "db", "rpc"}, "all"),
    "api": _ring("domain api", _RULES | {"rpc"}, "own"),
}
# Files beside main.cc see all of their service.
OUTERMOST = _ring(" ".join([*RINGS, "testing"]) + " .", _ALL_LIBRARIES, "all")

# Headers of the standard library that no rule needs: threads, clocks that run, files, terminals.
NOT_FOR_RULES = {
    "thread", "mutex", "shared_mutex", "condition_variable", "future", "atomic", "iostream", "fstream", "filesystem",
    "regex", "unistd.h",
}  # fmt: skip
OUTSIDE_FOR_RULES = {"fmt/format.h"}  # std::format is not in GCC 12


def library_faults(library: str, included: list[tuple[str, bool]], is_test: bool) -> list[str]:
    """What a file of libs/<library> may not include."""
    allowed = LIBRARIES[library] | {library} | ({"testing"} if is_test else set())
    faults = []
    for name, _ in included:
        parts = name.split("/")
        if parts[0] == "libs" and parts[1] not in allowed:
            faults.append(f"{name}: libs/{library} comes before libs/{parts[1]}")
        elif parts[0] in ("services", "tests"):
            faults.append(f"{name}: a library knows no service")
    return faults


def service_faults(service: str, ring: str, included: list[tuple[str, bool]], is_test: bool) -> list[str]:
    """What a file of services/<service>/<ring> may not include; ring "." is beside main.cc."""
    rule = OUTERMOST if ring in (".", "testing") else RINGS[ring]
    faults = []
    for name, in_brackets in included:
        parts = name.split("/")
        if in_brackets:
            if rule.std_only and not is_test and (name in NOT_FOR_RULES or ("/" in name and name not in OUTSIDE_FOR_RULES)):
                faults.append(f"<{name}>: a rule needs no outside world")
        elif parts[0] == "services":
            own_ring = parts[2] if len(parts) > 3 else "."
            if parts[1] != service:
                faults.append(f"{name}: another service's file; use its proto")
            elif own_ring not in rule.rings and not (is_test and own_ring == "testing"):
                faults.append(f"{name}: {ring} does not see {own_ring}")
        elif parts[0] == "libs":
            if parts[1] not in rule.libraries and not (is_test and parts[1] == "testing"):
                faults.append(f"{name}: {ring} does not see libs/{parts[1]}")
        elif parts[0] == "bordergate":
            is_own = parts[1] in (service, "common")
            if rule.protos == "none" or (rule.protos == "own" and not is_own):
                faults.append(f"{name}: {ring} sees {'no proto' if rule.protos == 'none' else 'only its own proto'}")
        elif parts[0] == "embedded":
            if rule is not OUTERMOST:
                faults.append(f"{name}: only main.cc sees embedded files")
        elif not in_brackets:
            faults.append(f"{name}: not an address from the root of the repository")
    return faults
