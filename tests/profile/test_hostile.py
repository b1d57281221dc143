"""Every hostile file ends in a usable table that says what was done, or in one clear refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlops_tui.errors import BadInput
from mlops_tui.profile import Profile, inspect

# file, target, rows, columns, what must be said in the notes and findings (lower case)
READ = [
    ("h01_utf16le_bom.csv", "species", 344, 8, ["utf-16"]),
    ("h03_latin1.csv", "species", 344, 9, ["windows-1252"]),
    ("h05_semicolon_decimal_comma.csv", "species", 344, 8, []),
    ("h07_tab.txt", "species", 344, 8, []),
    ("h09_cr_only.csv", "species", 344, 8, []),
    ("h13_preamble_footer.csv", "species", 344, 8, ["header on line 4", "total rows"]),
    ("h15_question_mark_missing.tab", "price", 205, 26, ["read as missing (?", "orange"]),
    ("h17_late_type_change.csv", "Status", 35611, 14, ["mixed_types", "data row 35609"]),
    ("h19_leading_zeros.csv", "y", 200, 3, []),
    ("h21_bool_zoo_case_space.csv", "y", 240, 3, ["dirty_categories"]),
    ("h23_empty_header_names.csv", "y", 200, 4, ["column_1", "column_3"]),
    ("h25_newline_in_name.csv", "target", 200, 3, []),
    ("h29_single_row.csv", "target", 1, 3, ["too_few_rows"]),
    ("h31_null_constant_columns.csv", "y", 500, 8, ["empty_column", "constant", "twin", "uid"]),
    ("h33_nan_inf_target.parquet", "y", 500, 5, ["infinite", "27 of 500", "17 rows"]),
    ("h35_one_class.csv", "y", 300, 4, ["target_one_class"]),
    ("h37_class_of_one.csv", "y", 300, 4, ["target_rare_class", "rare (1)"]),
    ("h39_control_chars.csv", "species", 344, 9, []),
    ("h43_nested.json", "y", 300, 4, ["user and events", "cannot use"]),
    ("h53_excel.xlsx", "species", 344, 8, ["sheet1"]),
]
REFUSED = [
    ("h11_unbalanced_quote.csv", ["quote", "line 2"]),
    ("h27_zero_bytes.csv", ["empty", "0 bytes"]),
    ("h45_truncated.json", ["json"]),
    ("h47_truncated.parquet", ["cut off"]),
    ("h49_binary_renamed.csv", ["not a text table"]),
    ("h51_html_renamed.csv", ["html"]),
]


def said(profile: Profile) -> str:
    words = [*profile.detected.notes]
    words += [f"{f.id} {f.evidence}" for f in profile.findings]
    return "\n".join(words).lower()


@pytest.mark.parametrize(("name", "target", "rows", "columns", "told"), READ)
def test_a_hostile_file_is_read_and_told_about(
    cases: Path, name: str, target: str, rows: int, columns: int, told: list[str]
) -> None:
    profile = inspect(cases / "hostile" / name, target)
    assert (profile.rows, len(profile.columns)) == (rows, columns)
    for words in told:
        assert words in said(profile)
    assert Profile.from_json(profile.to_json()) == Profile.from_json(profile.to_json())


@pytest.mark.parametrize(("name", "told"), REFUSED)
def test_what_is_no_table_is_refused_in_words(cases: Path, name: str, told: list[str]) -> None:
    with pytest.raises(BadInput) as refused:
        inspect(cases / "hostile" / name)
    assert refused.value.exit_code == 3
    for words in told:
        assert words in str(refused.value).lower()
    assert "/tmp" not in str(refused.value)


def test_the_table_above_names_every_hostile_file(cases: Path) -> None:
    named = {row[0] for row in READ} | {row[0] for row in REFUSED}
    assert named == {path.name for path in (cases / "hostile").iterdir()}


def test_types_come_out_right(cases: Path) -> None:
    comma = inspect(cases / "hostile" / "h05_semicolon_decimal_comma.csv")
    assert comma.detected.decimal == ","
    assert comma.column("bill_length_mm").type == "number"
    assert comma.column("bill_length_mm").maximum == pytest.approx(59.6)
    zeros = inspect(cases / "hostile" / "h19_leading_zeros.csv")
    assert "01234" in [value for value, _ in zeros.column("zip").top]
    latin = inspect(cases / "hostile" / "h03_latin1.csv")
    assert any("à l" in str(v) or "é" in str(v) for v, _ in latin.column("comment").top) or any(
        ord(c) > 127 for v, _ in latin.column("comment").top for c in str(v)
    )
