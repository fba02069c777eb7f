"""The survey's words in every language at once: the citizen reads the one he knows; no widget here.

Levels as Thông tư 01/2018/TT-VPCP has them. Chinese is shown in border communes, where many citizens read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from desk.rules.survey import Level


class Words(NamedTuple):
    """One text in three languages."""

    vi: str
    en: str
    zh: str


LEVELS: Final[Mapping[Level, Words]] = MappingProxyType(
    {
        "very_satisfied": Words("Rất hài lòng", "Very satisfied", "非常满意"),
        "satisfied": Words("Hài lòng", "Satisfied", "满意"),
        "dissatisfied": Words("Không hài lòng", "Dissatisfied", "不满意"),
    }
)
QUESTION: Final = Words(
    "Ông/bà đánh giá việc phục vụ hôm nay thế nào?", "How do you rate today's service?", "您对今天的服务满意吗?"
)
DECLINED: Final = Words("0  Tôi không trả lời", "I do not answer", "我不回答")
SEND: Final = Words("Enter  Gửi", "Send", "发送")
WHY: Final = Words("Vì sao ông/bà không hài lòng?", "Why are you dissatisfied?", "您为什么不满意?")
CRITERIA: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "attitude": Words("Thái độ của cán bộ", "Attitude of the officer", "工作人员的态度"),
        "guidance": Words("Hướng dẫn rõ ràng", "Clear guidance", "说明清楚"),
        "time": Words("Thời gian giải quyết", "Time it took", "办理时间"),
        "visits": Words("Số lần đi lại", "Number of visits", "往返次数"),
        "overall": Words("Đánh giá chung", "Overall", "总体评价"),
    }
)
REASONS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "waited_long": Words("Phải chờ lâu", "I waited long", "等候太久"),
        "attitude": Words("Thái độ chưa tốt", "Poor attitude", "态度不好"),
        "unclear": Words("Hướng dẫn chưa rõ", "Unclear guidance", "说明不清"),
        "many_papers": Words("Nhiều giấy tờ", "Too many papers", "材料太多"),
        "many_visits": Words("Đi lại nhiều lần", "Too many visits", "往返太多"),
        "late": Words("Trả kết quả muộn", "Result was late", "结果延误"),
        "fee": Words("Phí, lệ phí", "Fees", "费用"),
        "other": Words("Lý do khác", "Another reason", "其他原因"),
    }
)


def all_of(words: Words, *, chinese: bool, between: str = "  ·  ") -> str:
    """Return a text in all its languages."""
    return between.join([words.vi, words.en, *([words.zh] if chinese else [])])
