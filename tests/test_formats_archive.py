"""ZIP archives: every file in them taken or refused by itself, with names that do no harm."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

import pytest

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.archive import Member, Refused, members_of, safe_name
from vectorstore.formats.limits import Limits

_PLAN = "一、新建养老院3所。\n".encode()


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return buffer.getvalue()


def _read(content: bytes, limits: Limits | None = None) -> list[Member | Refused]:
    return list(members_of(content, file="资料.zip", limits=limits))


def _names(found: Sequence[Member | Refused]) -> list[str]:
    return [member.name for member in found if isinstance(member, Member)]


def _refused(found: Sequence[Member | Refused]) -> dict[str, str]:
    return {member.name: f"{member.message}{member.hint}" for member in found if isinstance(member, Refused)}


def _encrypted(content: bytes) -> bytes:
    """The archive with the bit set that says that its first file has a password."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = changed.index(signature) + offset
        (flags,) = struct.unpack_from("<H", changed, position)
        struct.pack_into("<H", changed, position, flags | 1)
    return bytes(changed)


def test_files_and_those_of_folders_come_out_as_they_went_in() -> None:
    found = _read(_zip(("要点.txt", _PLAN), ("2024年/", b""), ("2024年/规划.md", _PLAN * 2)))
    assert found == [Member("要点.txt", _PLAN), Member("2024年/规划.md", _PLAN * 2)]


def test_names_written_in_gbk_are_read() -> None:
    content = _zip(("placeholder--.txt", _PLAN))
    gbk = "民政工作要点a.txt".encode("gbk")
    assert _names(_read(content.replace(b"placeholder--.txt", gbk))) == ["民政工作要点a.txt"]


def test_an_archive_inside_is_opened_down_to_the_limit() -> None:
    inner = _zip(("指标.csv", b"a,b\n"))
    deep = _zip(("更里.zip", inner))
    found = _read(_zip(("附件.zip", inner), ("深.zip", deep)))
    assert _names(found) == ["附件.zip/指标.csv"]
    assert "套得太深" in _refused(found)["深.zip/更里.zip"]
    assert _names(_read(_zip(("深.zip", deep)), Limits(archive_depth=3))) == ["深.zip/更里.zip/指标.csv"]


def test_what_systems_leave_in_archives_is_passed_over() -> None:
    left = ["__MACOSX/._要点.txt", "Thumbs.db", ".DS_Store", "~$要点.docx", "a/.hidden.txt"]
    assert _read(_zip(*((name, b"x") for name in left), ("要点.txt", _PLAN))) == [Member("要点.txt", _PLAN)]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/绝对/路径.txt", "绝对/路径.txt"),
        ("C:\\资料\\要点.txt", "C_/资料/要点.txt"),
        ("..\\..\\要点.txt", "要点.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("要点\x1b[31m\n\u202e.txt", "要点_[31m__.txt"),
        ("..", "未命名"),
        ("a:b*c?.txt", "a_b_c_.txt"),
    ],
)
def test_names_stay_inside_the_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_of_255_chinese_characters_fits_a_file_system_and_keeps_its_suffix() -> None:
    (member,) = _read(_zip(("规" * 255 + ".txt", _PLAN)))
    assert isinstance(member, Member)
    assert len(member.name.encode()) <= 255
    assert member.name.endswith("规.txt")


def test_files_whose_names_become_the_same_are_told_apart() -> None:
    found = _read(_zip(("../要点.txt", b"1"), ("./要点.txt", b"2"), ("要点.TXT", b"3")))
    assert _names(found) == ["要点.txt", "要点(2).txt", "要点(3).TXT"]


def test_an_encrypted_file_is_refused_and_the_others_are_read() -> None:
    found = _read(_encrypted(_zip(("密件.txt", _PLAN), ("要点.txt", _PLAN))))
    assert _names(found) == ["要点.txt"]
    assert "加了密码" in _refused(found)["密件.txt"]


def test_a_damaged_file_is_refused_and_the_others_are_read() -> None:
    content = bytearray(_zip(("坏.txt", _PLAN * 50), ("好.txt", _PLAN), method=zipfile.ZIP_STORED))
    content[content.index(_PLAN) + 3] ^= 0xFF
    found = _read(bytes(content))
    assert _names(found) == ["好.txt"]
    assert "已损坏" in _refused(found)["坏.txt"]


def test_a_file_of_an_unknown_format_is_refused_by_name() -> None:
    found = _read(_zip(("程序.exe", b"MZ"), ("要点.txt", _PLAN)))
    assert _names(found) == ["要点.txt"]
    assert "格式不支持" in _refused(found)["程序.exe"]


def test_a_file_packed_by_an_unusual_method_is_refused() -> None:
    found = _read(_zip(("要点.txt", _PLAN), method=zipfile.ZIP_LZMA))
    assert "压缩方法" in _refused(found)["要点.txt"]


def test_a_bomb_is_stopped_while_it_is_unpacked() -> None:
    found = _read(_zip(*((f"{number}.txt", bytes(8_000_000)) for number in range(5))))
    assert len(_names(found)) <= 2
    assert "可能是恶意的压缩文件" in _refused(found)["资料.zip"]


def test_a_bomb_in_an_inner_archive_counts_as_well() -> None:
    inner = _zip(*((f"{number}.txt", bytes(6_000_000)) for number in range(3)))
    found = _read(_zip(("内.zip", inner), ("要点.txt", _PLAN)))
    assert "可能是恶意的压缩文件" in "".join(_refused(found).values())


def test_sizes_that_an_archive_lies_about_do_not_matter() -> None:
    content = bytearray(_zip(("大.txt", bytes(30_000_000))))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    found = _read(bytes(content))
    assert "已损坏" in _refused(found)["大.txt"]


def test_a_file_over_the_limit_is_refused_and_the_others_are_read() -> None:
    big = bytes(range(256)) * 4096 * 2
    found = _read(
        _zip(("大.txt", big), ("小.txt", _PLAN), method=zipfile.ZIP_STORED), Limits(file_megabytes=3)
    )
    assert _names(found) == ["大.txt", "小.txt"]
    with pytest.raises(DocumentUnreadable, match="超过 1 MB"):
        _read(_zip(("大.txt", big), method=zipfile.ZIP_STORED), Limits(file_megabytes=1))
    packed = _read(_zip(("大.txt", big), ("小.txt", _PLAN)), Limits(file_megabytes=1))
    assert _names(packed) == ["小.txt"]
    assert "超过 1 MB" in _refused(packed)["大.txt"]


def test_too_many_files_are_refused_before_any_is_read() -> None:
    with pytest.raises(DocumentUnreadable, match="超过 3 个的上限"):
        _read(_zip(*((f"{number}.txt", b"x") for number in range(4))), Limits(archive_files=3))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", _zip(("要点.txt", _PLAN))[:40], b"PK\x05\x06" + bytes(10)]
)
def test_a_broken_archive_is_refused_with_a_way_out(content: bytes) -> None:
    with pytest.raises(DocumentUnreadable, match="已损坏或不完整") as error:
        _read(content)
    assert error.value.hint


def test_an_archive_that_contains_itself_comes_to_an_end() -> None:
    content = _zip(("要点.txt", _PLAN))
    for _ in range(10):
        content = _zip(("里.zip", content), ("旁.zip", content))
    found = _read(content)
    assert len(found) == 4
    assert all("套得太深" in said for said in _refused(found).values())
