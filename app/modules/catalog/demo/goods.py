"""What demo stores sell; invented."""

KINDS = (
    ("Riesling", "Dry, from steep slate"),
    ("Crémant", "Bottle-fermented, fine bubbles"),
    ("Landbrout", "Sourdough, baked on stone"),
    ("Tarte aux quetsches", "Plum tart, by the piece"),
    ("Kachkéis", "Cooked cheese, 250 g"),
    ("Comté", "Aged 18 months"),
    ("Espresso", "Roasted in small batches, 500 g"),
    ("Quetschegebeess", "Plum spread, cooked slowly"),
    ("Tulpen", "Bunch of ten"),
    ("Notizbuch", "Ruled, 192 pages"),
    ("Sac en toile", "Linen bag, sewn by hand"),
    ("Bike Bell", "Brass, for every handlebar"),
)
SORTS = (
    "Classic", "Reserve", "Nature", "Maison", "Spécial", "Gutt & Gënschteg", "Édition", "Bio",
)  # fmt: skip
