"""Chinese names: full, short, traditional, in English, and those that only sound alike."""

import pytest
from made_records import chinese_companies, companies


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华为技术有限公司", "华为"),
        ("華為技術有限公司", "华为技术有限公司"),
        ("北京字节跳动科技有限公司", "字节跳动"),
        ("中国石油天然气股份有限公司", "中国石油"),
        ("阿里巴巴（中国）网络技术有限公司", "阿里巴巴"),
        ("上海复星医药（集团）股份有限公司", "复星医药"),
        ("深圳市大疆创新科技有限公司", "大疆创新"),
        ("宜宾五粮液股份有限公司", "宜宾五粮液"),
    ],
)
def test_chinese_names_are_found_short_full_and_traditional(matched, one, other) -> None:
    same = {"phone": "+8675528780808"}
    pairs = matched([*chinese_companies(), {"name": one, **same}, {"name": other, **same}])
    assert pairs[101, 102][1] == "merge"


@pytest.mark.parametrize(("one", "other"), [("湖北宜化", "意华股份"), ("ST中迪", "*ST中地")])
def test_names_that_only_sound_alike_are_left_to_people(matched, one, other) -> None:
    rows = [{"name": row["name"]} for row in chinese_companies()]
    again = [{"name": str(row["name"]).replace("有限公司", "")} for row in rows] * 3
    assert matched([*rows, *again, {"name": one}, {"name": other}])[401, 402][1] == "review"


def test_an_english_name_is_found_by_its_sound(matched) -> None:
    same = {"phone": "+8675528780808"}
    rows = [*companies(50), {"name": "华为技术有限公司", **same}]
    rows.append({"name": "Huawei Technologies Co., Ltd.", **same})
    assert matched(rows)[51, 52][1] == "merge"
