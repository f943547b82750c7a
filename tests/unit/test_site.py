"""A folder of pages: what may be written over, and what is left to its owner."""

import pytest

from pageschema.errors import InvalidTarget
from pageschema.project.site import MARK, write_site

PAGES = {"index.html": "all", "invoice/index.html": "latest", "invoice/1.0.0.html": "first"}


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MARK}


def test_pages_are_written_and_what_is_the_same_is_not_written_again(tmp_path):
    assert set(write_site(tmp_path / "site", PAGES)) == set(PAGES)
    before = (tmp_path / "site" / "index.html").stat().st_mtime_ns
    assert write_site(tmp_path / "site", PAGES | {"invoice/index.html": "newer"}) == ["invoice/index.html"]
    assert (tmp_path / "site" / "index.html").stat().st_mtime_ns == before


def test_a_page_of_what_is_gone_is_removed_with_its_folder_and_other_peoples_files_stay(tmp_path):
    write_site(tmp_path, PAGES | {"resume/index.html": "gone"})
    (tmp_path / "CNAME").write_text("example.com")
    (tmp_path / "invoice" / "logo.svg").write_text("<svg/>")
    assert write_site(tmp_path, {"index.html": "all"}) == [
        "invoice/1.0.0.html",
        "invoice/index.html",
        "resume/index.html",
    ]
    assert files(tmp_path) == {"index.html", "CNAME", "invoice/logo.svg"}
    assert not (tmp_path / "resume").exists()


def test_a_folder_with_other_peoples_files_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InvalidTarget, match="did not write"):
        write_site(tmp_path, PAGES)
    assert files(tmp_path) == {"notes.txt"}


def test_no_page_is_written_over_a_file_of_someone_else(tmp_path):
    write_site(tmp_path, {"index.html": "all"})
    (tmp_path / "invoice").mkdir()
    (tmp_path / "invoice" / "index.html").write_text("mine")
    with pytest.raises(InvalidTarget, match="another's file"):
        write_site(tmp_path, PAGES)
    assert (tmp_path / "invoice" / "index.html").read_text() == "mine"


@pytest.mark.parametrize("link", ["invoice", "index.html"])
def test_no_link_leads_a_page_out_of_the_folder(tmp_path, link):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    write_site(site, {"index.html": "all"})
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("mine")
    (site / link).unlink(missing_ok=True)
    (site / link).symlink_to(elsewhere / "kept" if link.endswith(".html") else elsewhere)
    with pytest.raises(InvalidTarget, match=r"link|another's file"):
        write_site(site, PAGES)
    assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {"kept": "mine"}


def test_a_list_that_was_tampered_with_removes_nothing_outside_the_folder(tmp_path):
    victim = tmp_path / "victim.html"
    victim.write_text("mine")
    write_site(tmp_path / "site", PAGES)
    with (tmp_path / "site" / MARK).open("a") as mark:
        mark.write(f"../victim.html\n{victim}\ninvoice/../../victim.html\n")
    write_site(tmp_path / "site", PAGES)
    assert victim.read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(InvalidTarget, match="is no folder"):
        write_site(tmp_path / "site", PAGES)
