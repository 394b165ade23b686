"""Bodies as programs send them."""

CLAIMS = "/api/v1/claims/"


def claim_body(**changes):
    """The claim of the documentation; needs the `records` fixture."""
    return {
        "statement": "OpenAI's yearly costs reach $20 billion in 2027",
        "kind": "forecast",
        "claimant": "openai",
        "made_on": "2025-06-20",
        "language": "id",
        "projected_phrase": "pada tahun 2027",
        "revisit_on": None,
        "criteria": "Audited accounts for 2027.",
        "topics": ["compute"],
        "figures": [
            {"metric": "operating cost", "value": 20_000_000_000, "unit": "USD", "period": "2027", "verbatim": "$20B"},
            {"metric": "share", "comparator": "between", "value": "0.1", "value_to": "0.30", "unit": "percent"},
        ],
        "citations": [
            {"article": {"source": "the-information", "title": "Burn"}, "role": "origin", "attribution": "document"},
            {
                "article": {"source": "creativestation", "url": "https://creativestation.example/a?utm_source=x"},
                "role": "relay",
                "via": 0,
                "attribution": "other_outlet",
                "quote": "20 miliar dolar AS",
                "reported_as": "",
            },
        ],
    } | changes
