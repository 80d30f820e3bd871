"""Places called by a bare number or label (“12、13”, “(二)里的3”), spelt as other questions do."""

from __future__ import annotations

import re

from knowledge.ask.reading.numerals import NUMBER, number

_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_HAN = r"[一二三四五六七八九十]{1,3}"
_AFTER_ORDINAL = re.compile(r"第[壹贰叁肆伍陆柒捌玖拾]+")
# 是 is a common slip for 十, which sounds alike.
_FIRST_SLIP = re.compile(rf"弟(?={NUMBER}(?:条|项|点|部分|章|块))")
_SLIP = re.compile(r"第是(?=[一二三四五六七八九](?:条|项|点|个))")
_POINT = re.compile(rf"(第{NUMBER})(?:个)?(?:小)?点(?!下)")
_BIG_POINT = re.compile(rf"(第{NUMBER})(?:个)?大(?:点|条目?|摊|项块)")
_IN = r"(?:里面?|里头|下面?|底下|中|当中)(?:的|那|第)*"
_INSIDE = re.compile(
    rf"[“\"(]*(?!一下)({_HAN}|\d{{1,2}})[)、.”\"]*{_IN}\(?({NUMBER})\)?(?:小)?(?:条|项|点|款)?"
    r"(?=$|[,，。?？ 是讲说写])"
)
_UNDER = re.compile(rf"^(?:[“\"(]({_HAN})[)、.”\"]+|({_HAN})、)(?:里面?|里头|下面|底下)")
_ROW = re.compile(
    rf"^(?P<first>第?{NUMBER})(?P<more>(?:[、,，和跟与及同]第?{NUMBER})+)"
    r"(?P<end>$|[,，。](?!\d)|(?:都|各|分别)?(?=[是讲说写念]))"
)
_RANGE = re.compile(
    rf"^第?(?P<first>{NUMBER})(?:到|至|-|~|—|–)第?(?P<last>{NUMBER})"
    r"(?P<end>$|[,，。]|(?:都|各|分别)?(?=[是讲说写念]))"
)
_ALONE = re.compile(
    r"^(\d{1,2})号?(?=(?:是|讲|说|写)(?:的|了)?(?:什么|啥|哪个|哪项|哪条)(?:呀|啊|呢|来着)?$)"
)
_TEENS = re.compile(
    r"(?:^|(?<=[,，。 ]))([二三四五]?十[一二三四五六七八九]?)(?:条|项)"
    r"(?=(?:都|里|主要)*[讲说写是])"
)
_HIGHEST = re.compile(r"(?:序号|编号|号码?)最(?:大|靠后)的?(?:那条|那项|一条|一项)?")
_FARTHEST = 30
_MOST = 200


def spelt_bare(text: str) -> str:
    """Write places named by bare numbers with the words that call them places."""
    text = _AFTER_ORDINAL.sub(lambda match: match.group().translate(_CAPITALS), text)
    text = _SLIP.sub("第十", _FIRST_SLIP.sub("第", text))
    text = _INSIDE.sub(lambda match: f"第{match.group(1)}部分第{match.group(2)}条", text)
    text = _UNDER.sub(lambda match: f"第{match.group(1) or match.group(2)}部分", text)
    text = _BIG_POINT.sub(r"\1部分", text)
    text = _POINT.sub(r"\1条", text)
    text = _TEENS.sub(r"第\1条", text)
    text = _HIGHEST.sub("倒数第1条", text)
    text = _RANGE.sub(_range, text)
    text = _ROW.sub(_row, text)
    return _ALONE.sub(r"第\1条", text)


def _range(match: re.Match[str]) -> str:
    first, last = number(match["first"]), number(match["last"])
    if not 0 < first < last <= first + _FARTHEST:
        return match.group()
    return _listed(range(first, last + 1), match)


def _row(match: re.Match[str]) -> str:
    values = [number(found) for found in re.findall(NUMBER, match["first"] + match["more"])]
    if not all(0 < value < _MOST for value in values) or len(set(values)) < len(values):
        return match.group()
    return _listed(values, match)


def _listed(values: range | list[int], match: re.Match[str]) -> str:
    return "".join(f"第{value}条" for value in values) + match["end"]
