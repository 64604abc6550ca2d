"""A file is replaced whole or not at all, and keeps what is not its content."""

import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from transclean.fixer import files
from transclean.fixer.files import FileChangedError, FileError, new_file, read_file, write_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
NOBODY = 65534
OLD, NEW = b"Mme Joly\r\n", b"Ms. Joly\r\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def foreign_article():
    """An article of a user whom permissions bind: root, whom they do not, becomes nobody."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to nobody
        folder = Path(name)
        article = folder / "article.txt"
        article.write_bytes(OLD)
        root = os.geteuid() == 0
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.chown(article, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield article
        finally:
            folder.chmod(0o755)
            if root:
                os.seteuid(0)


def assert_untouched(article, content=OLD):
    assert article.read_bytes() == content
    assert [entry.name for entry in article.parent.iterdir()] == [article.name]


@pytest.mark.parametrize("data", [b"", b"x", NEW, bytes(range(256)), b"word " * 1_000_000])
def test_content_is_replaced_byte_for_byte(article, data):
    write_file(str(article), data, before=read_file(str(article)))
    assert_untouched(article, data)


def test_relative_path(article, monkeypatch):
    monkeypatch.chdir(article.parent)
    write_file("article.txt", NEW, before=read_file("article.txt"))
    assert_untouched(article, NEW)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o604])
def test_mode_is_kept_whatever_the_umask(article, mode):
    article.chmod(mode)
    umask = os.umask(0o077)
    try:
        write_file(str(article), NEW, before=OLD)
    finally:
        os.umask(umask)
    assert stat.S_IMODE(article.stat().st_mode) == mode


@posix
def test_mode_set_after_reading_is_kept(article):
    before = read_file(str(article))
    article.chmod(0o640)
    write_file(str(article), NEW, before=before)
    assert stat.S_IMODE(article.stat().st_mode) == 0o640


@posix
def test_owner_and_group_are_kept(article):
    try:
        os.chown(article, 12345, 54321)
    except PermissionError:
        pytest.skip("only root can give files away")
    article.chmod(0o4755)
    write_file(str(article), NEW, before=OLD)
    status = article.stat()
    assert (status.st_uid, status.st_gid) == (12345, 54321)
    assert stat.S_IMODE(status.st_mode) == 0o4755


@pytest.mark.skipif(sys.platform != "linux", reason="needs os.setxattr")
def test_extended_attributes_are_kept(article):
    try:
        os.setxattr(article, "user.lang", b"fr")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    write_file(str(article), NEW, before=OLD)
    assert os.getxattr(article, "user.lang") == b"fr"


@posix
def test_link_stays_and_its_target_is_replaced(article, tmp_path_factory):
    link = tmp_path_factory.mktemp("links") / "link.txt"
    link.symlink_to(article)
    write_file(str(link), NEW, before=read_file(str(link)))
    assert link.is_symlink()
    assert [entry.name for entry in link.parent.iterdir()] == ["link.txt"]
    assert_untouched(article, NEW)


@posix
def test_other_hard_links_keep_the_old_text(article, tmp_path_factory):
    other = tmp_path_factory.mktemp("links") / "other.txt"
    other.hardlink_to(article)
    write_file(str(article), NEW, before=OLD)
    assert_untouched(article, NEW)
    assert other.read_bytes() == OLD


def changed_content(path):
    path.write_bytes(b"Mrs Joly\r\n")


def changed_within_a_tick(path):
    status = path.stat()
    path.write_bytes(OLD[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def emptied(path):
    path.write_bytes(b"")


def replaced_by_another(path):
    other = path.with_name("other")
    other.write_bytes(b"Mrs Joly\r\n")
    other.replace(path)


CHANGES = [changed_content, changed_within_a_tick, emptied, replaced_by_another]


@pytest.mark.parametrize("change", CHANGES)
def test_file_changed_since_it_was_read_is_left_alone(article, change):
    before = read_file(str(article))
    change(article)
    content = article.read_bytes()
    with pytest.raises(FileChangedError, match=r"^changed since it was read; left alone$"):
        write_file(str(article), NEW, before=before)
    assert_untouched(article, content)


@pytest.mark.parametrize("change", CHANGES)
def test_change_at_the_last_moment_is_seen(article, change, monkeypatch):
    flush = os.fsync

    def flush_and_change(descriptor):
        flush(descriptor)
        change(article)

    monkeypatch.setattr(os, "fsync", flush_and_change)
    with pytest.raises(FileChangedError, match=r"^changed since it was read; left alone$"):
        write_file(str(article), NEW, before=OLD)
    monkeypatch.undo()
    assert_untouched(article, article.read_bytes())


def test_file_merely_touched_is_no_conflict(article):
    before = read_file(str(article))
    os.utime(article, ns=(1, 1))
    write_file(str(article), NEW, before=before)
    assert_untouched(article, NEW)


def test_removed_file_is_not_made_again(article):
    article.unlink()
    with pytest.raises(FileChangedError, match=r"^was removed since it was read$"):
        write_file(str(article), NEW, before=OLD)
    assert list(article.parent.iterdir()) == []


def test_read_only_file_is_an_error_even_for_root(article):
    article.chmod(0o444)
    with pytest.raises(FileError, match=r"^is read-only; left alone$"):
        write_file(str(article), NEW, before=OLD)
    assert_untouched(article)


@posix
def test_file_that_only_others_may_write_is_an_error(foreign_article):
    foreign_article.chmod(0o422)
    with pytest.raises(FileError, match=r"^cannot be written: no permission$"):
        write_file(str(foreign_article), NEW, before=OLD)
    assert_untouched(foreign_article)


@posix
def test_folder_without_write_permission_is_an_error(foreign_article):
    foreign_article.parent.chmod(0o555)
    with pytest.raises(FileError, match=r"no permission to write in its folder$"):
        write_file(str(foreign_article), NEW, before=OLD)
    assert_untouched(foreign_article)


@posix
def test_file_without_permission_is_not_read(foreign_article):
    foreign_article.chmod(0)
    with pytest.raises(FileError, match=r"^cannot be read: no permission$"):
        read_file(str(foreign_article))


STEPS = ["open", "fdopen", "fchown", "fchmod", "fsync", "replace"]


def stop_at(monkeypatch, step, error):
    """Let the step happen halfway: the temporary file exists, then `error` comes."""

    def stopped(*args, **kwargs):
        if step == "open":
            os.close(real(*args, **kwargs))  # made, and then the interrupt
        raise error

    if step == "fdopen":  # within writing the content
        monkeypatch.setattr(files, "open", broken_open(error), raising=False)
        return
    real = getattr(os, step)
    monkeypatch.setattr(os, step, stopped)


def broken_open(error):
    def opened(file, mode):
        if not isinstance(file, int):
            return open(file, mode)
        os.write(file, NEW[:3])
        os.close(file)
        raise error

    return opened


@posix
@pytest.mark.parametrize("step", STEPS)
def test_interrupt_leaves_the_old_file_and_nothing_else(article, step, monkeypatch):
    stop_at(monkeypatch, step, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_file(str(article), NEW, before=OLD)
    monkeypatch.undo()
    assert_untouched(article)


@posix
@pytest.mark.parametrize("step", sorted({*STEPS} - {"fchown"}))
def test_failure_leaves_the_old_file_and_nothing_else(article, step, monkeypatch):
    stop_at(monkeypatch, step, OSError(28, "No space left on device"))
    with pytest.raises(FileError, match=r"^cannot be written: No space left on device$"):
        write_file(str(article), NEW, before=OLD)
    monkeypatch.undo()
    assert_untouched(article)


def test_interrupt_after_the_move_leaves_the_new_file(article, monkeypatch):
    replace = os.replace

    def replace_and_stop(*args):
        replace(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replace_and_stop)
    with pytest.raises(KeyboardInterrupt):
        write_file(str(article), NEW, before=OLD)
    monkeypatch.undo()
    assert_untouched(article, NEW)


@posix
def test_new_content_is_private_and_beside_the_file_until_it_moves(article, monkeypatch):
    article.chmod(0o644)
    seen = []
    write = files._keep_attributes

    def look(descriptor, *args):
        seen.extend(entry.name for entry in article.parent.iterdir() if entry != article)
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        write(descriptor, *args)

    monkeypatch.setattr(files, "_keep_attributes", look)
    write_file(str(article), NEW, before=OLD)
    name, mode = seen
    assert name.startswith(".transclean-")
    assert mode == 0o600


def test_content_is_on_disk_before_the_move(article, monkeypatch):
    calls = []
    flush, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda *args: (calls.append("fsync"), flush(*args)))
    monkeypatch.setattr(os, "replace", lambda *args: (calls.append("replace"), replace(*args)))
    write_file(str(article), NEW, before=OLD)
    assert calls[:2] == ["fsync", "replace"]
    if sys.platform != "win32":
        assert calls == ["fsync", "replace", "fsync"]  # and the folder after it


def test_missing_file_is_named(tmp_path):
    with pytest.raises(FileError, match=r"^does not exist$"):
        read_file(str(tmp_path / "none.txt"))


def test_folder_is_not_read(tmp_path):
    with pytest.raises(FileError, match=r"^is a folder, not a file$"):
        read_file(str(tmp_path))


@posix
def test_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match=r"^is not a regular file$"):
        read_file(str(tmp_path / "pipe"))


@posix
def test_file_in_place_of_a_folder(article):
    with pytest.raises(FileError, match=r"^cannot be read: Not a directory$"):
        read_file(str(article / "x.txt"))


@posix
def test_link_to_itself(tmp_path):
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(FileError, match=r"^cannot be read: "):
        read_file(str(loop))


def test_path_with_nul():
    with pytest.raises(FileError, match=r"^cannot be read: "):
        read_file("a\0b")


def test_a_new_file_takes_the_old_one_s_place_when_it_is_whole(article):
    article.chmod(0o640)
    with new_file(str(article)) as file:
        file.write(NEW)
        file.flush()
        assert article.read_bytes() == OLD
    assert_untouched(article, NEW)
    assert stat.S_IMODE(article.stat().st_mode) == 0o640


def test_a_new_file_that_failed_leaves_the_old_one(article):
    def write_half():
        with new_file(str(article)) as file:
            file.write(NEW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert_untouched(article)


def test_a_new_file_where_none_was(tmp_path):
    with new_file(str(tmp_path / "new")) as file:
        file.write(NEW)
    assert (tmp_path / "new").read_bytes() == NEW
    with pytest.raises(FileNotFoundError, match="no/where"), new_file(str(tmp_path / "no/where")):
        pass


@posix
def test_a_device_is_written_to_directly():
    with new_file(os.devnull) as file:
        file.write(NEW)
    assert not os.path.isfile(os.devnull)
