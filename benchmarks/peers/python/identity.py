"""Who is calling: the subject of a token that the issuer's published keys have signed."""

import os
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

ORIGIN = os.environ["ORIGIN"]

keys = jwt.PyJWKClient(os.environ["JWKS_URL"])
bearer = HTTPBearer()


def current_user(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
) -> str:
    try:
        key = keys.get_signing_key_from_jwt(credentials.credentials)
        claims = jwt.decode(
            credentials.credentials,
            key,
            algorithms=["EdDSA"],
            audience=ORIGIN,
            issuer=ORIGIN,
            options={"require": ["exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise HTTPException(401, "The token is refused.") from error
    return claims["sub"]


CurrentUser = Annotated[str, Depends(current_user)]
