"""Indonesian: its words for months, numbers and units, and the groups of words that mean the same."""

from .grammar import Row, Terminal, silent
from .terminals import SHARED, months_by, numerals, words

_MONTHS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb", "peb"),
    ("maret", "mar", "mrt"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agu", "agt", "agst", "ags"),
    ("september", "sep", "sept"),
    ("oktober", "okt"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des"),
)
_ALSO_WORDS = frozenset({"mei"} | {name for names in _MONTHS for name in names if len(name) <= 4 and name != "juni"})
_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "hari minggu")
_UNITS = {
    "hari": "day",
    **dict.fromkeys(("minggu", "pekan"), "week"),
    "bulan": "month",
    **dict.fromkeys(("kuartal", "triwulan"), "quarter"),
    "semester": "half",
    "tahun": "year",
    **dict.fromkeys(("dekade", "dasawarsa"), "decade"),
    "abad": "century",
}
_SINGLES = {
    "sehari": "day",
    **dict.fromkeys(("seminggu", "sepekan"), "week"),
    "sebulan": "month",
    "setahun": "year",
    **dict.fromkeys(("sedekade", "sedasawarsa"), "decade"),
    "seabad": "century",
}
_DIGITS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_NUMBERS = {
    **{word: number for number, word in enumerate(_DIGITS, 1)},
    "sepuluh": 10,
    "sebelas": 11,
    "selusin": 12,
    "seratus": 100,
    **{f"{word} belas": number + 10 for number, word in enumerate(_DIGITS, 1)},
    **{f"{word} puluh": number * 10 for number, word in enumerate(_DIGITS, 1)},
    **{
        f"{tens} puluh {word}": ten * 10 + n for ten, tens in enumerate(_DIGITS, 1) for n, word in enumerate(_DIGITS, 1)
    },
}
_ORDINALS = {
    **{word: number for number, word in enumerate(("pertama", "kedua", "ketiga", "keempat", "kelima"), 1)},
    **{word: number for number, word in enumerate(("i", "ii", "iii", "iv", "v"), 1)},
    **{f"{ke}{word}": number for ke in ("", "ke ") for number, word in enumerate(_DIGITS[:5], 1)},
    **{f"{ke}{number}": number for ke in ("", "ke ") for number in range(1, 6)},
    "perdana": 1,
    "terakhir": -1,
}

TERMINALS: dict[str, Terminal] = {
    **SHARED,
    "month": months_by({name: number for number, names in enumerate(_MONTHS, 1) for name in names}, _ALSO_WORDS),
    "weekday": words({name: number for number, name in enumerate(_WEEKDAYS)} | {"jum ' at": 4}),
    "unit": words(_UNITS),
    "single": words(_SINGLES),
    "number": numerals(_NUMBERS, 1200),
    "ordinal": words(_ORDINALS),
}

GROUPS: dict[str, list[Row]] = {
    "lead": silent(
        """[diperkirakan|kemungkinan besar|rencananya|dijadwalkan|ditargetkan|targetnya|direncanakan|diharapkan
        |diproyeksikan|baru|baru akan|hanya|sudah|akan|jatuh tempo|jatuh pada|pada] (:)|[target|batas akhir
        |tenggat] :"""
    ),
    "maybe": silent("mungkin|barangkali|kemungkinan|boleh jadi"),
    "around": silent(
        """[sekitar|sekitaran|sekira|kira kira|kurang lebih|kisaran|[di|pada] [sekitar|kisaran]|perkiraan
        |menuju|menjelang|jelang|mendekati] (pada)"""
    ),
    "early": silent("(pada) (masa) [awal|awal awal|permulaan|bagian awal] (dari)"),
    "mid": silent("(pada) [pertengahan|tengah|medio|bagian tengah] (dari)"),
    "late": silent("(pada) [akhir|penghujung|pengujung|ujung|bagian akhir|penutup|bulan bulan terakhir] (dari)"),
    "end": silent("[akhir|penghujung|pengujung|ujung|tutup|berakhirnya] (dari) (bulan)"),
    "quarter": silent("kuartal|kwartal|triwulan|tw|kuarter"),
    "ahead": silent(
        "ke depan|kedepan|mendatang|yang akan datang|akan datang|yang mendatang|berikutnya|selanjutnya|depan"
    ),
    "soon": silent("mendatang|nanti|kelak|yang akan datang|ini"),
    "last": silent("lalu|kemarin|silam|sebelumnya|yang lalu"),
    "to": silent("hingga|sampai|sampai dengan|hingga dengan|s / d|s . d|s . d .|sd|ke"),
    "on": silent("pada|di|dalam|saat"),
    "in": silent(
        """pada|di|dalam|selama|sepanjang|saat|untuk|kala|bagi|di dalam|pada saat
        |[suatu saat|suatu waktu|sekali waktu] [di|pada]"""
    ),
    "latest": silent(
        """paling [lambat|telat|lama|akhir]|selambat lambatnya|selambatnya|hingga (paling lambat)|sampai (dengan|batas)
        |s . d .|s . d|s / d|maksimal|terlambat|tenggat|batas waktu
        |[tidak|tak] [lebih|lebih lambat|lebih lama|lewat] dari|[tidak|tak] melewati"""
    ),
    "before": silent(
        """(jauh|jauh jauh|beberapa saat|tepat|sesaat)
        [sebelum (masuk|memasuki)|lebih awal dari|lebih cepat dari|pra]"""
    ),
    "after": silent(
        """(jauh|tepat|sesaat|tak lama|baru) [setelah|sesudah|selepas|pasca|seusai|usai|lewat (dari)|melewati|melampaui
        |lebih lambat dari]"""
    ),
    "earliest": silent(
        """paling [cepat|awal|dini]|secepat cepatnya|secepatnya|seawal|[tidak (akan)|tak|bukan] sebelum
        |[tidak|tak] lebih [awal|cepat|dini] [dari|daripada]|terhitung (sejak|mulai)|dimulai sejak|berlaku mulai
        |efektif (mulai)|per"""
    ),
    "within": silent("(dalam) [waktu|jangka|kurun|tempo|rentang|kurun waktu|jangka waktu|rentang waktu|masa]|dalam"),
    "at_most": silent("[kurang|tidak lebih] dari|[tak|tidak] sampai|maksimal|paling lama|di bawah"),
    "fiscal": silent("[tahun|th] [fiskal|anggaran|buku|ajaran|pelajaran|akademik|pajak|tanam]"),
    "season": silent("musim [panas|dingin|semi|gugur|rontok|hujan|kemarau|salju|panen|tanam|libur]"),
    "feast": silent(
        """(hari) (raya) [lebaran|idul fitri|idulfitri|idul adha|iduladha|natal|nyepi|waisak|paskah|kurban]|galungan
        |ramadan|ramadhan|bulan puasa|bulan suci|imlek|tahun baru (imlek|islam|hijriah)|hari kemerdekaan|hut ri|haji
        |maulid nabi"""
    ),
}
