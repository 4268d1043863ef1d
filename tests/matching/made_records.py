"""Made-up records to match: people, companies, and which pairs were merged."""

import random

SURNAMES = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Wilson",
    "Evans",
    "Thomas",
    "Roberts",
    "Walker",
    "White",
]
GIVEN = [
    "Emma",
    "Liam",
    "Noah",
    "Olivia",
    "Ava",
    "Ethan",
    "Mia",
    "Lucas",
    "Chloe",
    "Oscar",
    "Ruby",
    "Jack",
]
STREETS = [
    "Station",
    "Market",
    "Mill",
    "Church",
    "Garden",
    "River",
    "Castle",
    "Forest",
    "Harbour",
    "Temple",
]
BRANDS = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Ginkgo",
    "Hazel",
    "Iris",
    "Juniper",
    "Larch",
    "Maple",
    "Nutmeg",
]
TRADES = [
    "Steel",
    "Foods",
    "Logistics",
    "Medical",
    "Software",
    "Textiles",
    "Energy",
    "Glass",
    "Paper",
    "Tools",
]


def people(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Different people; many share a name, none a phone, a birth date and a street."""
    pick = random.Random(seed)
    return [
        {
            "given_name": pick.choice(GIVEN),
            "surname": pick.choice(SURNAMES),
            "birth_date": f"19{pick.randrange(40, 99)}-{pick.randrange(1, 13):02}-{n % 28 + 1:02}",
            "phone": f"+4420{pick.randrange(10**7, 10**8)}",
            "street": f"{pick.randrange(1, 400)} {pick.choice(STREETS)} Road",
            "postcode": f"{pick.randrange(1000, 9999)}",
            "city": pick.choice(["Leeds", "York", "Derby", "Bath"]),
        }
        for n in range(count)
    ]


def companies(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Different companies."""
    pick = random.Random(seed)
    return [
        {
            "name": f"{pick.choice(BRANDS)} {pick.choice(BRANDS)} {pick.choice(TRADES)} Ltd. {n}",
            "phone": f"+4420{pick.randrange(10**7, 10**8)}",
            "street": f"{pick.randrange(1, 400)} {pick.choice(STREETS)} Road",
            "city": pick.choice(["Leeds", "York", "Derby", "Bath"]),
        }
        for n in range(count)
    ]


def chinese_companies() -> list[dict[str, object]]:
    """A hundred different companies."""
    return [
        {
            "name": f"{city}{brand}{trade}有限公司",
            "phone": f"+86138{n * 7 + m * 13:03}{m * 731 + n * 57:05}",
        }
        for n, city in enumerate(["北京", "上海", "深圳市", "杭州", "成都"])
        for m, (brand, trade) in enumerate(
            (b, t)
            for b in ["宏达", "金泰", "鑫源", "瑞丰", "恒力"]
            for t in ["科技", "贸易", "医药", "建材"]
        )
    ]


def towns(count: int, seed: int = 1) -> list[dict[str, object]]:
    """Two companies of one trade in each of many towns; phones begin with the town's code."""
    pick = random.Random(seed)

    def word() -> str:
        return "".join(pick.choice(one) for one in ("bdfgklmnprst", "aeiou") * 3).title()

    rows: list[dict[str, object]] = []
    for n in range(count):
        trade = f"{pick.choice(TRADES)} {pick.choice(('Works', 'Trading', 'House', 'Studio'))}"
        for _ in range(2):
            rows.append(
                {
                    "name": f"{trade} {word()}",
                    "phone": f"+44{2000 + n}{pick.randrange(10**5, 10**6)}",
                    "street": f"{pick.randrange(1, 400)} {word()} Road",
                    "postcode": f"{10000 + 37 * n}",
                    "city": f"Town {word()}" if len(rows) % 2 == 0 else rows[-1]["city"],
                    "region": f"Shire {n % 40}",
                }
            )
    return rows


def merged(pairs) -> set[tuple[int, int]]:
    return {pair for pair, (_, band, _) in pairs.items() if band == "merge"}
