"""Words beside a number that tell whether it is a date, in English and Indonesian."""


def listed(words: str) -> frozenset[str]:
    """Give the words of a text."""
    return frozenset(words.split())


# Words before a bare number that make it a name, an amount or an address.
LABELS = listed(
    """
    flight route room page pages model version highway interstate road street avenue exit gate bus train number
    no nos nr code pin zip box suite apartment channel section article chapter verse line row item serial seat
    platform lot batch extension hall unit asteroid planet decree law regulation act bill resolution case docket
    order invoice ticket size series type class grade level rank score total totals totaled totalled totaling
    reached reaches reach reaching hit hits worth cost costs costing weighs weighing numbered numbering equals
    equal paid pay pays sold bought scored won killed employs employed counted counts exactly nearly almost
    least most than over under above below between only another these those all some population sum average
    maximum minimum record at rs usd eur gbp idr sgd aud jpy cny rp v vol volume fig figure iso rfc ieee python
    windows phone tel fax ext id isbn building sale penerbangan rute kamar kursi ruang gedung pasal ayat bab halaman
    hlm baris nomor kode seri tipe versi jalan jln jl gerbang kereta lantai blok jalur kelas skor sebanyak
    sejumlah mencapai jumlah senilai seharga sebesar lebih kurang hampir sedikitnya setidaknya antara uu pp
    perpres permen keppres undang kepmen perda antrean antrian telepon telp hp pos post postcode postal rekor
    populasi rt rw kav kavling the a an its our their his her your berkode bernomor saham ticker symbol seats seating
    """
)

# Places and bodies that are named after a day: “Universitas 17 Agustus 1945”, “10 November Stadium”.
NAMED_AFTER_DAYS = listed(
    """
    stadion gelora universitas institut sekolah sma smp sd rsud jalan jl monumen tugu museum taman lapangan alun
    bandara pelabuhan jembatan kampus gedung pasar masjid kawasan yayasan gerakan stadium university college school
    street avenue boulevard square plaza park bridge museum monument airport hospital movement
    """
)

# Things that are counted, measured or paid: “2027 employees”.
COUNTED = listed(
    """
    employees people units workers staff users customers votes voters deaths cases homes households houses jobs
    cars vehicles trucks aircraft planes ships steps ways places words pages points seats tickets copies items
    files lines students teachers schools patients doctors nurses soldiers troops men women children members
    players fans companies firms stores shops outlets branches cities towns villages countries islands miles
    kilometres kilometers km metres meters m cm mm feet ft yards acres hectares ha kg kilograms grams g tonnes
    tons pounds lbs ounces litres liters l watts w kw kwh mw mwh gw gwh volts v hz mhz ghz gb mb tb kb hours
    hour hrs minutes mins seconds gmt utc est pst cet bst wib wita wit rpm psi bc bce dollars dollar cents euros
    euro sterling rupiah rupees yen yuan won rubles baht ringgit pesos percent percentage pct million billion
    trillion thousand hundred dozen degrees calories kcal megawatts gigawatts barrels shares stocks bonds
    contracts flights respondents participants residents passengers visitors guests victims survivors prisoners
    refugees migrants orders reviews complaints applications applicants gpus gpu chips servers robots satellites
    rockets questions goals runs matches games medals awards entries submissions papers species trees animals
    birds dogs cats horses cows sheep pigs bottles boxes bags meals rooms beds apartments times others more
    karyawan orang pegawai pekerja unit warga pengguna pelanggan suara jiwa penduduk kasus rumah mobil kendaraan
    kapal pesawat buah ekor siswa murid guru sekolah pasien dokter peserta anggota perusahaan toko gerai cabang
    kota desa pulau mil kilometer meter hektare hektar kilogram gram ton liter jam menit detik persen juta
    miliar triliun ribu ratus lembar saham barel butir eksemplar halaman kata kali korban penumpang pengunjung
    kamar tiket dolar responden pemilih pendukung prajurit tentara attempts births tries shots atlet pemain
    pertandingan gol poin
    """
)

# Verbs that show the counted thing to act: “by 2030 people will”.
MODALS = listed(
    """
    will would could may might can should shall must won are is was were have has had akan bisa dapat mungkin
    harus
    """
)

# Words that may follow a bare year: “2027 will”, “2027 and”.
FUNCTION_WORDS = MODALS | listed(
    """
    and or but to for with as by from in on when while if because that which who after before compared versus vs
    alone onwards it they he she we i you there saya kami kita dia ia mereka
    the a an its their up down amid according following said says thanks due
    despite through via under looks look seems remains ends begins starts comes marks sees brings promises not
    also still itself at where so then unless until since than yet though although about around per without
    instead rather again already now dan atau tetapi tapi karena dengan untuk di ke dari yang adalah menjadi
    sebagai ketika saat jika oleh agar supaya lalu mendatang nanti sudah telah naik turun setelah sebelum
    seiring menurut kata ujar tersebut ini itu pun juga masih tidak belum dibandingkan meski walau sehingga
    namun sampai hingga pada dalam bila apabila sedangkan sementara melalui guna bersama terhadap atas secara
    serta
    """
)
