"""Master data as files."""

import pytest

from app.schemas.reference_files import BadReferenceFile, own_files, read_sheets

ROADMAP = "2030年度カーボンニュートラル目標達成ロードマップ"


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
