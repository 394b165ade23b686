"""The numbered house rules: what “early”, “by” and “within” mean here, as shown on the method page."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EXAMPLES_MADE_ON = date(2025, 6, 20)


class Rule(StrEnum):
    """The numbers by which a reading names the rule that decided it."""

    WHOLE = "1"
    BY = "2"
    BEFORE = "3"
    AFTER = "4"
    FROM = "5"
    BETWEEN = "6"
    AROUND = "7"
    POSSIBLY = "8"
    QUARTER = "9"
    YEAR_THIRD = "10"
    DECADE_THIRD = "11"
    FINE_THIRD = "12"
    END_OF = "13"
    DECADE = "14"
    CENTURY = "15"
    WITHIN = "16"
    DISTANCE = "17"
    RELATIVE = "18"
    YEARLESS = "19"
    NUMERIC = "20"
    OPEN = "21"
    EDTF = "22"
    NOT_READ = "23"
    DAY_FIRST = "24"


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule in both languages with an example as of 20 June 2025; no EDTF where the example is refused."""

    number: str
    title: str
    text_en: str
    text_id: str
    example_phrase: str
    example_edtf: str | None


HOUSE_RULES: tuple[HouseRule, ...] = (
    HouseRule(
        Rule.WHOLE,
        "Whole period",
        "A day, month or year means the whole of it, also after “on”, “in”, “as of”, “effective” and “begins in”.",
        "Hari, bulan, atau tahun berarti seluruh rentangnya, juga setelah “pada”, “per”, “efektif”, dan “dimulai "
        "pada”.",
        "in 2027",
        "2027",
    ),
    HouseRule(
        Rule.BY,
        "By",
        "“By”, “until” and “no later than” include the period they name, up to its last day.",
        "“Paling lambat”, “hingga”, dan “sampai” mencakup hari terakhir periode yang disebut.",
        "by 2027",
        "../2027",
    ),
    HouseRule(
        Rule.BEFORE,
        "Before",
        "“Before” ends on the day before the period begins.",
        "“Sebelum” berakhir sehari sebelum periode itu mulai.",
        "before 2027",
        "../2026",
    ),
    HouseRule(
        Rule.AFTER,
        "After",
        "“After” begins on the day after the period ends.",
        "“Setelah” mulai sehari sesudah periode itu berakhir.",
        "after June 2027",
        "2027-07/..",
    ),
    HouseRule(
        Rule.FROM,
        "From",
        "“From”, “since”, “as early as”, “not until” and “no earlier than” begin on the period's first day.",
        "“Mulai”, “sejak”, dan “paling cepat” dihitung dari hari pertama periode itu.",
        "no earlier than 2028",
        "2028/..",
    ),
    HouseRule(
        Rule.BETWEEN,
        "Between",
        "A span, or a choice between two dates, runs from the first day of the one to the last day of the other.",
        "Rentang, atau pilihan dua tanggal, berlaku dari hari pertama yang satu sampai hari terakhir yang lain.",
        "between June 2026 and March 2027",
        "2026-06/2027-03",
    ),
    HouseRule(
        Rule.AROUND,
        "Around",
        "“Around” and “towards” mark a date as approximate and never move it to an earlier day.",
        "“Sekitar” dan “menjelang” menandai perkiraan dan tidak pernah memajukan tanggalnya.",
        "around 2030",
        "2030~",
    ),
    HouseRule(
        Rule.POSSIBLY,
        "Possibly",
        "“Possibly”, “maybe” and “perhaps” mark a date as uncertain and never move it to an earlier day.",
        "“Mungkin” dan “barangkali” menandai ketidakpastian dan tidak pernah memajukan tanggalnya.",
        "possibly 2027",
        "2027?",
    ),
    HouseRule(
        Rule.QUARTER,
        "Quarters and halves",
        "Quarters and halves are those of the calendar year, or of the decade or month they name.",
        "Kuartal dan semester mengikuti tahun kalender, atau dekade dan bulan yang disebut.",
        "Q3 2026",
        "2026-07/2026-09",
    ),
    HouseRule(
        Rule.YEAR_THIRD,
        "Early, mid and late in a year",
        "Early is January to April, mid is May to August, late is September to December.",
        "Awal berarti Januari–April, pertengahan Mei–Agustus, akhir September–Desember.",
        "early 2026",
        "2026-01/2026-04",
    ),
    HouseRule(
        Rule.DECADE_THIRD,
        "Early, mid and late in a decade",
        "Early is the years 0 to 3, mid the years 4 to 6, late the years 7 to 9.",
        "Awal berarti tahun ke-0–3, pertengahan 4–6, akhir 7–9.",
        "mid-2030s",
        "2034/2036",
    ),
    HouseRule(
        Rule.FINE_THIRD,
        "Early, mid and late in a month, a quarter or a half",
        "Early in a month is the 1st to the 10th, mid the 11th to the 20th, late from the 21st; quarters and halves "
        "have thirds of whole months; the nth week of a month begins on its 1st, 8th, 15th or 22nd.",
        "Awal bulan berarti tanggal 1–10, pertengahan 11–20, akhir mulai 21; kuartal dan semester dibagi per bulan.",
        "late June 2027",
        "2027-06-21/2027-06-30",
    ),
    HouseRule(
        Rule.END_OF,
        "The start, middle and end of",
        "“At the end of” a period is its late third, “the start of” its early third; “by the end of” is its last day.",
        "“Pada akhir” suatu periode adalah sepertiga terakhirnya; “paling lambat akhir” adalah hari terakhirnya.",
        "at the end of 2026",
        "2026-09/2026-12",
    ),
    HouseRule(
        Rule.DECADE,
        "Decades",
        "A decade is ten years from the one that ends in 0; “the decade” is the one in which the claim was made.",
        "Dekade berarti sepuluh tahun sejak tahun berakhiran 0; “dekade ini” adalah dekade saat klaim dibuat.",
        "the 2030s",
        "203X",
    ),
    HouseRule(
        Rule.CENTURY,
        "Centuries",
        "A century is a hundred years from the one that ends in 00; the middle of one is around its year 50.",
        "Abad berarti seratus tahun sejak tahun berakhiran 00; pertengahannya sekitar tahun ke-50.",
        "this century",
        "20XX",
    ),
    HouseRule(
        Rule.WITHIN,
        "Within",
        "“Within five years” and “in the next five years” run to the same day five years after the claim was made, or "
        "to the month's last day where it has no such day.",
        "“Dalam lima tahun” berakhir pada tanggal yang sama lima tahun setelah klaim dibuat, atau hari terakhir bulan.",
        "within five years",
        "../2030-06-20",
    ),
    HouseRule(
        Rule.DISTANCE,
        "In five years",
        "“In five years” is the whole year that lies five years on; so for quarters and months; weeks give one day.",
        "“Lima tahun lagi” berarti seluruh tahun kelima sejak kini; juga kuartal dan bulan; minggu berarti satu hari.",
        "in five years",
        "2030",
    ),
    HouseRule(
        Rule.RELATIVE,
        "Next year, this month",
        "Relative dates count from the day the claim was made, in whole calendar years, months or weeks (from Monday).",
        "Tanggal relatif dihitung dari hari klaim dibuat, menurut tahun, bulan, atau minggu kalender (mulai Senin).",
        "next year",
        "2026",
    ),
    HouseRule(
        Rule.YEARLESS,
        "No year given",
        "A month, day, weekday or quarter without a year is the next one that is not over when the claim is made.",
        "Bulan, hari, atau kuartal tanpa tahun adalah yang berikutnya yang belum lewat saat klaim dibuat.",
        "in March",
        "2026-03",
    ),
    HouseRule(
        Rule.NUMERIC,
        "Dates in figures",
        "15/06/2027 is read where only one order of day and month is possible; 05/06/2027 is asked back.",
        "15/06/2027 dibaca bila urutan hari dan bulan hanya satu kemungkinan; 05/06/2027 ditanyakan kembali.",
        "15/06/2027",
        "2027-06-15",
    ),
    HouseRule(
        Rule.OPEN,
        "No date",
        "“In the coming years” names no day: the journalist chooses when to look again.",
        "“Dalam beberapa tahun mendatang” tidak menyebut hari: jurnalis memilih kapan memeriksanya lagi.",
        "in the coming years",
        "",
    ),
    HouseRule(
        Rule.EDTF,
        "EDTF",
        "EDTF (ISO 8601-2, levels 0 and 1) is taken as it stands.",
        "EDTF (ISO 8601-2, tingkat 0 dan 1) dipakai apa adanya.",
        "2026-07/2026-09",
        "2026-07/2026-09",
    ),
    HouseRule(
        Rule.NOT_READ,
        "Not read",
        "Fiscal years, feasts and seasons differ from place to place and are not read: write the months.",
        "Tahun fiskal, hari raya, dan musim berbeda di tiap tempat dan tidak dibaca: tuliskan bulannya.",
        "FY2027",
        None,
    ),
    HouseRule(
        Rule.DAY_FIRST,
        "Indonesian dates in figures",
        "In Indonesian the day stands first, so 05/06/2027 is read; in “Rabu (12/8)” the weekday tells the year.",
        "Dalam bahasa Indonesia hari ditulis dahulu, maka 05/06/2027 dibaca; pada “Rabu (12/8)” nama hari menentukan "
        "tahunnya.",
        "pada tanggal 05/06/2027",
        "2027-06-05",
    ),
)
