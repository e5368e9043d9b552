"""What a plan says about itself: found by rules of the genre, and empty where the text does not state it."""

from __future__ import annotations

import pytest
from plan_parts import JINGMEN, SHENGZHOU, XIALU, XIANGXI, YANGPU, seed

from vectorstore.documents import Metadata
from vectorstore.metadata import describe


def _described(text: str) -> Metadata:
    return describe(text, folder=None, name="plan")


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        (
            XIALU,
            Metadata(
                title="下陆区民政事业“十四五”规划",
                region="下陆区",
                period="2021—2025年",
                years=(2021, 2022, 2023, 2024, 2025),
                publisher="下陆区民政局",
                number="下民政发〔2021〕12号",
                date="2021-06-18",
            ),
        ),
        (XIANGXI, Metadata(title="2023年全州民政工作要点", region="湘西州", period="2023年", years=(2023,))),
        (
            YANGPU,
            Metadata(
                title="2023年杨浦民政工作要点",
                region="杨浦区",
                period="2023年",
                years=(2023,),
                date="2023-03-29",
            ),
        ),
        (
            JINGMEN,
            Metadata(
                title="荆门市民政事业发展“十三五”规划",
                region="荆门市",
                period="2016—2020年",
                years=(2016, 2017, 2018, 2019, 2020),
                publisher="荆门市民政局",
                date="2016年4月29日",
            ),
        ),
        (
            SHENGZHOU,
            Metadata(
                title="嵊州市民政局2021年工作总结和2022年工作计划",
                region="嵊州市",
                period="2021年、2022年",
                years=(2021, 2022),
                publisher="嵊州市民政局",
                date="2022-07-20",
            ),
        ),
    ],
)
def test_the_seeds_say_of_themselves_what_a_reader_finds(name: str, stated: Metadata) -> None:
    assert seed(name).metadata == stated


def test_without_a_catalogue_a_text_without_title_still_has_its_place_and_years() -> None:
    metadata = _described(seed(SHENGZHOU).text)
    assert metadata.title == ""
    assert (metadata.region, metadata.years) == ("嵊州市", (2021, 2022))
    assert metadata.publisher == "嵊州市民政局"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("青浦区民政局2024年工作思路\n", "青浦区民政局2024年工作思路"),
        ("《青浦区养老服务规划》\n", "青浦区养老服务规划"),
        ("青浦区养老服务规划（2021—2025年）\n", "青浦区养老服务规划（2021—2025年）"),
        ("青浦区养老服务规划（征求意见稿） 2021-03-05\n", "青浦区养老服务规划（征求意见稿）"),
        ("青浦区民政事业发展\n“十四五”规划\n", "青浦区民政事业发展“十四五”规划"),
        ("# 青浦区养老服务\n", "青浦区养老服务"),
        ("青浦区2024年民政工作\n", "青浦区2024年民政工作"),
        ("设为首页 | 加入收藏\n青浦区民政局\n\n2024年工作要点\n", "2024年工作要点"),
        ("青浦区民政局\n2023年工作总结及2024年工作打算\n", "2023年工作总结及2024年工作打算"),
        ("名 称: 青浦区养老规划\n", "青浦区养老规划"),
        ("现将全年工作总结如下\n", ""),
        ("为做好工作，特制定本计划\n", ""),
        ("一、加强规划\n", ""),
        ("（一）落实三年行动计划\n", ""),
        ("今天下午，全区召开会议。\n", ""),
    ],
)
def test_the_title_is_the_first_line_that_is_named_like_a_plan(head: str, title: str) -> None:
    assert _described(f"{head}\n各项工作有序推进。\n一、总则\n新建3所。").title == title


def test_a_title_is_given_as_the_document_writes_it() -> None:
    assert _described("青浦区（２０２４年）养老规划\n").title == "青浦区（２０２４年）养老规划"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("甲区“十四五”规划\n", (2021, 2022, 2023, 2024, 2025)),
        ("甲区二〇二四年工作要点\n", (2024,)),
        ("关于印发《甲区“十三五”民政规划》的通知\n", (2016, 2017, 2018, 2019, 2020)),
        ("甲区养老规划\n本规划期限为2022年—2024年。\n", (2022, 2023, 2024)),
        (
            "2021年，成绩显著。\n一、救助\n好。\n二、养老\n好。\n2022年，再接再厉。\n一、救助\n好。\n",
            (2021, 2022),
        ),
        ("甲区养老规划\n一、回顾\n2019年，获得表彰。\n2020年，再获表彰。\n", ()),
        ("甲区养老规划\n根据《“十四五”规划》制定。\n", ()),
    ],
)
def test_the_years_are_those_of_the_title_the_term_or_the_leads_of_the_parts(
    text: str, years: tuple[int, ...]
) -> None:
    assert _described(text).years == years


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("湖北省民政厅2023年工作要点\n荆门市、荆门市、荆门市、武汉市开展试点。\n", "湖北省"),
        ("关于印发《通山县养老规划》的通知\n根据湖北省、咸宁市要求。\n", "通山县"),
        ("浙江省嵊州市2021年工作总结\n", "嵊州市"),
        ("嵊州市贯彻浙江省养老服务条例实施方案\n", "嵊州市"),
        ("青岚县2024年民政工作要点\n", "青岚县"),
        ("2024年青岚县民政工作要点\n", "青岚县"),
        ("湖北省青岚县养老服务规划\n", "青岚县"),
        ("中共青岚县民政局总支部工作要点\n", "青岚县"),
        ("湘西土家族苗族自治州养老规划\n", "湘西土家族苗族自治州"),
        ("湘西州养老规划\n", "湘西州"),
        ("加快杨浦区养老服务发展的意见\n", "杨浦区"),
        ("杨浦民政工作要点\n杨浦区各街道。\n", "杨浦区"),
        ("工作要点\n\n青岚县民政局\n一、总则\n新建3所。\n", "青岚县"),
        ("工作要点\n全市工作。荆门市开展。荆门市推进。荆门市落实。全市、武汉市。\n", "荆门市"),
        ("全省工作要点\n湖北省推进。荆门市、荆门市、荆门市、荆门市落实。湖北省。湖北省。\n", "湖北省"),
    ],
)
def test_the_region_is_the_place_that_the_plan_is_about(text: str, region: str) -> None:
    assert _described(text).region == region


@pytest.mark.parametrize(
    "text",
    [
        "养老机构安全管理意见\n学习上海市经验。\n",
        "城市社区建设意见\n推进城市民政工作，东部地区民政工作，示范区民政工作。\n",
        "关于共同富裕的意见\n新建平安社区，安宁疗护，绿色通道，比如公安部门。\n",
        "2024年惠民政策解读\n惠民殡葬、富民产业、爱民工作。\n",
        "工作要点\n荆门市、武汉市、宜昌市各建一所，荆门市、武汉市、宜昌市再建一所。荆门市、武汉市、宜昌市。\n",
        "工作要点\n市和县民政部门、相应县民政局要落实，城区民政工作、郊区民政工作并重。\n",
        "全市工作要点\n会同省民政厅，确保实现省民政厅目标，落实市民政局要求。\n",
        "",
    ],
)
def test_a_text_about_no_place_has_no_region(text: str) -> None:
    assert _described(text).region == ""


@pytest.mark.parametrize(
    ("text", "publisher", "date"),
    [
        ("甲规划\n荆门市民政局\n（2016年4月29日）\n", "荆门市民政局", "2016年4月29日"),
        ("甲规划\n正文。\n青岚县民政局\n二〇二四年三月五日\n", "青岚县民政局", "二〇二四年三月五日"),
        ("甲规划\n发布机构：民政局　发文日期：2024-03-05\n全文。\n", "民政局", "2024-03-05"),
        ("湖北省民政厅2023年工作要点\n", "湖北省民政厅", ""),
        ("甲规划\n由荆门市民政局负责，2024年3月5日起施行。\n", "", ""),
    ],
)
def test_publisher_and_date_are_those_of_the_signature_the_index_block_or_the_title(
    text: str, publisher: str, date: str
) -> None:
    metadata = _described(text)
    assert (metadata.publisher, metadata.date) == (publisher, date)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("甲民发〔2022〕3号\n甲规划\n", "甲民发〔2022〕3号"),
        ("甲规划\n（甲民发［2022］第13号）\n", "甲民发［2022］第13号"),
        ("发文字号: 甲民发〔2021〕12号\n甲规划\n", "甲民发〔2021〕12号"),
        ("甲规划\n根据《意见》（国发〔2020〕14号）制定。\n", ""),
    ],
)
def test_the_number_is_the_documents_own_and_not_one_that_it_quotes(text: str, number: str) -> None:
    assert _described(text).number == number


def test_empty_lines_in_their_hundred_thousands_take_no_time() -> None:
    assert _described("甲养老规划\n" + "\n \u3000\n" * 200_000 + "2021年，好。").title == "甲养老规划"
