"""Telling dates from the numbers and names that look like them, by the words beside them in running text."""

from collections.abc import Sequence

from .meaning import Answer
from .tokens import Token

_MONEY_AND_MARKS_BEFORE = set("$€£¥₹₩#@+/\\=_&*<>^%")
_TIED_AFTER = set("%°/\\=_&@#+*^$€£")
_LABELS = set(
    """flight route room page pages model version highway interstate road street avenue exit gate bus train number no nos
    nr code pin zip box suite apartment channel section article chapter verse line row item serial seat platform lot batch
    extension hall unit asteroid planet decree law regulation act bill resolution case docket order invoice ticket size
    series type class grade level rank score total totals totaled totalled totaling reached reaches reach reaching hit
    hits worth cost costs costing weighs weighing numbered numbering equals equal paid pay pays sold bought scored won
    killed employs employed counted counts exactly nearly almost least most than over under above below between only
    another these those all some population sum average maximum minimum record at rs usd eur gbp idr sgd aud jpy cny rp
    version v vol volume fig figure iso rfc ieee python windows phone tel fax ext id isbn building sale
    penerbangan rute kamar ruang gedung pasal ayat bab halaman hlm baris nomor kode seri tipe model versi jalan jln jl
    gerbang kereta bus lantai blok jalur kelas skor total sebanyak sejumlah mencapai jumlah senilai seharga sebesar
    lebih kurang hampir sedikitnya setidaknya antara uu pp perpres permen keppres undang kepmen perda
    telepon telp hp pos post postcode postal rekor populasi rt rw kav kavling""".split()
)
_COUNTED = set(
    """employees people units workers staff users customers votes voters deaths cases homes households houses jobs cars
    vehicles trucks aircraft planes ships steps ways places words pages points seats tickets copies items files lines
    students teachers schools patients doctors nurses soldiers troops men women children members players fans companies
    firms stores shops outlets branches cities towns villages countries islands miles kilometres kilometers km metres
    meters m cm mm feet ft yards acres hectares ha kg kilograms grams g tonnes tons pounds lbs ounces litres liters l
    watts w kw kwh mw mwh gw gwh volts v hz mhz ghz gb mb tb kb hours hour hrs minutes mins seconds gmt utc est pst cet bst
    wib wita wit rpm psi bc bce dollars dollar cents euros euro pounds sterling rupiah rupees yen yuan won rubles baht
    ringgit pesos percent percentage pct million billion trillion thousand hundred dozen degrees calories kcal megawatts
    gigawatts barrels shares stocks bonds contracts flights respondents participants residents passengers visitors
    guests victims survivors prisoners refugees migrants orders reviews complaints applications applicants gpus gpu chips
    servers robots satellites rockets questions goals runs matches games medals awards entries submissions papers species
    trees animals birds dogs cats horses cows sheep pigs bottles boxes bags meals rooms beds apartments times others more
    karyawan orang pegawai pekerja unit warga pengguna pelanggan suara jiwa penduduk kasus rumah mobil kendaraan kapal
    pesawat buah ekor siswa murid guru sekolah pasien dokter peserta anggota perusahaan toko gerai cabang kota desa
    pulau mil kilometer meter hektare hektar kilogram gram ton liter jam menit detik persen juta miliar triliun ribu
    ratus lembar saham barel butir eksemplar halaman kata kali korban penumpang pengunjung rumah kamar tiket dolar euro
    responden pemilih pendukung prajurit tentara atlet pemain pertandingan gol poin""".split()
)
_ARITHMETIC = {"divided", "multiplied", "dibagi", "dikali"}
_MODALS = set(
    "will would could may might can should shall must won are is was were have has had akan bisa dapat mungkin harus".split()
)
_FUNCTION_WORDS = _MODALS | set(
    """and or but to for with as by from in on when while if because that which who after before compared versus vs alone
    onwards it they he she we the a an its their up down amid according following said says thanks due despite through
    via under looks look seems remains ends begins starts comes marks sees brings promises not also still itself at where
    so then unless until since than yet though although about around per without instead rather again already now
    dan atau tetapi tapi karena dengan untuk di ke dari yang adalah menjadi sebagai ketika saat jika oleh agar supaya lalu
    mendatang nanti sudah telah naik turun setelah sebelum seiring menurut kata ujar tersebut ini itu pun juga masih tidak
    belum dibandingkan meski walau sehingga namun sampai hingga pada dalam bila apabila sedangkan sementara melalui guna
    bersama terhadap atas secara serta""".split()
)
_SUPERLATIVES = set(
    """first time most worst best least only highest lowest twice once times pertama kali kalinya tertinggi terendah
    terbesar terburuk terbaik terparah terkecil terpanjang terlama termahal termurah terkuat terlemah last""".split()
)
_NUMBER_JOINS = {"to", "and", "or", "-", "of", "out", "hingga", "sampai", "dan", "atau", "dari"}


def is_no_date(tokens: Sequence[Token], start: int, end: int, answer: Answer) -> bool:
    """Tell whether the neighbours of a reading show that it is a number, a name or an idiom."""
    if answer.is_vague or _is_tied(tokens, start, end):
        return True
    if answer.is_distance:
        return _is_measure(tokens, start, end)
    if answer.is_bare_year:
        if (
            (start and tokens[start - 1].word in _ARITHMETIC)
            or _is_counted(tokens, end)
            or _continues_as_number(tokens, end)
        ):
            return True
        return not answer.is_anchored and (_is_labelled(tokens, start) or _is_attribute(tokens, end))
    if answer.is_bare_month:
        return not answer.is_anchored or _is_possessive(tokens, end)
    return False


def _is_tied(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether it is glued to a neighbour, as in GPT-2030, #2027, 2027% or a web address."""
    first = tokens[start]
    if first.is_joined or (first.is_tight and tokens[start - 1].word in _MONEY_AND_MARKS_BEFORE):
        return True
    if (
        first.is_number
        and first.is_tight
        and tokens[start - 1].word in set(".:,'")
        and start > 1
        and tokens[start - 1].is_tight
    ):
        return True
    if start and first.is_number and tokens[start - 1].word in set("$€£¥₹₩#"):
        return True
    if end >= len(tokens):
        return False
    following = tokens[end]
    if following.is_joined or (following.is_tight and following.word in _TIED_AFTER) or following.word in ("%", "°"):
        return True
    return (
        following.word in ".:"
        and end + 1 < len(tokens)
        and tokens[end + 1].is_tight
        and not tokens[end + 1].is_capitalised
    )


def _is_counted(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a counted thing follows (“2027 employees”), unless that thing then acts (“employees will”)."""
    if end >= len(tokens) or tokens[end].word not in _COUNTED:
        return False
    return not (end + 1 < len(tokens) and tokens[end + 1].word in _MODALS)


def _continues_as_number(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a plain number follows, as in “from 2000 to 3500” or “2027 of 3000”."""
    if end + 1 >= len(tokens) or tokens[end].word not in _NUMBER_JOINS:
        return False
    following = tokens[end + 1]
    if tokens[end].word in ("or", "atau") and following.word in ("more", "fewer", "less", "lebih", "kurang"):
        return True
    return tokens[end].word not in ("and", "dan", "of", "dari") and following.word.isdigit() and not following.is_joined


def _is_labelled(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a name or a label stands before a bare year: “Vision 2030”, “room 2027”, “No. 2027”."""
    if start == 0:
        return False
    previous = tokens[start - 1]
    if previous.word in (".", "tahun") and start > 1:
        return (previous.is_tight and tokens[start - 2].word in _LABELS) or tokens[start - 2].is_number
    if previous.word == "of" and start > 1:
        return tokens[start - 2].word in _LABELS
    if previous.word == "(":
        return False
    return previous.word in _LABELS or previous.is_capitalised or previous.is_number or not _is_wordlike(previous)


def _is_wordlike(token: Token) -> bool:
    return token.word.isalpha() or token.word in set(",.;:!?()[]'\"\u2014-\u201c\u201d\u2026") or token.word == "'s"


def _is_attribute(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a noun follows a bare year: “2027 model”, “2030 Elm Street”."""
    if end >= len(tokens) or not tokens[end].word[:1].isalnum():
        return False
    return tokens[end].word not in _FUNCTION_WORDS


def _is_measure(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a distance is a length of time: “first time in five years”, “within 30 days of signing”."""
    if end < len(tokens) and tokens[end].word in (
        "of",
        "after",
        "since",
        "when",
        "old",
        "sejak",
        "setelah",
        "terakhir",
    ):
        return True
    if end < len(tokens) and tokens[end].word in ("later", "earlier", "ago", "kemudian", "berturut"):
        return True
    for token in reversed(tokens[max(0, start - 6) : start]):
        if token.word in _MODALS or token.word in ".;:!?":
            return False
        if token.word in _SUPERLATIVES or (len(token.word) > 4 and token.word.endswith("est")):
            return True
    return False


def _is_possessive(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].word == "'s"
