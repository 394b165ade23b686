"""Several hundred ways to write an address that is not on the public web."""

import ipaddress


def _words(text: str) -> list[str]:
    return text.split()


IPV4 = _words("""
0.0.0.0 0.0.0.1 0.1.2.3 0.255.255.255 10.0.0.0 10.0.0.1 10.1.2.3 10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200
100.127.255.255 127.0.0.0 127.0.0.1 127.0.0.53 127.1.1.1 127.255.255.254 127.255.255.255 168.63.129.16 169.254.0.1
169.254.169.253 169.254.169.254 169.254.170.2 169.254.170.23 169.254.255.255 172.16.0.0 172.16.0.1 172.17.0.1
172.20.10.5 172.31.255.255 192.0.0.0 192.0.0.1 192.0.0.8 192.0.0.170 192.0.0.192 192.0.2.0 192.0.2.1 192.0.2.255
192.88.99.1 192.88.99.255 192.168.0.0 192.168.0.1 192.168.1.1 192.168.99.100 192.168.255.255 198.18.0.0 198.18.0.1
198.19.255.255 198.51.100.0 198.51.100.1 203.0.113.0 203.0.113.255 224.0.0.0 224.0.0.1 224.0.0.251 232.1.1.1
239.255.255.250 240.0.0.0 240.0.0.1 250.1.2.3 255.255.255.254 255.255.255.255
""")
IPV6 = _words("""
:: ::1 ::2 ::7f00:1 ::ffff:0:7f00:1 100::1 100:0:0:1::1 64:ff9b:1::1 64:ff9b:1::7f00:1 64:ff9b:1:ffff::a00:1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:5::1 2001:10::1 2001:20::1
2001:30::1 2001:1ff:ffff::1 2001:db8::1 2001:db8:ffff::ffff 3fff::1 3fff:fff:ffff::1 5f00::1 fc00::1 fc00:1234::1
fd00::1 fd00:ec2::254 fd20:ce::254 fdff:ffff::1 fe80::1 fe80::a00:27ff:fe4e:66a1 febf::1 fec0::1 feff::1 ff00::1
ff01::1 ff02::1 ff02::2 ff02::fb ff05::1:3 ff0e::1 4000::1 8000::1 e000::1 1000::1 200::1 400::1
""")
# Addresses inside of which an IPv4 address is carried: mapped, compatible, NAT64, 6to4.
CARRIERS = ["::ffff:{dotted}", "::{dotted}", "64:ff9b::{dotted}", "2002:{high:x}:{low:x}::1"]

NAMES = _words("""
localhost LOCALHOST localhost. localhost.localdomain ip6-localhost.localdomain db.localhost a.b.localhost
intranet wiki router printer postgres valkey metadata kubernetes instance-data wpad gateway
nas.local printer.local metadata.google.internal METADATA.GOOGLE.INTERNAL db.internal host.docker.internal
kubernetes.default.svc.cluster.local wiki.intranet wiki.corp nas.home pi.lan ci.newsroom.lan db.private
1.0.0.127.in-addr.arpa router.home.arpa hidden.onion
ｌｏｃａｌｈｏｓｔ ＬＯＣＡＬＨＯＳＴ ⓛocalhost nas。local
nas．local example.org. 127.0.0.1. a..example.org .example.org
""")

SPELLINGS = _words("""
2130706433 0x7f000001 0x7F000001 017700000001 127.1 127.0.1 0177.0.0.1 0177.1 0x7f.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1
127.0x0.1 127.0.0.01 0x 0x. 0 00 0.0 0x0 0b1 1 256.256.256.256 999.1.1.1 1.2.3.4.5 127.0.0.1.5 127.0.0.256
2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 0xa9.0xfe.0xa9.0xfe 3232235777 167772161 0x0a000001 012.1 10.1
4294967296 18446744073709551617 00000127.0.0.1 127.000.000.001 １２７.０.０.１ １２７。０。０。１ ①②⑦.⓪.⓪.①
127｡0｡0｡1 ⑯⑨.254.169.254 𝟭𝟮𝟳.𝟬.𝟬.𝟭 ²¹³⁰⁷⁰⁶⁴³³ 0ｘ7f.1 1e2.1.1.1 127.0.0.0x1 8.8.8.010 08.8.8.8 8.8.8.0x8 8.8.2056
[::ffff:7f00:1] [0:0:0:0:0:0:0:1] [0:0:0:0:0:ffff:127.0.0.1] [::1%25lo] [fe80::1%25eth0] [v1.localhost] [v1.a:b]
[127.0.0.1] [::ffff:0x7f.1] [1::2::3] [::1]] x[::1]
""")


def _written(template: str, address: str) -> str:
    number = int(ipaddress.IPv4Address(address))
    return template.format(dotted=address, high=number >> 16, low=number & 0xFFFF)


CARRIED = [_written(template, address) for template in CARRIERS for address in IPV4[::3]]
# What a resolver may answer with, though the name looks public.
ADDRESSES = [*IPV4, *IPV6, *CARRIED]
HOSTS = [
    *IPV4,
    *(f"[{address}]" for address in [*IPV6, *CARRIED]),
    *(str(int(ipaddress.IPv4Address(address))) for address in IPV4[1::2]),
    *NAMES,
    *SPELLINGS,
]
URLS = [f"{'https' if number % 2 else 'http'}://{host}/" for number, host in enumerate(HOSTS)] + [
    *(
        f"http://example.org:{port}/"
        for port in [0, 1, 22, 25, 81, 444, 3306, 5432, 6379, 8000, 8080, 9200, 11211, 65535]
    ),
    *("http://example.org:99999/", "http://example.org:-1/", "http://example.org:80x/", "http://example.org:0080a/"),
    *(f"{scheme}://example.org/" for scheme in ["ftp", "file", "gopher", "dict", "ldap", "ws", "jar", "HTTPX", "data"]),
    *(
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http:///path",
        "https:/x",
    ),
    *("http://user@example.org/", "http://user:word@example.org/", "http://@example.org/", "http://:@example.org/"),
    *("http://example.org@127.0.0.1/", "http://127.0.0.1#@example.org/", "http://127.0.0.1\\@example.org/"),
    *("http://example.org\\@127.0.0.1/", "http://example.org /", "http://exa mple.org/", "http://example.org/a b"),
    *(
        "http://example.org/\r\nHost: localhost",
        "http://example.org/\n",
        "\thttp://example.org/",
        "http://exam\x00ple.org/",
    ),
    *("http://%31%32%37.0.0.1/", "http://127%2e0.0.1/", "http://example.org%00.localhost/", "http://exam<ple.org/"),
    *(f"http://{'a' * 64}.org/", f"http://{'é' * 64}.org/", "http://-a.org/", "http://*.org/", "http://example.org]/"),
]
