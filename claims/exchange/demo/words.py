"""The words of the demo: places, bodies and deeds that are nobody's, some of them common and most of them rare."""

import itertools
from random import Random

PLACES = tuple(
    "".join(syllables)
    for syllables in itertools.product(
        (
            "Bal",
            "Cor",
            "Dem",
            "Fal",
            "Gar",
            "Hol",
            "Jun",
            "Kel",
            "Lor",
            "Mav",
            "Nol",
            "Pel",
            "Ros",
            "Sul",
            "Tam",
            "Vor",
        ),
        ("avi", "ebu", "imo", "olu", "uri", "ada", "eko", "isa", "ote", "uve"),
        ("k", "len", "mir", "nost", "peth", "rund", "sk", "tul", "vra", "zim"),
    )
)
BODIES = (
    "Energy Agency",
    "Transport Council",
    "Chip Works",
    "Water Board",
    "Space Office",
    "Grid Company",
    "Institute",
)
TOPICS = (
    "energy",
    "transport",
    "chips",
    "water",
    "space",
    "housing",
    "health",
    "compute",
    "shipping",
    "farming",
    "trade",
    "budgets",
    "rail",
    "air travel",
    "forests",
    "education",
    "mining",
    "networks",
    "robotics",
    "batteries",
    "tourism",
    "fisheries",
    "research",
    "sport",
)
DEEDS = ("opens", "completes", "doubles", "connects", "builds", "licenses", "halves", "replaces")
THINGS = (
    "a harbour line",
    "the second dam",
    "its chip plant",
    "a ring of satellites",
    "the night trains",
    "a heat network",
    "the northern grid",
    "a seed archive",
    "its battery hall",
    "the coastal road",
)
# What is counted, its unit, how it is printed, and the largest value.
METRICS = (
    ("operating cost", "USD", "${} billion", 90),
    ("investment", "EUR", "€{} billion", 60),
    ("installed capacity", "GW", "{} GW", 40),
    ("share of supply", "percent", "{} percent", 100),
    ("people employed", "people", "{} people", 90_000),
    ("homes connected", "homes", "{} homes", 400_000),
)


def place(rng: Random) -> str:
    """A place: the first few again and again, most of them hardly ever."""
    return PLACES[int(len(PLACES) * rng.random() ** 4)]


def deed(rng: Random) -> str:
    """What is said to happen."""
    return f"{rng.choice(DEEDS)} {rng.choice(THINGS)} in {place(rng)}"
