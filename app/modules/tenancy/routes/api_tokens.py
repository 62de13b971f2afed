"""Tokens for programs."""

from typing import Annotated

from fastapi import Depends, Query

from app.kit.db import unit_of_work
from app.kit.http.context import request_context
from app.kit.http.paging import PageOut, Paging
from app.kit.http.router import api_router
from app.modules.tenancy.guards import in_person
from app.modules.tenancy.schemas.account import NewTokenOut, TokenIn, TokenOut
from app.modules.tenancy.services import tokens
from app.modules.tenancy.services.identity import Identity

router = api_router("/auth/tokens", "Account")
InPerson = Annotated[Identity, Depends(in_person)]


@router.get("")
def get_tokens(
    identity: InPerson, paging: Paging, platform_id: Annotated[int | None, Query()] = None
) -> PageOut[TokenOut]:
    """List one's own tokens, or as an admin those of a platform."""
    with unit_of_work(read_only=True) as work:
        page = tokens.list_tokens(work, identity, platform_id=platform_id, request=paging)
        return PageOut[TokenOut].of(page.map(TokenOut.of))


@router.post("", status_code=201)
def post_token(body: TokenIn, identity: InPerson) -> NewTokenOut:
    """Make a token; its secret is in this answer and nowhere else."""
    draft = tokens.TokenDraft(
        name=body.name,
        scopes=tuple(body.scopes),
        expires_in_days=body.expires_in_days,
    )
    with unit_of_work() as work:
        token, secret = tokens.create_token(
            work,
            identity,
            draft=draft,
            platform_id=body.platform_id,
            request_id=request_context().request_id,
        )
        return NewTokenOut(token=secret, details=TokenOut.of(token))


@router.delete("/{token_id}", status_code=204)
def delete_token(token_id: int, identity: InPerson) -> None:
    """Revoke a token; what uses it is refused from now on."""
    with unit_of_work() as work:
        tokens.revoke_token(
            work, identity, token_id=token_id, request_id=request_context().request_id
        )
