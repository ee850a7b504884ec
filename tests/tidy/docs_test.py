# Goal: a document never leads a reader to something that is not there.
# Method: every link, quoted path and quoted function of every document against the tracked files.
import re

from tests.tidy import documents, source_tree


def all_documents() -> list[str]:
    return source_tree.with_suffix(".md")


def top() -> list[str]:
    return sorted({path.split("/")[0] for path in source_tree.tracked()})


def folders() -> set[str]:
    return {path.rsplit("/", 1)[0] for path in source_tree.tracked() if "/" in path}


def test_every_link_leads_somewhere():
    broken = []
    for document in all_documents():
        for link in documents.links(source_tree.text(document)):
            path, anchor = documents.target_of(document, link.text)
            is_folder = any(folder == path or folder.startswith(f"{path}/") for folder in folders())
            if path not in source_tree.tracked() and not is_folder:
                broken.append(f"{document}:{link.line}: {link.text}: no such file")
            elif anchor and anchor not in documents.anchors(source_tree.text(path)):
                broken.append(f"{document}:{link.line}: {link.text}: no such heading")
    assert not broken, "\n" + "\n".join(broken)


def test_every_file_that_is_named_is_there():
    lost = [
        f"{document}:{name.line}: {name.text}"
        for document in all_documents()
        for name in documents.paths(source_tree.text(document), top())
        if not documents.is_there(name.text, document, source_tree.tracked())
    ]
    assert not lost, "\n" + "\n".join(lost)


def test_every_function_that_is_named_is_there():
    sources = [source_tree.text(path) for path in source_tree.with_suffix(".h", ".cc")]
    lost = [
        f"{document}:{line}: {owner}::{function}"
        for document in all_documents()
        for owner, function, line in documents.functions(source_tree.text(document))
        if not any(re.search(rf"\b{owner}\b", text) and re.search(rf"\b{function}\(", text) for text in sources)
    ]
    assert not lost, "\n" + "\n".join(lost)


def test_names_are_found_in_markdown():
    text = (
        "See `libs/core/text.h`, `gate.py`, `/v1/trips`, `api/`, `POST /v1/x`, `TripDesk::Declare`, `.md`.\n"
        "```\n`a.cc`\n```\n`b.{h,cc}`\n"
    )
    assert [(one.text, one.line) for one in documents.paths(text, ["libs"])] == [
        ("libs/core/text.h", 1), ("gate.py", 1), ("api/", 1), ("b.{h,cc}", 5),
    ]  # fmt: skip
    assert documents.functions(text) == [("TripDesk", "Declare", 1)]
    assert [one.text for one in documents.links("[a](b.md#c) ![d](e.svg) [f](https://g)")] == ["b.md#c", "e.svg"]
    assert documents.anchors('# 1. What it is, `now`\n<a id="X"></a>\n') == {"1-what-it-is-now", "X"}
    assert documents.target_of("docs/a/b.md", "../c.md#d") == ("docs/c.md", "d")


def test_a_path_is_looked_for_from_the_root_and_beside_its_document():
    tracked = ("libs/core/text.h", "services/fee/domain/price.h", "services/fee/README.md", "docs/tour.md")
    assert documents.is_there("libs/core/text.h", "services/fee/README.md", tracked)
    assert documents.is_there("domain/price.{h,h}", "services/fee/README.md", tracked)
    assert documents.is_there("domain/", "services/fee/README.md", tracked)
    assert documents.is_there("services/<name>/README.md", "docs/tour.md", tracked)
    assert documents.is_there("price.h", "docs/tour.md", tracked)
    assert not documents.is_there("text.h", "services/fee/README.md", tracked)
    assert not documents.is_there("domain/price.{h,cc}", "services/fee/README.md", tracked)
    assert not documents.is_there("rice.h", "docs/tour.md", tracked)
