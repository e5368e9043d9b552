"""Words that tell that a figure is of some only: those added, made over, called something, checked or registered in a time.

How many there are is told without them. Patterns to build others from; text is folded throughout.
"""

from __future__ import annotations

ADDED = "新[增建设开]|增[设配]|再建|[扩改]建"
MADE_OVER = "改造|打造|培育|申报|创[建成]"
CALLED = "命名|评[为上]|获[评得]|荣获|授予|入选"
# What was done to some of them in a year (完成年检454家).
DONE_TO = "年检|评估|检查|排查|核查|走访|整改|注销|清退|劝散|取缔|查处|打击"
# What is done to some people. What is paid to whoever is entitled (发放, 惠及) reaches all, and is left out.
DONE_TO_PEOPLE = "培训|轮训|评估|评定|资助|走访|探访|慰问|选派|招[募聘录收]|表彰|护送|抽查|体检|评选|奔赴|参加|报名|接收|安置"
# Those that are to be registered in a year are not all there are.
REGISTERED = "完成[^,。;]{0,12}(?:登记|备案)"
AIMED_AT = "力争|确保|计划"
