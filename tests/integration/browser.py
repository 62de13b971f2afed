"""A browser for tests: keeps cookies, sends the CSRF token, says where a request comes from."""

from typing import Any

from starlette.testclient import TestClient

PASSWORD = "correct horse battery"


class Visitor:
    """One browser, or with `bearer` one program."""

    def __init__(self, client: TestClient, bearer: str | None = None) -> None:
        self.client = client
        self.csrf_token: str | None = None
        self.bearer = bearer

    def sign_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        """Sign in as an existing person; fails the test where that is refused."""
        answer = self.client.post("/api/v1/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        self.csrf_token = answer.json()["csrf_token"]
        return self

    def as_program(self, bearer: str) -> "Visitor":
        """Send this token instead of cookies from now on."""
        self.client.cookies.clear()
        self.bearer = bearer
        return self

    def get(self, path: str, **options: Any) -> Any:
        """GET, without following redirects."""
        return self._send("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> Any:
        """POST with a JSON body."""
        return self._send("POST", path, json=json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> Any:
        """PUT with a JSON body."""
        return self._send("PUT", path, json=json, **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> Any:
        """PATCH with a JSON body."""
        return self._send("PATCH", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> Any:
        """DELETE."""
        return self._send("DELETE", path, **options)

    def _send(self, method: str, path: str, **options: Any) -> Any:
        headers = dict(options.pop("headers", {}))
        if self.csrf_token is not None and method != "GET":
            headers.setdefault("X-CSRF-Token", self.csrf_token)
        if self.bearer is not None:
            headers.setdefault("Authorization", f"Bearer {self.bearer}")
        return self.client.request(method, path, headers=headers, follow_redirects=False, **options)
