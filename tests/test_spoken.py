from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from qa import Assistant, Settings
from qa.understanding.question import understand
from qa.understanding.spoken import SPOKEN, in_official_words, load_spoken
from qa.understanding.wording import synonyms_in
from vectorstore.folding import folded

# Reads whole lists of phrases.
pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent
PLANS = sorted(
    path
    for folder in ("seeds", "tests/staff/plans", "tests/unseen")
    for path in (ROOT / folder).iterdir()
    if path.suffix in (".txt", ".md")
)
CONTENT = tomllib.loads(SPOKEN.read_text(encoding="utf-8"))
TERMS = [term for name, area in CONTENT.items() if name not in ("words", "fillers") for term in area]
LONGEST_SECONDS = 0.6


def write(folder: Path, text: str) -> Path:
    path = folder / "spoken.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("spoken", "read"),
    [
        ("没了爹妈的娃每月领多少", "孤儿每月领多少"),
        ("爸妈都走了的小孩一月发多少", "孤儿一月发多少"),
        ("没爹没娘的细伢子有几个", "孤儿有几个"),
        ("跟着亲戚过的孩子每月多少", "散居孤儿每月多少"),
        ("住在福利院里的没爹妈的孩子每月多少", "集中养育孤儿每月多少"),
        ("爹妈坐牢的娃有人管吗", "事实无人抚养儿童有人管吗"),
        ("爸妈出去打工、娃留村里的有多少", "留守儿童有多少"),
        ("父母在外务工的孩子怎么关爱", "留守儿童怎么关爱"),
        ("管孩子的村干部有几个", "儿童主任有几个"),
        ("捡来的娃归谁管", "弃婴归谁管"),
        ("没儿没女的老汉一年给多少", "特困人员一年给多少"),
        ("住敬老院的五保每月多少", "集中供养特困人员每月多少"),
        ("在家散养的五保每月多少", "分散供养特困人员每月多少"),
        ("瘫床上吃喝拉撒全靠别人伺候的给多少", "完全丧失自理能力给多少"),
        ("半身不遂的给多少", "部分丧失自理能力给多少"),
        ("伺候他的那份钱多少", "照料护理标准多少"),
        ("救急的钱最多给多少", "临时救助最多给多少"),
        ("突然揭不开锅了怎么帮", "急难救助怎么帮"),
        ("够不上低保的人家怎么帮", "低保边缘家庭怎么帮"),
        ("被停了低保的有几户", "被退出低保有几户"),
        ("查人家家底要几天", "家庭经济状况核对要几天"),
        ("一个人过的老人有多少", "独居老人有多少"),
        ("儿女不在身边的老太太有多少", "空巢老人有多少"),
        ("私人开的养老院有几家", "民办养老机构有几家"),
        ("政府办的敬老院有几家", "公办养老机构有几家"),
        ("老糊涂不认人的有多少张床", "认知障碍有多少张床"),
        ("厕所改一改装扶手的有几户", "适老化改造装扶手的有几户"),
        ("老人吃饭的地方有几处", "长者食堂有几处"),
        ("老人饭堂有几处", "长者食堂有几处"),
        ("白天送老人的地方有几处", "日间照料中心有几处"),
        ("老人岁数钱怎么发", "老人高龄津贴怎么发"),
        ("伺候老人的阿姨缺多少", "养老护理员缺多少"),
        ("八十往上的老人有多少", "80岁以上老年人有多少"),
        ("边旅游边养老怎么搞", "旅居养老怎么搞"),
        ("骨灰撒海里给多少", "海葬给多少"),
        ("埋在树底下给多少", "树葬给多少"),
        ("烧人的地方有几处", "殡仪馆有几处"),
        ("村里的坟山建几处", "农村公益性公墓建几处"),
        ("人没死就修好的坟怎么管", "活人墓怎么管"),
        ("偷偷修的坟拆了几座", "违建坟墓拆了几座"),
        ("两口子闹散伙的劝回去了几对", "劝和几对"),
        ("领红本本的有几对", "结婚登记有几对"),
        ("结婚证丢了重新补有几件", "补领结婚证有几件"),
        ("改结婚的老规矩怎么改", "婚俗改革怎么改"),
        ("领证的地方有几处", "婚姻登记处有几处"),
        ("最小的格子多少户", "微网格多少户"),
        ("居委会啥证明都要盖戳", "社区万能章"),
        ("没登记的协会取缔几家", "非法社会组织取缔几家"),
        ("不要钱帮忙的人有多少", "志愿者有多少"),
        ("卖彩票的店有几家", "福利彩票销售网点有几家"),
        ("给新路起名字的有几条", "新路命名有几条"),
        ("管流浪汉的站子有几个", "救助管理机构有几个"),
        ("开门让老百姓进来看是哪天", "开放日是哪天"),
        ("送他们回老家多少人次", "护送返乡多少人次"),
        ("当兵回来的政府给安排工作的有几个", "退役士兵岗位安置的有几个"),
        ("自己找工作的退役士兵给多少", "自主就业退役士兵给多少"),
        ("遭灾以后多久往上面报", "灾情多久上报"),
        ("房子被水冲塌了怎么办", "倒损民房怎么办"),
        ("遭灾的乡亲怎么救", "受灾群众怎么救"),
        ("为修水库搬家的人有多少", "水库移民有多少"),
        ("公家一个月给多少", "一个月给多少"),
        ("我大伯是五保,一年给多少", "是五保,一年给多少"),
        ("家里老人走了,公墓多少钱", ",公墓多少钱"),
    ],
)
def test_what_people_say_is_read_as_the_term_of_the_plans(spoken: str, read: str) -> None:
    assert in_official_words(spoken) == read


@pytest.mark.parametrize(
    ("spoken", "read"),
    [
        ("城里人吃低保的一个月起码给多少", "城市低保一个月不低于多少"),
        ("乡下人吃低保一年几多钱", "农村低保一年多少钱"),
        ("石泉啥辰光换新的", "石泉什么时候更新"),
        ("有几口子在领", "有多少人在领"),
        ("五保里头自己在家过的有几个", "分散供养特困人员有几个"),
        ("爹坐牢妈跑了的娃有几个", "事实无人抚养儿童有几个"),
        ("光挂名不干活的协会注销了几个", "“僵尸型”社会组织注销了几个"),
        ("登过记的红马甲有多少", "注册志愿者有多少"),
        ("瘫床上起不来的五保照顾费多少", "完全丧失自理能力五保照料护理标准多少"),
        ("二婚又跟原来那个过的有几对", "复婚有几对"),
        ("养老院的床搬进老人家里搞几张", "家庭照护床位搞几张"),
        ("好心人一年凑了多少钱和东西", "一年募捐多少钱"),
        ("一块儿领本本是几月", "集体颁证是几月"),
        ("办结婚手机上啥时候能约", "办结婚啥时候掌上预约"),
    ],
)
def test_dialect_and_whole_situations_are_read_too(spoken: str, read: str) -> None:
    assert in_official_words(spoken) == read


def test_what_is_said_of_those_who_cannot_is_not_read_of_those_who_can() -> None:
    assert "具备" not in in_official_words("生活不能自理的特困人员每月多少")


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("老糊涂了不认人的那种,杨浦给他们腾出来多少张床", "改建认知障碍照护床位200张"),
        ("湘西那边爹妈都没了、跟着亲戚过的娃,公家一个月给多少", "1100元/月"),
        ("我大伯在嵊州是五保,瘫床上吃喝拉撒全靠别人伺候,22年照顾他的那份钱一个月给多少", "1656元"),
        ("荆门当兵回来、公家直接给找了单位的有几个", "435人"),
        ("管流浪汉的站子,哪天敞开门让外头人进去看", "6.19"),
        ("湘西要给多少户困难老人家里装扶手改厕所", "1095户"),
        ("嵊州离掉的有几对", "离婚登记1001对"),
        ("嵊州二婚又跟原来那个过的有几对", "215对"),
    ],
)
def test_spoken_questions_are_answered(assistant: Assistant, asked: str, held: str) -> None:
    answer = assistant.ask(asked)

    assert answer.status == "answered"
    assert held in answer.text


@pytest.mark.parametrize(
    "asked",
    ["杨浦没了爹妈的娃一个月给多少", "湘西给老人家里装扶手一家补多少钱", "杨浦散伙的有几对"],
)
def test_a_spoken_question_that_no_document_answers_is_refused(assistant: Assistant, asked: str) -> None:
    assert assistant.ask(asked).status == "not_found"


def test_marriages_are_no_divorces(tmp_path: Path) -> None:
    text = "某县民政局2023年工作总结\n\n2023年，办理结婚登记918对，登记合格率100%。\n"
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "summary.txt").write_text(text, encoding="utf-8")
    settings = Settings(llm="none", library=tmp_path / "library", index_dir=tmp_path / "index")

    assert Assistant.open(settings).ask("2023年离婚的夫妻有多少对?").status == "not_found"
    assert "918对" in Assistant.open(settings).ask("2023年结婚登记多少对?").text


def test_a_place_that_stands_inside_a_phrase_is_kept() -> None:
    assert in_official_words("私人老板在钦州开养老院给多少") == "在钦州民办养老机构给多少"


def test_titles_and_quotations_stay_as_they_are() -> None:
    for text in ("《关于孤老的通知》怎么写", "“没爹没妈的娃”这句在哪"):
        assert in_official_words(text) == text


def test_a_longer_wording_of_the_glossary_is_not_cut_into() -> None:
    assert in_official_words("新增养老床位多少张") == "新增养老床位多少张"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("我姥姥86了,一个月能拿多少", "86岁,一个月高龄津贴能拿多少"),
        ("我爸刚满八十,每月给多少", "刚满八十岁,每月高龄津贴给多少"),
        ("85岁的失能老人护理补贴能领多少", "85岁的失能老人护理补贴能领多少"),
        ("我姥姥66了,一个月能拿多少", "66岁,一个月能拿多少"),
    ],
)
def test_who_is_eighty_and_asks_what_there_is_asks_for_the_allowance_of_that_age(
    said: str, read: str
) -> None:
    assert in_official_words(said) == read


@pytest.mark.parametrize("term", TERMS)
def test_no_term_holds_a_phrase(term: str) -> None:
    assert in_official_words(term) == term


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_phrase_stands_in_a_plan_by_chance(path: Path) -> None:
    lines = folded(path.read_text(encoding="utf-8")).splitlines()
    changed = [line for line in lines if in_official_words(line) != line]

    assert changed == []


def test_the_term_counts_and_not_the_words_of_the_phrase() -> None:
    question = understand("瘫床上要人伺候的五保户,公家一个月给多少钱?", {})

    assert "".join(question.content).startswith("完全丧失自理能力")
    assert not any(word in piece for piece in question.content for word in ("瘫", "伺候", "公家"))
    assert any("特困人员" in synonym.official for synonym in synonyms_in(question.text))


def test_the_phrases_cover_the_field() -> None:
    phrases = load_spoken(SPOKEN)

    assert len(set(phrases.values())) > 150
    assert len(phrases) > 400


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('["儿童"]\n"孤儿" = ["没(爹|妈"]', "孤儿: '没(爹|妈' has a bracket without its other"),
        ('["儿童"]\n"孤儿" = ["没{双亲}的娃"]', "names words that are not listed: 双亲"),
        ('["儿童"]\n"孤儿" = ["没爹…"]', "begins or ends with a gap"),
        ('["儿童"]\n"孤儿" = ["没爹.*的娃"]', "holds a sign that means nothing here"),
        ('["儿童"]\n"孤儿" = ["没爹的娃"]\n"弃婴" = ["没爹的娃"]', "stands for both '孤儿' and '弃婴'"),
    ],
)
def test_a_mistake_in_the_list_is_named(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"spoken\.toml") as error:
        load_spoken(write(tmp_path, content))

    assert complaint in str(error.value)


@pytest.mark.parametrize("piece", ["养", "瘫床上", "爸妈没了的", "私人老板在", "家里老人一个人过,"])
def test_the_longest_question_is_read_at_once(piece: str) -> None:
    text = (piece * 2_000)[:2_000]
    in_official_words(piece)
    start = time.perf_counter()
    in_official_words(text)

    assert time.perf_counter() - start < LONGEST_SECONDS
