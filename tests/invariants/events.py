"""Events as the services stored them: their protobuf bytes as dictionaries, read by the build's own descriptors."""

import functools
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

from tools.gate.places import BUILD

_IMAGE = BUILD / "generated" / "bordergate.binpb"


def decode(service: str, body: bytes) -> dict[str, Any]:
    """An event of a service, with all its plain fields and the names of the proto; 64-bit integers as texts."""
    message = _event_class(service).FromString(body)
    found: dict[str, Any] = json_format.MessageToDict(
        message, including_default_value_fields=True, preserving_proto_field_name=True
    )
    return found


@functools.cache
def _event_class(service: str) -> Any:
    name = f"bordergate.{service}.v1.{service.capitalize()}Event"
    return message_factory.MessageFactory(_pool()).GetPrototype(_pool().FindMessageTypeByName(name))


@functools.cache
def _pool() -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(_IMAGE.read_bytes()).file:
        pool.Add(file)
    return pool
