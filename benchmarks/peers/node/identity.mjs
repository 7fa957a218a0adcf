// Who is calling: Better Auth for people, and jose for the tokens that it has signed.

import { OAuthError, OAuthErrorCode } from "@modelcontextprotocol/server";
import { betterAuth } from "better-auth";
import { bearer, jwt } from "better-auth/plugins";
import { createRemoteJWKSet, jwtVerify } from "jose";
import pg from "pg";

const { ORIGIN, JWKS_URL, BETTER_AUTH_SECRET } = process.env;

// Where the database is, is told by PGHOST, PGUSER and PGDATABASE.
export const pool = new pg.Pool({ max: 8 });

export const auth = betterAuth({
  database: pool,
  secret: BETTER_AUTH_SECRET,
  baseURL: ORIGIN,
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
  // In the database, as it must be where a request may meet any process; and never full here.
  rateLimit: { enabled: true, storage: "database", customRules: { "/**": { window: 60, max: 1_000_000 } } },
  plugins: [jwt(), bearer()],
});

const keys = createRemoteJWKSet(new URL(JWKS_URL));

/** For a server that is asked with tokens: the user in `extra`. */
export const verifier = {
  async verifyAccessToken(token) {
    try {
      const options = { algorithms: ["EdDSA"], issuer: ORIGIN, audience: ORIGIN, requiredClaims: ["sub", "exp"] };
      const { payload } = await jwtVerify(token, keys, options);
      return { token, clientId: "page", scopes: [], expiresAt: payload.exp, extra: { user: payload.sub } };
    } catch {
      throw new OAuthError(OAuthErrorCode.InvalidToken, "The token is refused.");
    }
  },
};
