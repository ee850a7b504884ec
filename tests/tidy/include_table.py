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
    "container": {"core"},
    "slip": {"core", "plate"},
    "config": {"core"},
    "telemetry": {"core"},
    "db": {"core", "config", "telemetry"},
    "rpc": {"core", "config", "telemetry"},
    "http": {"core", "config", "telemetry"},
    "testing": {"core", "plate", "container", "slip", "config", "telemetry", "db", "rpc", "http"},
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


_RULES = {"core", "plate", "container", "slip"}
RINGS = {
    "domain": _ring("domain", _RULES, "none", std_only=True),
    "store": _ring("domain store", _RULES | {"config", "telemetry", "db"}, "none"),
    "device": _ring("domain device", _RULES | {"config", "telemetry", "http"}, "none"),
    "vision": _ring("domain vision", _RULES | {"config", "telemetry"}, "none"),
    "agency": _ring("domain agency", _RULES | {"config", "telemetry", "http"}, "none"),
    "peers": _ring("domain peers", _RULES | {"config", "telemetry", "db", "rpc"}, "all"),
    "bench": _ring("domain device bench", _RULES, "none"),  # lane: an electrician at a terminal
    "secrets": _ring("domain secrets", _RULES, "none"),  # identity: hashing, random tokens, signing
    "actors": _ring("domain actors", _RULES | {"config", "telemetry", "http"}, "none"),  # simulator: people at the door
    "control": _ring("domain control", _RULES | {"config", "telemetry", "http"}, "none"),  # simulator: its own page
    "api": _ring("domain api", _RULES | {"config", "rpc"}, "own"),  # config: the site, as values
}
# The gateway's handlers speak HTTP where the others' speak gRPC.
GATEWAY_API = _ring("domain api", _RULES | {"rpc", "http", "telemetry"}, "own")
# Files beside main.cc see all of their service.
OUTERMOST = _ring(" ".join([*RINGS, "testing"]) + " .", _ALL_LIBRARIES, "all")

# Headers of the standard library that no rule needs: threads, waiting, files, terminals. A mutex that guards a table in
# memory is allowed.
NOT_FOR_RULES = {
    "thread", "condition_variable", "future", "iostream", "fstream", "filesystem", "regex", "unistd.h",
}  # fmt: skip
# A test may put a ring together with the store, the peers, the doubles and every library.
FOR_TESTS = Ring(frozenset({"domain", "store", "peers", "testing"}), frozenset(LIBRARIES), "all")
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
    rule = _rule_of(service, ring)
    rings = rule.rings | (FOR_TESTS.rings if is_test else set())
    libraries = rule.libraries | (FOR_TESTS.libraries if is_test else set())
    faults = []
    for name, in_brackets in included:
        parts = name.split("/")
        if in_brackets:
            is_outside = name in NOT_FOR_RULES or ("/" in name and name not in OUTSIDE_FOR_RULES)
            if rule.std_only and not is_test and is_outside:
                faults.append(f"<{name}>: a rule needs no outside world")
        elif parts[0] == "services":
            own_ring = parts[2] if len(parts) > 3 else "."
            if parts[1] != service:
                faults.append(f"{name}: another service's file; use its proto")
            elif own_ring not in rings:
                faults.append(f"{name}: {ring} does not see {own_ring}")
        elif parts[0] == "libs":
            if parts[1] not in libraries:
                faults.append(f"{name}: {ring} does not see libs/{parts[1]}")
        elif parts[0] in ("bordergate", "google"):
            is_own = parts[0] == "google" or parts[1] in (service, "common")
            if rule.protos == "none" or (rule.protos == "own" and not is_own and not is_test):
                faults.append(f"{name}: {ring} sees {'no proto' if rule.protos == 'none' else 'only its own proto'}")
        elif parts[0] == "embedded":
            if rule is not OUTERMOST and not is_test:
                faults.append(f"{name}: only main.cc sees embedded files")
        else:
            faults.append(f"{name}: not an address from the root of the repository")
    return faults


def _rule_of(service: str, ring: str) -> Ring:
    if ring in (".", "testing"):
        return OUTERMOST
    return GATEWAY_API if (service, ring) == ("gateway", "api") else RINGS[ring]
