"""Invented names for demo merchants and people; any likeness is chance."""

PLATFORMS = (
    ("market", "Marktplaz"),
    ("gastro", "Gastro Online"),
)

TRADES = (
    ("Bäckerei", "de"),
    ("Boulangerie", "fr"),
    ("Bicherbuttek", "lb"),
    ("Weinhandlung", "de"),
    ("Fromagerie", "fr"),
    ("Blummebuttek", "lb"),
    ("Cycle Works", "en"),
    ("Atelier", "fr"),
    ("Kaffisréischterei", "lb"),
    ("Feinkost", "de"),
)

FAMILY_NAMES = (
    "Weber", "Muller", "Schmit", "Hoffmann", "Kieffer", "Thill", "Wagner", "Faber", "Lambert",
    "Reuter", "Majerus", "Steffen", "Klein", "Simon", "Theisen", "Braun", "Kremer", "Welter",
    "Becker", "Rossi", "Ferreira", "Dupont", "Lefèvre", "Moreau", "Laurent", "Garnier", "Petit",
    "Novak", "Jansen", "Olsen",
)  # fmt: skip

FIRST_NAMES = (
    "Anne", "Ben", "Claire", "David", "Eva", "Félix", "Greta", "Hugo", "Ines", "Jean", "Lena",
    "Marc", "Nora", "Oscar", "Paula", "Tom", "Sophie", "Luc", "Mia", "Yann",
)  # fmt: skip

TOWNS = (
    ("L-1140", "Luxembourg", "LU"),
    ("L-4050", "Esch-sur-Alzette", "LU"),
    ("L-9010", "Ettelbruck", "LU"),
    ("L-6430", "Echternach", "LU"),
    ("54290", "Trier", "DE"),
    ("57000", "Metz", "FR"),
    ("B-6700", "Arlon", "BE"),
)
