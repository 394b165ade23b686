"""Indonesian: its words for months, numbers and units, and how its phrases of time are built."""

from . import builders as b
from . import meaning as m
from .grammar import Grammar, Row, Terminal, silent
from .terminals import SHARED, months_by, numerals, words

_MONTHS = (
    "januari jan",
    "februari pebruari feb peb",
    "maret mar mrt",
    "april apr",
    "mei",
    "juni jun",
    "juli jul",
    "agustus agu agt agst ags",
    "september sep sept",
    "oktober okt",
    "november nopember nov nop",
    "desember des",
)
_WEEKDAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum ' at": 4, "sabtu": 5, "hari minggu": 6}
_UNITS = {
    "hari": "day",
    "minggu": "week",
    "pekan": "week",
    "bulan": "month",
    "kuartal": "quarter",
    "triwulan": "quarter",
    "semester": "half",
    "tahun": "year",
    "dekade": "decade",
    "dasawarsa": "decade",
    "abad": "century",
}
_SINGLES = {"sehari": "day", "seminggu": "week", "sepekan": "week", "sebulan": "month", "setahun": "year"}
_SINGLES |= {"satu dasawarsa": "decade", "sedekade": "decade", "sedasawarsa": "decade", "seabad": "century"}
_DIGITS = "satu dua tiga empat lima enam tujuh delapan sembilan".split()
_NUMBERS = {word: number for number, word in enumerate(_DIGITS, 1)}
_NUMBERS |= {"sepuluh": 10, "sebelas": 11, "seratus": 100, "selusin": 12}
_NUMBERS |= {f"{word} belas": number + 10 for number, word in enumerate(_DIGITS, 1) if number > 1}
_NUMBERS |= {f"{word} puluh": number * 10 for number, word in enumerate(_DIGITS, 1) if number > 1}
_NUMBERS |= {
    f"{tens} puluh {word}": place * 10 + number
    for place, tens in enumerate(_DIGITS, 1)
    for number, word in enumerate(_DIGITS, 1)
    if place > 1
}
_ORDINALS = {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "terakhir": -1, "ke empat": 4}
_ORDINALS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "v": 5, "perdana": 1}
_ORDINALS |= {f"{ke}{number}": number for ke in ("", "ke ") for number in range(1, 6)}
_ORDINALS |= {"ke dua": 2, "ke tiga": 3, "ke satu": 1}

TERMINALS: dict[str, Terminal] = {
    **SHARED,
    "month": months_by(
        {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()},
        frozenset({"mei", "jan", "mar", "mrt", "jun", "des", "sep", "apr", "feb", "jul", "agu", "okt", "nov", "nop"}),
    ),
    "weekday": words(_WEEKDAYS),
    "unit": words(_UNITS),
    "single": words(_SINGLES),
    "number": numerals(_NUMBERS, 1200),
    "ordinal": words(_ORDINALS),
}

_AROUND = (
    "[sekitar|di sekitar|kira kira|kurang lebih|menuju|menjelang|jelang|mendekati|sekira|kisaran|di kisaran|perkiraan"
    "|sekitaran|pada sekitar|pada kisaran] (pada)"
)
_AHEAD = "[ke depan|kedepan|mendatang|yang akan datang|akan datang|yang mendatang|berikutnya|selanjutnya]"
_SOON = "[mendatang|nanti|kelak|yang akan datang|ini]"
_QUARTER = "[kuartal|kwartal|triwulan|tw|kuarter]"
_FISCAL = "[tahun|th] [fiskal|anggaran|buku|ajaran|pelajaran|akademik|pajak|takwim|tanam]"
_SEASON = "musim [panas|dingin|semi|gugur|hujan|kemarau|salju|panen|tanam|libur|rontok]"
_FEAST = (
    "[(hari) (raya) [lebaran|idul fitri|idulfitri|idul adha|iduladha|natal|nyepi|waisak|paskah|kurban]|ramadan|ramadhan"
    "|bulan puasa|bulan suci|imlek|tahun baru (imlek|islam|hijriah)|hari kemerdekaan|hut ri|haji|maulid nabi|galungan]"
)

_DISTANCES: list[Row] = [
    ("<number> (hingga) <unit>", b.counted),
    ("<single>", b.one),
    ("<number> setengah <unit>|<number> <unit> setengah", b.half_more),
    ("<single> setengah", lambda moment, unit: b.half_more(moment, 1, unit)),
    ("setengah <unit>", b.half_of),
    ("[beberapa|sejumlah|sekian|berapa] <unit>", b.several),
    ("<number> [hingga|sampai|atau|dan|<dash>|sampai dengan|s / d] <number> <unit>", lambda moment, *v: b.spread(moment, v[0], *v[-2:])),
    ("[satu|se] dua <unit>|satu <dash> dua <unit>", lambda moment, *v: b.one_or_two(moment, v[-1])),
    ("dua <dash> tiga <unit>|dua tiga <unit>", lambda moment, *v: b.spread(moment, 2, 3, v[-1])),
]
_ROUGH: list[Row] = [
    ("<distance>", m.same),
    ("[sekitar|kira kira|kurang lebih|sekira] <distance>|<distance> (lebih) kurang", b.roughly),
]
_SLICES: list[Row] = [
    ("<part>", m.same),
    ("(pada) (masa) [awal|awal awal|permulaan|bagian awal|penghujung awal] (dari) (bulan)", b.third(1)),
    ("(pada) [pertengahan|tengah|medio|bagian tengah] (dari) (bulan)", b.third(2)),
    ("(pada) [akhir|penghujung|pengujung|ujung|bagian akhir|penutup|bulan bulan terakhir] (dari) (bulan)", b.third(3)),
    ("[paruh|separuh|setengah] <ordinal> (dari) (bulan)|paro <ordinal>", b.cut("half")),
    ("semester <ordinal> (dari|di|pada|/)", b.cut("half")),
    ("[minggu|pekan] <ordinal> (dari|di|pada) (bulan)", b.cut("week")),
    ("(caturwulan|cawu) [1|i|pertama]|caturwulan satu", b.third(1)),
    ("[caturwulan|cawu] [2|ii|kedua]", b.third(2)),
    ("[caturwulan|cawu] [3|iii|ketiga]", b.third(3)),
    ("<number> bulan pertama (dari|di|pada)", b.opening("months")),
    ("<number> bulan terakhir (dari|di|pada)", b.opening("months", closing=True)),
    ("<number> tahun pertama (dari|di|pada)", b.opening("years")),
    ("hari pertama (dari|di|pada) (bulan)", b.edge(1)),
    ("hari terakhir (dari|di|pada) (bulan)", b.edge(-1)),
]
_PARTS: list[Row] = [
    ("(bulan) <month> (di|pada|,|/)", m.same),
    ("(hari) (<weekday> (,)) (tanggal|tgl|tgl .) <day> (bulan) <month> (di|pada|,|/)", lambda moment, *v: b.day_month(moment, *v[-2:])),
    ("<code> (di|pada|/)", m.same),
    ("<quarter> <ordinal> (dari|di|pada|/|,)|<ordinal> <quarter>", b.cut("quarter")),
]
_WHEN: list[Row] = [
    ("(tahun|thn|th|thn .|tahun kalender) <year>|(tahun) <year> [masehi|m]", m.same),
    ("(tahun) <year> <soon>", m.same),
    ("(era|dekade|dasawarsa|periode) (tahun) <decade> (mendatang|nanti)", m.same),
    ("[dekade|dasawarsa] (tahun) <year>", b.decade_in),
    ("abad <century>", m.same),
    ("<dated_code>", m.same),
    ("((hari) <weekday> (,)) (tanggal|tgl|tgl .) <figures>", lambda moment, *v: v[-1]),
    ("<unit> [depan|mendatang|berikutnya|yang akan datang|selanjutnya]|<unit> muka", b.unit_around(1)),
    ("<unit> [ini|sekarang|berjalan|yang sama ini]|penghujung <unit> ini", b.unit_around(0)),
    ("<unit> [lalu|kemarin|silam|sebelumnya|yang lalu]", b.unit_around(-1)),
    ("hari ini|malam ini|sore ini|siang ini|pagi ini", b.fixed("day", 0)),
    ("besok (pagi|siang|sore|malam)|esok (hari)", b.fixed("day", 1)),
    ("kemarin", b.fixed("day", -1)),
    ("lusa", b.fixed("day", 2)),
    ("<rough> lagi|<rough> [dari|sejak|terhitung dari] [sekarang|hari ini|saat ini|kini]", m.point),
    ("<rough> (yang) [lalu|silam]", m.past_point),
    ("(hari) <weekday> (ini)", b.weekday(0)),
    ("(hari) <weekday> [depan|mendatang|pekan depan|minggu depan|nanti]", b.weekday(1)),
    ("(hari) <weekday> [lalu|kemarin|pekan lalu]", b.weekday(-1)),
    ("<part> [mendatang|depan|nanti|yang akan datang|berikutnya]", m.nearest(1)),
    ("<part> ini", m.nearest(0)),
    ("<part> [lalu|kemarin|silam|yang lalu]", m.nearest(-1)),
    ("suatu bulan [pada|di] <year>", b.some("month")),
    ("suatu hari [pada|di] <year>", b.some("day")),
    ("suatu hari [pada|di] <month> <year>", lambda moment, part, year: b.some("day")(moment, part.of(year))),
]
_WHOLE: list[Row] = [("<unit>", b.unit_around(0))]
_BASE: list[Row] = [
    ("<when>", m.same),
    ("pertengahan abad (ini)", m.mid_century),
    ("pertengahan abad <century>", m.mid_century),
    ("<fiscal> (ini|depan|lalu) (<year>|<figures>|<year> / <year>|<year> <dash> <year>)", b.refused(b.FISCAL)),
    ("ta <year>|[fy|fiskal] [<year>|<number>]|<fiscal_code>", b.refused(b.FISCAL)),
    ("<quarter> <ordinal> <fiscal> (<year>)|<part> fiskal (<year>)", b.refused(b.FISCAL)),
    ("(awal|akhir) <season> (tahun) (<year>|ini|depan|tahun depan|tahun ini)", b.refused(b.SEASON)),
    ("musim [<year>|<figures>|<year> / <year>]", b.refused(b.SEASON)),
    ("<feast> (tahun) (<year>|ini|depan|tahun depan|tahun ini|mendatang)", b.refused(b.FEAST)),
]
_PERIODS: list[Row] = [
    ("<base>", m.same),
    ("<slice> <base>", m.part_of),
    ("<slice> <slice> <base>", m.part_of_part),
    ("<slice> [<whole>|<short_year>]", m.part_of),
    ("<slice> <slice> [<whole>|<short_year>]", m.part_of_part),
    ("<base> (,) <slice>|<base> <dash> <slice>", lambda moment, *v: m.whole_with_part(moment, v[0], v[-1])),
    ("<part>", m.yearless),
    ("<slice> <part>", m.part_of_yearless),
    (
        "<slice> [hingga|sampai|sampai dengan|atau|dan|<dash>|ke|s / d] <slice> [<base>|<short_year>|<whole>]",
        lambda moment, *v: m.parts_of(moment, v[0], *v[-2:]),
    ),
    (
        "<quarter> <ordinal> [hingga|sampai|atau|dan|<dash>] <ordinal> (tahun) [<base>|<whole>]",
        lambda moment, *v: m.parts_of(moment, b.cut("quarter")(moment, v[0]), b.cut("quarter")(moment, v[-2]), v[-1]),
    ),
    (
        "(tanggal|tgl) <day> [hingga|sampai|atau|<dash>|dan|sampai dengan|s / d] <day> <month> <base>",
        lambda moment, *v: b.days_month(moment, v[0], *v[-3:]),
    ),
]
_MARKED: list[Row] = [
    ("<around> <period>|<period> (atau) [lebih kurang|kurang lebih]", m.around),
    ("<period>", m.same),
]
_SPANS: list[Row] = [
    ("antara <marked> [dan|hingga|sampai|sampai dengan|serta] <marked>|di antara <marked> dan <marked>", m.span),
    ("[antara|dari|mulai|sejak] <slice> [dan|hingga|sampai|sampai dengan|ke] <slice> [<base>|<short_year>]", m.parts_of),
    ("(dari|mulai|sejak|rentang|periode) <marked> [hingga|sampai|sampai dengan|ke|s / d|s . d|s . d .|sd] (dengan) (pada) <marked>", m.span),
    ("<marked> atau <marked>", m.span),
    ("(dari|periode|rentang) <marked> <dash> <marked>", lambda moment, first, _, last: m.span(moment, first, last)),
]
_REACH: list[Row] = [("<marked>", m.same), ("<span>", m.same), ("<around> <span>", m.around)]
_ENDED: list[Row] = [("<reach>", m.same), ("<whole>", m.same)]

_IN = "[pada|di|dalam|saat]"
_END = "[akhir|penghujung|pengujung|ujung|tutup|berakhirnya] (dari) (bulan)"
_LATEST = (
    "[paling lambat|paling telat|paling lama|paling akhir|selambat lambatnya|selambatnya|hingga|sampai|sampai dengan"
    "|hingga paling lambat|s . d .|s . d|s / d|maksimal|tidak lebih dari|tidak lewat dari|tidak melewati|tidak lebih lambat dari"
    "|tak lebih dari|selambat lambat nya|tenggat|batas waktu|tidak lebih lama dari|terlambat|sampai batas]"
)
_EARLIEST = (
    "[paling cepat|paling awal|paling dini|secepat cepatnya|secepatnya|tidak sebelum|tak sebelum|bukan sebelum|tidak akan sebelum"
    "|tidak [lebih awal|lebih cepat|lebih dini] dari|tidak [lebih awal|lebih cepat] daripada|seawal|terhitung|terhitung sejak"
    "|terhitung mulai|dimulai sejak|berlaku mulai|efektif|efektif mulai|per]"
)
_DATES: list[Row] = [
    ("<reach>", m.plain),
    (
        "[pada|di|dalam|selama|sepanjang|saat|untuk|kala|bagi|di dalam|pada saat|suatu saat di|suatu saat pada|suatu waktu di|suatu waktu pada|sekali waktu pada] <reach>",
        m.within,
    ),
    ("<latest> <end> <ended>|<latest> <in> <end> <ended>|[sebelum|sebelum masuk] <end> <ended>|<latest> (<in>) <reach>", m.by),
    ("sebelum <ended> [berakhir|usai|habis|selesai|tutup|berganti]|sebelum [berakhirnya|usainya|habisnya] <ended>", m.by),
    ("(<in>) <reach> [paling lambat|selambat lambatnya|atau lebih awal|atau sebelumnya|atau lebih cepat]|(<in>) atau sebelum <reach>|sebelum atau pada <reach>|tidak setelah <reach>", m.by),
    ("(jauh|jauh jauh|beberapa saat|tepat|sesaat) [sebelum|lebih awal dari|lebih cepat dari|pra|sebelum masuk|sebelum memasuki] <reach>", m.before),
    ("sebelum (masuk|memasuki) [awal|permulaan|dimulainya|mulainya] <ended>|sebelum <ended> [dimulai|mulai]", m.before),
    ("(jauh|tepat|sesaat|tak lama|baru) [setelah|sesudah|selepas|pasca|seusai|usai|lewat|melewati|melampaui|lebih lambat dari|lewat dari] <reach>", m.after),
    ("[setelah|sesudah|selepas|usai] <end> <ended>|setelah <ended> [berakhir|usai]|[setelah|sesudah] berakhirnya <ended>", m.after),
    ("<earliest> (pada|di|dari|sejak) <reach>", m.since),
    ("[sejak|semenjak|mulai|dimulai] (dari|pada|di|sejak) <marked>|[sejak|mulai|dari|dimulai] awal <ended>", m.since),
    ("(<in>) <reach> [paling cepat|paling awal|atau lebih lambat|atau setelahnya|atau sesudahnya|atau lebih lama]", m.since),
    ("(mulai|sejak|dari|pada) <reach> [dan seterusnya|dan sesudahnya|dan setelahnya|ke atas|ke depan|seterusnya|dan selanjutnya]", m.since),
    ("([dalam|selama|sepanjang|pada|untuk|di|hingga|sampai|dalam (jangka|kurun|rentang|tempo) (waktu)|selama kurun waktu]) <rough> <ahead>", m.within_distance),
    ("dalam (waktu|jangka|kurun|tempo|rentang|kurun waktu|jangka waktu|rentang waktu) (kurang dari|tidak lebih dari|paling lama|maksimal|di bawah|tak sampai) <rough> (lagi|dari sekarang)", m.within_distance),
    ("[kurang dari|tidak lebih dari|tak sampai|maksimal|paling lama|paling lambat|selambat lambatnya|sebelum|hingga|tidak sampai] <rough> (lagi|dari sekarang|ke depan|mendatang)", m.within_distance),
    ("[dalam|selama|sepanjang|untuk] <unit> [ke depan|kedepan]", b.next_unit),
    ("([dalam|pada|sekitar]) <rough> lagi", m.in_distance),
    ("[setidaknya|sedikitnya|paling sedikit|minimal|paling cepat] <rough> lagi|[paling cepat|minimal] dalam <rough>", m.from_distance),
    ("lebih dari <rough> lagi", m.beyond_distance),
    ("(dalam|selama|pada|di) ([waktu|jangka|kurun|kurun waktu|jangka waktu]) [tahun tahun|bulan bulan|minggu minggu|pekan pekan|hari hari|dekade dekade] <ahead>", m.unnamed),
    ("(dalam|di|pada) [waktu dekat|masa depan|masa mendatang|masa yang akan datang|waktu mendatang|masa datang]|(dalam) waktu dekat ini", m.unnamed),
    ("suatu [hari|saat|ketika] (nanti|kelak)|kelak|nanti|segera|ke depan|kedepan|ke depannya|pada akhirnya|nantinya|(dalam) jangka [panjang|menengah|pendek]|pada waktunya|cepat atau lambat", m.vague),
    ("([dalam|selama|sepanjang|pada]) <rough> [terakhir|belakangan|belakangan ini|terakhir ini|sebelumnya|ini]", b.refused(b.PAST)),
    ("[mungkin|barangkali|kemungkinan|boleh jadi] (pada|di) <reach>", lambda moment, period: m.plain(moment, m.possibly(moment, period))),
]
_LEADS = (
    "[diperkirakan|kemungkinan besar|rencananya|dijadwalkan|ditargetkan|target|direncanakan|diharapkan|baru|hanya|sudah|"
    "akan|jatuh tempo|batas akhir|tenggat|diproyeksikan|targetnya|baru akan|pada|jatuh pada] (:)"
)

GRAMMAR = Grammar(
    {
        "phrase": [
            ("<date>", m.same),
            ("<lead> <date>|<lead> <lead> <date>", m.same),
            ("[mungkin|barangkali|kemungkinan|boleh jadi] <date>", m.doubted),
        ],
        "lead": silent(_LEADS),
        "around": silent(_AROUND),
        "ahead": silent(_AHEAD),
        "soon": silent(_SOON),
        "quarter": silent(_QUARTER),
        "season": silent(_SEASON),
        "feast": silent(_FEAST),
        "fiscal": silent(_FISCAL),
        "in": silent(_IN),
        "latest": silent(_LATEST),
        "earliest": silent(_EARLIEST),
        "end": silent(_END),
        "date": _DATES,
        "reach": _REACH,
        "ended": _ENDED,
        "span": _SPANS,
        "marked": _MARKED,
        "period": _PERIODS,
        "base": _BASE,
        "whole": _WHOLE,
        "when": _WHEN,
        "slice": _SLICES,
        "part": _PARTS,
        "rough": _ROUGH,
        "distance": _DISTANCES,
    },
    TERMINALS,
)
