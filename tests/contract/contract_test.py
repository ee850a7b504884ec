# Goal: the contract keeps its promises, and every call says who may make it.
# Method: buf over the protos, against the contract last promised; the descriptors themselves.
import subprocess

from tests.contract import contract
from tools.gate.node import BUF
from tools.gate.places import ROOT

CONFIG = ROOT / "tests" / "contract" / "buf.yaml"
# POSTs that keep nothing, or whose own words make a repeat harmless.
WITHOUT_REQUEST_ID = {
    "bordergate.identity.v1.IdentityService.SignIn",  # each one starts a further session
    "bordergate.identity.v1.IdentityService.SignOut",
    "bordergate.identity.v1.IdentityService.IssueToken",
    "bordergate.fee.v1.FeeService.QuoteFee",  # keeps nothing
    "bordergate.lane.v1.LaneService.TryCheckpointRule",  # keeps nothing
    "bordergate.fee.v1.FeeService.ReceivePayment",  # one bank_reference is one payment
}


def buf(*arguments: object) -> str:
    done = subprocess.run([BUF, *map(str, arguments), "--config", CONFIG], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_protos_are_named_and_commented_as_agreed():
    assert buf("lint", contract.IMAGE) == ""


def test_no_promise_is_broken():
    assert buf("breaking", contract.IMAGE, "--against", contract.PROMISED) == "", (
        "when it is meant: /usr/bin/python3 -m tests.contract.contract --promise"
    )


def test_a_broken_promise_would_be_found(tmp_path):
    other = contract.descriptor_pb2.FileDescriptorSet.FromString(contract.PROMISED.read_bytes())
    file = next(file for file in other.file if file.name == "bordergate/lane/v1/lane.proto")
    file.message_type[0].field[0].name = "renamed"
    (tmp_path / "other.binpb").write_bytes(other.SerializeToString())
    assert "lane.proto" in buf("breaking", tmp_path / "other.binpb", "--against", contract.PROMISED)


def test_every_call_says_who_may_make_it():
    open_to_nobody = [
        rpc.name
        for rpc in contract.rpcs()
        if rpc.access is None
        or not (rpc.access.public or rpc.access.signed_in or rpc.access.roles or rpc.access.services)
    ]
    assert not open_to_nobody, open_to_nobody


def test_a_call_with_a_path_is_for_people_and_one_without_is_for_services():
    wrong = [
        rpc.name
        for rpc in contract.rpcs()
        if bool(rpc.path) != bool(rpc.access.public or rpc.access.signed_in or rpc.access.roles)
    ]
    assert not wrong, wrong


def test_every_change_can_be_repeated_under_its_request_id():
    unsafe = [
        rpc.name
        for rpc in contract.rpcs()
        if rpc.verb == "POST" and "request_id" not in rpc.request_fields() and rpc.name not in WITHOUT_REQUEST_ID
    ]
    assert not unsafe, unsafe


def test_every_list_comes_in_pages():
    endless = [
        rpc.name
        for rpc in contract.rpcs()
        if rpc.name.rsplit(".", 1)[1].startswith(("List", "Search"))
        and not {"page_size"} <= rpc.request_fields()
    ]
    assert not endless, endless


def test_no_two_calls_share_a_path():
    paths = [(rpc.verb, rpc.path) for rpc in contract.rpcs() if rpc.path]
    assert len(paths) == len(set(paths))


def test_paths_are_versioned_and_plural_words_with_hyphens():
    odd = [rpc.path for rpc in contract.rpcs() if rpc.path and not rpc.path.startswith("/v1/")]
    assert not odd, odd
