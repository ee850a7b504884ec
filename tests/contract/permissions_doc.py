"""Makes docs/permissions.md: who may make which call, from the `access` options of the protos.

    /usr/bin/python3 -m tests.contract.permissions_doc           prints it
    /usr/bin/python3 -m tests.contract.permissions_doc --write   writes docs/permissions.md

It reads the descriptors of the last build, as the gateway and the servers do.
"""

import re
import sys
from collections.abc import Iterable

from tests.contract import contract
from tests.contract.contract import Rpc
from tools.gate.places import ROOT

TARGET = "docs/permissions.md"
# Column of each role.
SHORT = {
    "ROLE_ENTERPRISE": "EN",
    "ROLE_BORDER_GUARD": "BG",
    "ROLE_CUSTOMS": "CU",
    "ROLE_QUARANTINE": "QU",
    "ROLE_HEALTH": "HE",
    "ROLE_FEE_COLLECTOR": "FE",
    "ROLE_TRAFFIC_POLICE": "TP",
    "ROLE_YARD_OPERATOR": "YA",
    "ROLE_MANAGEMENT_CENTRE": "MC",
    "ROLE_AUDITOR": "AU",
    "ROLE_ADMINISTRATOR": "AD",
    "ROLE_PARTNER": "PA",
    "ROLE_DEVICE": "DE",
}
_HEAD = """\
# Permissions

Made by `tests/contract/permissions_doc.py` from the `access` option of every RPC (`proto/bordergate/common/v1/access.proto`);
do not edit. The server of a call enforces its line itself (`libs/rpc/access.h`), not because the gateway said so. An RPC
without the option stops its server at the start. A caller that holds several roles may do what any of them may.

A ● says that the call is answered, not that everything is shown: an enterprise meets only its own vehicles, drivers, trips,
invoices and tickets, an officer who is posted to gates only the trips, invoices, tickets and lanes of those, a partner only its
own messages. What is not theirs answers as if it did not exist. The comment above each RPC says what else a role is not shown.
"""


def document() -> str:
    """The whole of docs/permissions.md."""
    lines = [*_HEAD.splitlines(), "", "## Roles", "", "| | role | is |", "| --- | --- | --- |"]
    lines += [f"| {SHORT[name]} | `{name}` | {_cell(said)} |" for name, said in contract.roles()]
    lines += ["", "## Calls at the public door", "", "–: without signing in.", ""]
    for service, found in _by_service(rpc for rpc in contract.rpcs() if rpc.path):
        lines += [f"### {service}", "", f"| call | does | – | {' | '.join(SHORT.values())} |"]
        lines += ["| --- | --- |" + " :-: |" * (len(SHORT) + 1)]
        lines += [_row(rpc) for rpc in found] + [""]
    lines += ["## Calls between processes", "", "Known by the certificate of the calling process; never reached from outside.", ""]
    lines += ["| call | does | called by |", "| --- | --- | --- |"]
    lines += [
        f"| `{_short_name(rpc)}` | {_cell(first_sentence(rpc.comment))} | {', '.join(rpc.access.services)} |"
        for rpc in contract.rpcs()
        if rpc.access.services
    ]
    return "\n".join(lines) + "\n"


def first_sentence(comment: str) -> str:
    """What a call does, without its errors and repeats."""
    return re.split(r"(?<=\.)\s", " ".join(comment.split()) + " ", maxsplit=1)[0]


def allowed(rpc: Rpc) -> list[bool]:
    """Who may make a call: nobody in particular, then each role."""
    held = {contract.roles()[number - 1][0] for number in rpc.access.roles}
    everybody = rpc.access.public or rpc.access.signed_in
    return [rpc.access.public, *(everybody or name in held for name in SHORT)]


def _row(rpc: Rpc) -> str:
    marks = " | ".join("●" if may else "" for may in allowed(rpc))
    return f"| `{rpc.verb} {rpc.path}` | {_cell(first_sentence(rpc.comment))} | {marks} |"


def _by_service(rpcs: Iterable[Rpc]) -> list[tuple[str, list[Rpc]]]:
    found: dict[str, list[Rpc]] = {}
    for rpc in rpcs:
        found.setdefault(rpc.name.split(".")[1], []).append(rpc)
    return sorted(found.items())


def _short_name(rpc: Rpc) -> str:
    """ "bordergate.lane.v1.LaneService.Watch" → "lane.Watch"."""
    parts = rpc.name.split(".")
    return f"{parts[1]}.{parts[-1]}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    if arguments == ["--write"]:
        (ROOT / TARGET).write_text(document(), "utf-8")
    else:
        print(document(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
