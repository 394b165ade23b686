"""Indonesian: its words for months, numbers and units, and the groups of words that mean the same."""

from .figures import figures
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
_DAY_NAMES = {**{name: number for number, name in enumerate(_WEEKDAYS)}, "jum ' at": 4}
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

# Verbs that may stand between a limit and its date: “paling cepat dilakukan pertengahan 2028”.
_ACTS = """
    dilakukan|dilaksanakan|digelar|diadakan|diselenggarakan|dimulai|dibuka|ditutup|diluncurkan|dirilis
    |diterbitkan|diselesaikan|dirampungkan|dituntaskan|dibangun|diproduksi|dijual|dikirim|diterapkan|diberlakukan|diresmikan
    |dioperasikan|dipasarkan|dihentikan|diumumkan|disahkan|dibayarkan|dicairkan|diserahkan|tercapai|terjadi|terlaksana
    |terwujud|terealisasi|tersedia|terbit|tiba|selesai|rampung|tuntas|rilis|meluncur|beroperasi|berlaku (efektif)
    |berlangsung|berakhir|berfungsi|hadir|cair|tayang|usai|siap|efektif"""

TERMINALS: dict[str, Terminal] = {
    **SHARED,
    "month": months_by({name: number for number, names in enumerate(_MONTHS, 1) for name in names}, _ALSO_WORDS),
    "weekday": words(_DAY_NAMES),
    "day_name": words({**_DAY_NAMES, "minggu": 6, "ahad": 6}),
    "figures": figures(is_day_first=True),
    "unit": words(_UNITS),
    "single": words(_SINGLES),
    "number": numerals(_NUMBERS, 1200),
    "ordinal": words(_ORDINALS),
}

GROUPS: dict[str, list[Row]] = {
    "lead": silent(
        """[diperkirakan|kemungkinan besar|rencananya|dijadwalkan|ditargetkan|targetnya|direncanakan|diharapkan
        |diproyeksikan|baru|baru akan|hanya|sudah|akan|jatuh tempo|jatuh pada|pada|<act>] (:)|[target|batas akhir
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
        |[suatu saat|suatu waktu|sekali waktu] [di|pada]|per"""
    ),
    "latest": silent(
        """paling [lambat|telat|lama|akhir]|selambat lambatnya|selambatnya|hingga (paling lambat)|sampai (dengan|batas)
        |s . d .|s . d|s / d|maksimal|tenggat|batas waktu
        |[tidak|tak] [lebih|lebih lambat|lebih lama|lewat] dari|[tidak|tak] melewati"""
    ),
    "before": silent(
        """(jauh|jauh jauh|beberapa saat|tepat|sesaat)
        [sebelum (masuk|memasuki)|lebih awal dari|lebih cepat dari|pra|pratahun]"""
    ),
    "after": silent(
        """(jauh|tepat|sesaat|tak lama|baru) [setelah|sesudah|selepas|pasca|pascatahun|seusai|usai|lewat (dari)
        |melewati|melampaui|lebih lambat dari]"""
    ),
    "earliest": silent(
        """paling [cepat|awal|dini]|secepat cepatnya|secepatnya|seawal|[tidak (akan)|tak|bukan] sebelum
        |[tidak|tak] lebih [awal|cepat|dini] [dari|daripada]|terhitung (sejak|mulai)|dimulai sejak|berlaku mulai
        |efektif mulai"""
    ),
    "within": silent("dalam (<stretch>)"),
    "stretch": silent("waktu|[jangka|kurun|rentang] (waktu)|tempo|masa|periode"),
    "act": silent(f"(harus|akan|baru|baru akan|bisa|dapat|sudah|mulai) [{_ACTS}]"),
    "at_least": silent("setidaknya|sedikitnya|paling sedikit|minimal"),
    "at_most": silent("[kurang|tidak lebih] dari|[tak|tidak] sampai|maksimal|paling lama|di bawah"),
    "fiscal": silent("[tahun|th] [fiskal|anggaran|buku|ajaran|pelajaran|akademik|pajak|tanam]"),
    "season": silent("musim [panas|dingin|semi|gugur|rontok|hujan|kemarau|salju|panen|tanam|libur]"),
    "feast": silent(
        """(hari) (raya) [lebaran|idul fitri|idulfitri|idul adha|iduladha|natal|nyepi|waisak|paskah|kurban]|galungan
        |ramadan|ramadhan|bulan puasa|bulan suci|imlek|tahun baru (imlek|islam|hijriah)|hari kemerdekaan|hut ri|haji
        |maulid nabi"""
    ),
}
