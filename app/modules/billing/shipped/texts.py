"""Names and descriptions of what is shipped; data of the operator once inserted."""

Texts = dict[str, str]

NAMES: dict[str, Texts] = {
    "essential": dict.fromkeys(("de", "en", "fr", "lb"), "Essential"),
    "professional": dict.fromkeys(("de", "en", "fr", "lb"), "Professional"),
    "business": dict.fromkeys(("de", "en", "fr", "lb"), "Business"),
    "enterprise": dict.fromkeys(("de", "en", "fr", "lb"), "Enterprise"),
    "domain": {
        "de": "Eigene Domain",
        "en": "Custom Domain",
        "fr": "Domaine personnalisé",
        "lb": "Eegen Domain",
    },
    "ssl_premium": {
        "de": "Premium-SSL",
        "en": "Premium SSL",
        "fr": "SSL premium",
        "lb": "Premium-SSL",
    },
    "email_5": {
        "de": "5 E-Mail-Adressen",
        "en": "5 Email Addresses",
        "fr": "5 adresses e-mail",
        "lb": "5 E-Mail-Adressen",
    },
    "email_10": {
        "de": "10 E-Mail-Adressen",
        "en": "10 Email Addresses",
        "fr": "10 adresses e-mail",
        "lb": "10 E-Mail-Adressen",
    },
    "email_25": {
        "de": "25 E-Mail-Adressen",
        "en": "25 Email Addresses",
        "fr": "25 adresses e-mail",
        "lb": "25 E-Mail-Adressen",
    },
}

_MAIL: Texts = {
    "de": "Weitere E-Mail-Adressen unter der Domain Ihres Shops.",
    "en": "More email addresses at your store’s domain.",
    "fr": "Des adresses e-mail supplémentaires au domaine de votre boutique.",
    "lb": "Méi E-Mail-Adressen ënner der Domain vun Ärem Buttek.",
}

DESCRIPTIONS: dict[str, Texts] = {
    "essential": {
        "de": "Für den Anfang: ein Shop mit überschaubarem Sortiment.",
        "en": "To begin with: one store with a manageable range.",
        "fr": "Pour débuter : une boutique avec un assortiment restreint.",
        "lb": "Fir unzefänken: ee Buttek mat engem iwwersiichtleche Sortiment.",
    },
    "professional": {
        "de": "Für wachsende Händler: unbegrenzt Produkte, Import und Auswertungen.",
        "en": "For growing merchants: unlimited products, import and analytics.",
        "fr": "Pour les marchands qui grandissent : produits illimités, import et analyses.",
        "lb": "Fir Händler, déi wuessen: onbegrenzt Produkter, Import an Analysen.",
    },
    "business": {
        "de": "Für mehrere Shops und Teams, mit Automatik und Prognosen.",
        "en": "For several stores and teams, with automation and forecasts.",
        "fr": "Pour plusieurs boutiques et équipes, avec automatisation et prévisions.",
        "lb": "Fir méi Butteker an Equipen, mat Automatik a Prognosen.",
    },
    "enterprise": {
        "de": "Ohne Limits, mit persönlicher Betreuung und eigenen Anbindungen.",
        "en": "Without limits, with a dedicated manager and integrations of your own.",
        "fr": "Sans limites, avec un interlocuteur dédié et vos propres intégrations.",
        "lb": "Ouni Limitten, mat engem perséinlechen Uspriechpartner an eegenen Ubindungen.",
    },
    "domain": {
        "de": "Ihr Shop unter Ihrem eigenen Namen im Netz.",
        "en": "Your store under a name of your own on the web.",
        "fr": "Votre boutique sous votre propre nom sur le web.",
        "lb": "Äre Buttek ënner Ärem eegenen Numm am Netz.",
    },
    "ssl_premium": {
        "de": "Ein Zertifikat mit geprüftem Firmennamen.",
        "en": "A certificate with your verified company name.",
        "fr": "Un certificat avec le nom vérifié de votre entreprise.",
        "lb": "En Zertifikat mat gepréiftem Numm vun Ärer Firma.",
    },
    "email_5": _MAIL,
    "email_10": _MAIL,
    "email_25": _MAIL,
}
