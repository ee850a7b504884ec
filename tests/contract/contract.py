"""The contract as data: every RPC of the platform with its REST path and who may call it.

    /usr/bin/python3 -m tests.contract.contract --promise

replaces tests/contract/promised.binpb, against which later changes are compared: do it when a change of the contract
is meant, and say so in the commit.
"""

import functools
import importlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2

from tools.gate.places import BUILD, ROOT

IMAGE = BUILD / "generated" / "bordergate.binpb"
PROMISED = ROOT / "tests" / "contract" / "promised.binpb"
_GOOGLE = "/usr/share/gocode/src/github.com/gogo/googleapis"


@dataclass(frozen=True)
class Rpc:
    name: str  # "bordergate.lane.v1.LaneService.OpenBarrier"
    request: descriptor_pb2.DescriptorProto
    response: descriptor_pb2.DescriptorProto
    verb: str  # "GET", "POST"; empty when it has no REST path
    path: str
    access: Any  # bordergate.common.v1.Access; None when the option is missing
    is_streaming: bool
    comment: str  # what the proto says above it

    def request_fields(self) -> set[str]:
        return {field.name for field in self.request.field}


@functools.cache
def rpcs() -> list[Rpc]:
    """Every RPC, in the order of the files."""
    http, access = _extensions()
    image = descriptor_pb2.FileDescriptorSet.FromString(IMAGE.read_bytes())
    files = [file for file in image.file if file.package.startswith("bordergate.")]
    messages = {f".{file.package}.{message.name}": message for file in files for message in file.message_type}
    found = []
    for file in files:
        said = comments(file)
        for service_number, service in enumerate(file.service):
            for number, method in enumerate(service.method):
                rule = method.options.Extensions[http]
                verb = rule.WhichOneof("pattern") or ""
                found.append(
                    Rpc(
                        f"{file.package}.{service.name}.{method.name}",
                        messages[method.input_type],
                        messages[method.output_type],
                        verb.upper(),
                        getattr(rule, verb) if verb else "",
                        method.options.Extensions[access] if method.options.HasExtension(access) else None,
                        method.server_streaming or method.client_streaming,
                        said.get((6, service_number, 2, number), ""),
                    )
                )
    return found


def comments(file: descriptor_pb2.FileDescriptorProto) -> dict[tuple[int, ...], str]:
    """The comment above each element of a file, by the element's path in the descriptor."""
    return {tuple(one.path): one.leading_comments for one in file.source_code_info.location if one.leading_comments}


def roles() -> list[tuple[str, str]]:
    """Every role with what it is: ("ROLE_CUSTOMS", "Customs supervision; confirms last.")."""
    image = descriptor_pb2.FileDescriptorSet.FromString(IMAGE.read_bytes())
    file = next(file for file in image.file if file.name == "bordergate/common/v1/access.proto")
    place, role = next((at, enum) for at, enum in enumerate(file.enum_type) if enum.name == "Role")
    said = comments(file)
    return [
        (value.name, " ".join(said.get((5, place, 2, at), "").split()))
        for at, value in enumerate(role.value)
        if value.number != 0
    ]


def _extensions() -> tuple[Any, Any]:
    """google.api.http and our access option, compiled for Python so that the image's options can be read."""
    folder = tempfile.mkdtemp(prefix="bordergate-contract-")
    subprocess.run(
        ["protoc", f"-I{ROOT / 'proto'}", f"-I{_GOOGLE}", f"--python_out={folder}", "google/api/annotations.proto",
         "google/api/http.proto", "bordergate/common/v1/access.proto"],
        check=True,
    )  # fmt: skip
    import google

    google.__path__.append(f"{folder}/google")  # beside google.protobuf
    sys.path.insert(0, folder)
    annotations = importlib.import_module("google.api.annotations_pb2")
    access = importlib.import_module("bordergate.common.v1.access_pb2")
    return annotations.http, access.access


def promise(target: Path = PROMISED) -> None:
    """Writes the contract as it is now, without comments."""
    files = sorted(str(file.relative_to(ROOT / "proto")) for file in (ROOT / "proto").rglob("*.proto"))
    subprocess.run(
        ["protoc", f"-I{ROOT / 'proto'}", f"-I{_GOOGLE}", "--include_imports", f"--descriptor_set_out={target}", *files],
        check=True,
    )


if __name__ == "__main__":
    if sys.argv[1:] != ["--promise"]:
        sys.exit("usage: python3 -m tests.contract.contract --promise")
    promise()
