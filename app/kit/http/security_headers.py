"""Headers that every answer of the product carries."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
YEAR_S = 365 * 24 * 3600


def security_headers(secure: bool) -> list[tuple[str, str]]:
    """Return names and values; `secure` where the product is reached over HTTPS alone."""
    headers = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
        ("Cache-Control", "no-store"),
    ]
    if secure:
        headers.append(("Strict-Transport-Security", f"max-age={YEAR_S}; includeSubDomains"))
    return headers
