# Goal: the rings hold: rules see no outside world, services see no other's files, libraries stand in one order.
# Method: every #include of every tracked C++ file against the table; and the table itself against made-up files.
import re

from tests.tidy import include_table, source_tree


def ring_of(path: str) -> tuple[str, str] | None:
    match = re.match(r"services/([^/]+)/(?:([^/]+)/)?", path)
    return (match[1], match[2] or ".") if match else None


def is_test(path: str) -> bool:
    return path.endswith(("_test.cc", "_bench.cc")) or "/testing/" in path


def test_every_include_is_allowed_by_the_table():
    faults = []
    for path in source_tree.with_suffix(".cc", ".h"):
        included = source_tree.includes(path)
        if path.startswith("libs/"):
            found = include_table.library_faults(path.split("/")[1], included, is_test(path))
        elif path.startswith("services/"):
            service, ring = ring_of(path)
            if ring not in include_table.RINGS and ring not in (".", "testing"):
                faults.append(f"{path}: services have no folder {ring}")
                continue
            found = include_table.service_faults(service, ring, included, is_test(path))
        else:
            found = []
        faults += [f"{path}: {fault}" for fault in found]
    assert not faults, "\n" + "\n".join(faults)


def test_every_library_and_service_folder_is_known():
    assert set(source_tree.folders_under("libs")) <= set(include_table.LIBRARIES)


def test_a_rule_that_looks_outside_is_found():
    for name, brackets, words in [
        ("bordergate/lane/v1/lane.pb.h", False, "no proto"),
        ("libs/db/transaction.h", False, "does not see libs/db"),
        ("services/lane/store/passage_store.h", False, "does not see store"),
        ("pqxx/pqxx", True, "no outside world"),
        ("thread", True, "no outside world"),
    ]:
        (fault,) = include_table.service_faults("lane", "domain", [(name, brackets)], is_test=False)
        assert words in fault


def test_another_services_file_is_found_even_from_main():
    (fault,) = include_table.service_faults("lane", ".", [("services/yard/domain/ticket.h", False)], is_test=False)
    assert "another service's file" in fault


def test_a_library_that_looks_outwards_is_found():
    (fault,) = include_table.library_faults("core", [("libs/rpc/server.h", False)], is_test=False)
    assert "libs/core comes before libs/rpc" in fault


def test_what_the_table_allows_passes():
    allowed = [("services/lane/domain/passage.h", False), ("libs/core/result.h", False), ("vector", True)]
    assert include_table.service_faults("lane", "domain", allowed, is_test=False) == []
    assert include_table.service_faults("lane", "api", [("bordergate/lane/v1/lane.pb.h", False)], is_test=False) == []
