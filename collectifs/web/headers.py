"""Security headers on every answer: nothing inline, nothing from elsewhere, nothing kept."""

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
    )
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
FOREVER = "public, max-age=31536000, immutable"


def add_headers(app: Flask, *, secure: bool) -> None:
    """Register the headers of `app`; `secure` adds HSTS."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.update(FIXED)
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        is_static = request.endpoint == "static" and response.status_code == 200
        response.headers["Cache-Control"] = FOREVER if is_static else "no-store"
        return response
