"""Who issues a paper and what it is called, as real notices write it: several bureaus on a line, titles broken over lines."""

from __future__ import annotations

import time

import pytest
from pace import within

from vectorstore.documents import Metadata
from vectorstore.metadata import describe
from vectorstore.offices import issuing_line, offices_in

_BODY = (
    "\n各镇人民政府：\n现将有关事项通知如下。\n"
    "一、总则\n低保标准提高到每人每月730元，对接省民政厅。\n二、资金\n由财政部门保障。\n"
)


def _described(head: str, signature: str = "") -> Metadata:
    return describe(f"{head}{_BODY}{signature}", folder=None, name="plan")


@pytest.mark.parametrize(
    ("head", "region"),
    [
        ("新津市民政局新津市财政局", "新津市"),
        ("新津市民政局·新津市财政局", "新津市"),
        ("荆门市财政局荆门市民政局", "荆门市"),
        ("湖北省荆门市民政局湖北省荆门市财政局", "荆门市"),
        ("重庆市云陵区民政局重庆市云陵区财政局", "云陵区"),
        ("临江县民政局临江县财政局临江县残疾人联合会文件", "临江县"),
        ("德江县民政局德江县残疾人联合会中国银行德江支行文件", "德江县"),
        ("恩施土家族苗族自治州民政局恩施土家族苗族自治州财政局", "恩施土家族苗族自治州"),
        ("前郭尔罗斯蒙古族自治县民政局前郭尔罗斯蒙古族自治县财政局", "前郭尔罗斯蒙古族自治县"),
        ("第八师石河子市民政局第八师石河子市财政局", "石河子市"),
        ("中共白塔县委员会白塔县人民政府", "白塔县"),
        ("白塔县老龄工作委员会办公室\n白塔县民政局", "白塔县"),
        ("青岚县民政局 财政局 人力资源和社会保障局", "青岚县"),
        ("青岚县民政局等五部门联合印发", "青岚县"),
        ("青岚县民政局文件\n青民〔2024〕15号", "青岚县"),
        ("青岚县民政局办公室", "青岚县"),
        ("发布机构：新津市民政局新津市财政局", "新津市"),
        ("XX县民政局", ""),
        ("民政局 财政局", ""),
    ],
)
def test_the_region_is_that_of_the_offices_above_the_title(head: str, region: str) -> None:
    metadata = _described(f"{head}\n关于提高最低生活保障标准的通知")
    assert (metadata.region, metadata.title) == (region, "关于提高最低生活保障标准的通知")


def test_offices_below_the_text_tell_the_region_too() -> None:
    signed = _described(
        "关于提高高龄津贴标准的通知", "云陵区民政局    云陵区财政局    云陵区卫健委\n二〇二四年三月五日\n"
    )
    assert (signed.region, signed.publisher) == ("云陵区", "云陵区民政局    云陵区财政局    云陵区卫健委")


@pytest.mark.parametrize(
    ("head", "title", "region"),
    [
        (
            "青岚县卫生健康局关于印发《养老服\n务体系建设行动方案》的通知",
            "青岚县卫生健康局关于印发《养老服务体系建设行动方案》的通知",
            "青岚县",
        ),
        (
            "关于印发《白塔县国民经济和社\n会发展第十四个五年规划和二〇三\n五年远景目标纲要》的通知",
            "关于印发《白塔县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要》的通知",
            "白塔县",
        ),
        (
            "新津市民政局新津市财政局关\n于提高低保标准的通知",
            "新津市民政局新津市财政局关于提高低保标准的通知",
            "新津市",
        ),
        (
            "白塔县民政局关于2024年度最低生活保障标\n准的公告",
            "白塔县民政局关于2024年度最低生活保障标准的公告",
            "白塔县",
        ),
        ("新津市\n民政局财政局关于提高低保标准的通知", "新津市民政局财政局关于提高低保标准的通知", "新津市"),
        (
            "白塔县养老服务发展\n专项规划（2021—\n2025年）",
            "白塔县养老服务发展专项规划（2021—2025年）",
            "白塔县",
        ),
        ("白塔县“十四五”民政事业发展规\n划", "白塔县“十四五”民政事业发展规划", "白塔县"),
        (
            "中共临江县委组织部 临江县民政局关于印发《工作方案》的通知",
            "中共临江县委组织部 临江县民政局关于印发《工作方案》的通知",
            "临江县",
        ),
        ("白塔县民政局网站\n白塔县2024年养老工作要点", "白塔县2024年养老工作要点", "白塔县"),
        ("青岚县民政局\n关于加强养老服务\n2024年工作要点", "关于加强养老服务2024年工作要点", "青岚县"),
    ],
)
def test_a_title_broken_over_lines_is_put_together(head: str, title: str, region: str) -> None:
    metadata = _described(head)
    assert (metadata.title, metadata.region) == (title, region)


@pytest.mark.parametrize(
    "line",
    [
        "全市民政工作会议在市民政局",
        "由荆门市民政局",
        "荆门市民政局2024年工作要点",
        "荆门市民政局负责全市养老工作",
        "局",
        "",
    ],
)
def test_a_line_with_more_than_offices_is_no_line_of_offices(line: str) -> None:
    assert offices_in(line) == ()
    assert issuing_line(line) == ""


def test_offices_without_one_in_charge_issue_no_plan() -> None:
    assert offices_in("荆门市财政局荆门市教育局") == ("荆门市财政局", "荆门市教育局")
    assert issuing_line("荆门市财政局荆门市教育局") == ""


def test_a_head_made_of_nothing_but_endings_takes_no_time() -> None:
    started = time.perf_counter()
    _described("\n".join("局委办部厅" * 20 for _ in range(200)))
    assert within(time.perf_counter() - started, 2)
