"""Who does what, and when; days count from the start of the demo, backwards."""

from dataclasses import dataclass

from app.modules.billing.demo.history.scenes import (
    FAILS_WHEN_CHARGED,
    Scene,
    buy,
    cancel,
    change,
    let_card_fail,
    mend_card,
    reactivate,
    subscribe,
)


@dataclass(frozen=True)
class Part:
    """One merchant's life: the store it is told by, the day its trial began, what it does when."""

    store: str
    began: int
    scenes: tuple[tuple[int, Scene], ...] = ()


ESSENTIAL = subscribe("essential")
PROFESSIONAL = subscribe("professional")
BUSINESS = subscribe("business")
BUSINESS_WITH_BAD_CARD = subscribe("business", card=FAILS_WHEN_CHARGED)
LEAVE_AT_ONCE = cancel("switched_service", immediately=True)
BUY_DOMAIN = buy("domain", domain_name="welter-boulangerie.lu")
PROFESSIONAL_A_YEAR = subscribe("professional", is_annual=True)

# Trials last thirty days; who subscribes during one pays from its end on, and then monthly.
CAST = (
    # Years with the product.
    Part("weber", -390, ((-380, ESSENTIAL),)),
    Part("schmit", -380, ((-355, ESSENTIAL),)),
    Part("simon", -310, ((-290, ESSENTIAL), (-200, change("professional")))),
    Part("theisen", -300, ((-280, BUSINESS), (-150, buy("email_25")))),
    Part("braun", -290, ((-262, PROFESSIONAL), (-100, change("professional", is_annual=True)))),
    Part("kremer", -285, ((-260, subscribe("business", is_annual=True)),)),
    Part("welter", -280, ((-255, PROFESSIONAL_A_YEAR), (-60, buy("ssl_premium")))),
    # Monthly plans that run.
    Part("becker", -200, ((-180, ESSENTIAL),)),
    Part("rossi", -190, ((-165, PROFESSIONAL), (-120, buy("email_5")))),
    Part("ferreira", -180, ((-155, PROFESSIONAL),)),
    Part("dupont", -170, ((-150, BUSINESS), (-90, buy("email_10")))),
    Part("lefevre", -160, ((-140, ESSENTIAL), (-40, change("professional")))),
    Part("moreau", -150, ((-121, PROFESSIONAL), (-30, change("business")))),
    Part("laurent", -140, ((-118, BUSINESS),)),
    Part("garnier", -130, ((-110, ESSENTIAL),)),
    Part("petit", -120, ((-95, PROFESSIONAL),)),
    Part("novak", -115, ((-86, subscribe("essential", is_annual=True)),)),
    Part("jansen", -110, ((-90, ESSENTIAL),)),
    Part("olsen", -105, ((-80, PROFESSIONAL_A_YEAR),)),
    Part("weber-fromagerie", -100, ((-75, PROFESSIONAL),)),
    Part("muller-blummebuttek", -95, ((-70, ESSENTIAL),)),
    Part("schmit-cycle-works", -90, ((-61, PROFESSIONAL), (-20, change("business")))),
    # A card fails: still owing, recovered, given up.
    Part("kieffer", -94, ((-70, PROFESSIONAL), (-20, let_card_fail))),
    Part("hoffmann-atelier", -95, ((-72, ESSENTIAL), (-15, let_card_fail))),
    Part("kieffer-kaffisreischterei", -33, ((-10, BUSINESS_WITH_BAD_CARD),)),
    Part("thill-feinkost", -110, ((-90, PROFESSIONAL), (-25, let_card_fail), (-12, mend_card))),
    Part("wagner-backerei", -130, ((-105, ESSENTIAL), (-75, let_card_fail))),
    # Down with the next period.
    Part("faber-boulangerie", -100, ((-80, BUSINESS), (-5, change("professional")))),
    Part("lambert-bicherbuttek", -95, ((-75, PROFESSIONAL), (-4, change("essential")))),
    # On their way out, back again, gone.
    Part("reuter-weinhandlung", -90, ((-66, PROFESSIONAL), (-6, cancel("too_expensive")))),
    Part("majerus-fromagerie", -85, ((-60, ESSENTIAL), (-3, cancel("unused")))),
    Part("steffen-blummebuttek", -85, ((-58, BUSINESS), (-9, cancel("other")), (-7, reactivate))),
    Part("klein-cycle-works", -100, ((-76, PROFESSIONAL), (-45, cancel("missing_features")))),
    Part("faber", -150, ((-128, BUSINESS), (-60, cancel("too_complex")))),
    Part("simon-atelier", -80, ((-55, ESSENTIAL), (-9, LEAVE_AT_ONCE))),
    # Trials with a card, before their first charge.
    Part("theisen-kaffisreischterei", -25, ((-10, PROFESSIONAL),)),
    Part("braun-feinkost", -20, ((-5, ESSENTIAL),)),
    Part("kremer-backerei", -15, ((-2, BUSINESS),)),
    # First charge a few days ago.
    Part("welter-boulangerie", -38, ((-20, ESSENTIAL), (-6, BUY_DOMAIN))),
    Part("becker-bicherbuttek", -45, ((-28, PROFESSIONAL),)),
    Part("rossi-weinhandlung", -60, ((-35, BUSINESS), (-10, buy("email_5")))),
    # Trials without a card, near their end and fresh.
    Part("ferreira-fromagerie", -29),
    Part("dupont-blummebuttek", -27),
    Part("lefevre-cycle-works", -23),
    Part("moreau-atelier", -12),
)  # fmt: skip
