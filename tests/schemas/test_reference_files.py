"""Master data as files."""

import pytest

from app.schemas.reference_files import BadReferenceFile, decoded, own_files, read_sheets
from app.wording.reference_faults import reference_fault_sentence

ROADMAP = "2030年度カーボンニュートラル目標達成ロードマップ"
HEAD = "key,value,unit,version,valid_from,valid_to,source,note\n"


def test_a_source_names_its_document_where_the_file_says_the_same() -> None:
    sources = {factor.key: factor.source for factor in read_sheets(own_files()).factors}
    assert sources["footprint.primary"] == f"{ROADMAP} 9-4 アルミ新塊 12 t-CO2/t-Al"
    assert sources["recycling-share"] == f"{ROADMAP} 1 再生時のCO2排出量 約3％"
    assert sources["cars-per-trainset"].startswith("the 50 t")


@pytest.mark.parametrize(
    "text",
    ["", "code,name\nX,y\n", "key,value,unit,version,valid_from,valid_to,source,note\nk,-1,u,1,2024-04-01,,s,\n"],
)
def test_a_file_of_another_form_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadReferenceFile, match="factors"):
        read_sheets([("factors", text)])


@pytest.mark.parametrize(
    ("sheet", "text", "said_ja", "said_en"),
    [
        ("factors", "code,name\nX,y\n", "列は key, value,", "The columns must be key, value,"),
        ("factors", HEAD + "k,-1,u,1,2024-04-01,,s,\n", "0より大きい", "In row 2, value must be above zero"),
        ("factors", HEAD + "k,many,u,1,2024-04-01,,s,\n", "「many」", "In row 2, value cannot be “many”."),
        ("factors", HEAD + "k,1,u,1,2024-04-01,,s,\nk,1,u,1,soon,,s,\n", "3行目", "In row 3, valid_from"),
        ("factors", HEAD + "k,1\n", "項目数", "Row 2 has more or fewer cells"),
        ("factors", HEAD + '"k', "引用符", "a quotation mark in it is wrong"),
        ("customers", "code,name_ja,name_en,name_public\nX,x,x,perhaps\n", "「perhaps」", "name_public cannot be"),
        ("prices", "code\n", "シートはありません", "There is no such sheet."),
    ],
)
def test_what_is_wrong_with_a_file_is_a_sentence(sheet: str, text: str, said_ja: str, said_en: str) -> None:
    with pytest.raises(BadReferenceFile) as refused:
        read_sheets([(sheet, text)])
    fault = refused.value
    assert said_ja in reference_fault_sentence("ja", fault.reason, fault.values)
    assert said_en in reference_fault_sentence("en", fault.reason, fault.values)


def test_a_file_that_is_not_utf_8_is_refused_by_name() -> None:
    with pytest.raises(BadReferenceFile, match="customers: not_utf_8"):
        decoded("customers", "顧客".encode("cp932"))
