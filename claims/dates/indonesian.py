"""Indonesian: relations between a claim and its period, such as “paling lambat”, “mulai” and “dalam”."""

from . import builders as b
from . import counting as c
from . import meaning as m
from .grammar import Grammar, Row
from .indonesian_periods import TABLES
from .indonesian_words import GROUPS, TERMINALS

_SPANS: list[Row] = [
    ("(di) antara <marked> [dan|serta|<to>] <marked>", m.bounded),
    ("[antara|dari|mulai|sejak] <slice> [dan|<to>] <slice> [<base>|<short_year>]", m.parts_of),
    ("[dari|mulai|sejak|<stretch>] <marked> [<to> (pada)|<dash>] <marked>", m.bounded),
    ("<stretch> <figures>", m.anchored),
    ("<marked> [<to> (pada)|<dash>|atau|/] <marked>", m.span),
]
_DISTANT: list[Row] = [
    ("<within> (<at_most>) <rough>", c.within_distance),
    ("([<within>|selama|sepanjang|pada|untuk|di|hingga|sampai]) (<stretch>) <rough> <ahead>", c.within_coming),
    ("[<within> (<at_most>)|<at_most>|<latest>|sebelum] <rough> [lagi|dari sekarang|<ahead>]", c.within_coming),
    ("[dalam|selama|sepanjang|untuk] <unit> [ke depan|kedepan]", b.next_unit),
    ("(pada|sekitar) <rough> lagi", c.in_distance),
    ("[<at_least>|paling cepat] (dalam) <rough> lagi|dalam <at_least> <rough>", c.from_distance),
    ("lebih dari <rough> lagi", c.beyond_distance),
    ("(dalam|selama|sepanjang|pada) <rough> [terakhir|belakangan|terakhir ini|belakangan ini|ini]", b.refused(b.PAST)),
]
_UNNAMED: list[Row] = [
    (
        """(<within>|pada|di) [tahun tahun|bulan bulan|minggu minggu|pekan pekan|hari hari|dekade dekade] <ahead>""",
        c.unnamed,
    ),
    ("(dalam|di|pada) [waktu dekat (ini)|waktu mendatang|masa [depan|mendatang|datang|yang akan datang]]", c.vague),
    ("suatu [hari|saat|ketika] (nanti|kelak)|kelak|nanti|nantinya|segera|ke depan|kedepan|ke depannya", c.vague),
    ("pada waktunya|cepat atau lambat|(dalam) jangka [panjang|menengah|pendek]", c.vague),
]
_BY: list[Row] = [
    ("<latest> (<act>) (<on>) <end> <ended>|<before> <end> <ended>", m.by),
    ("<latest> (<act>) (<on>) <reach>|[tidak|tak] [setelah|sesudah] <reach>", m.by),
    ("sebelum <ended> [berakhir|usai|habis|selesai|tutup|berganti]|sebelum [usainya|habisnya] <ended>", m.by),
    ("(<on>) <reach> (,) [paling lambat|selambat lambatnya|atau [lebih awal|sebelumnya|lebih cepat]]", m.by),
    ("<on> atau sebelum <reach>|sebelum atau <on> <reach>", m.by),
]
_OTHERS: list[Row] = [
    ("<before> [awal|permulaan|dimulainya|mulainya] <ended>|sebelum <ended> [dimulai|mulai]", m.before),
    ("<before> <reach>", m.before),
    ("<on> atau [setelah|sesudah] <reach>|[setelah|sesudah] atau <on> <reach>", m.since),
    ("[antara|dari|mulai|sejak] [sekarang|kini|[saat|hari] ini] [dan|<to>] (<end>) <ended>", m.from_now),
    ("<after> <end> <ended>|setelah <ended> [berakhir|usai]", m.after),
    ("<after> <reach>", m.after),
    ("<earliest> (<act>) (pada|di|dari|sejak) <reach>", m.since),
    ("[sejak|semenjak|mulai] (dari|pada|di|sejak) <marked>", m.onward),
    ("(<on>) <reach> (,) [paling cepat|paling awal|atau [lebih lambat|setelahnya|sesudahnya]]", m.since),
    (
        "(mulai|sejak|dari|pada) <reach> [(dan) [seterusnya|selanjutnya]|dan [sesudahnya|setelahnya]|ke atas|ke depan]",
        m.since,
    ),
]

GRAMMAR = Grammar(
    {
        **GROUPS,
        **TABLES,
        "span": _SPANS,
        "reach": [("<marked>", m.same), ("<around> <span>", m.around), ("<span>", m.same)],
        "ended": [("<reach>", m.same), ("<whole>", m.same)],
        "date": [
            ("<reach>", m.plain),
            *_DISTANT,
            *_UNNAMED,
            *_BY,
            *_OTHERS,
            ("<in> <reach>", m.within),
            ("<maybe> (pada|di) <reach>", m.maybe),
        ],
        "phrase": [
            ("<date>|<lead> <date>|<lead> <lead> <date>", m.same),
            ("<maybe> <date>", m.doubted),
        ],
    },
    TERMINALS,
)
