/** Who asks: proves the App by its JWT, and hands out and checks installation tokens. */
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, verify } from 'node:crypto';
import { type Refusal, refuse } from './reply.ts';
import { type Access, type Installation, isoSeconds, type Permissions, type State } from './state.ts';

/** What app.yml asks for. */
export const DEFAULT_PERMISSIONS: Permissions = {
  checks: 'write',
  contents: 'read',
  issues: 'read',
  merge_queues: 'read',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
};

/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app: 10 minutes, and 1 hour. */
const LONGEST_JWT_SECONDS = 600;
const TOKEN_LIFE_MS = 3_600_000;
/** For clocks that do not agree. */
const LEEWAY_SECONDS = 60;

export interface Token {
  readonly value: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Null for all repositories of the installation. */
  readonly repositoryIds: ReadonlySet<number> | null;
  expiresAt: number;
}

export interface TokenWish {
  readonly permissions?: Permissions;
  readonly repository_ids?: readonly number[];
  readonly repositories?: readonly string[];
}

export interface Auth {
  /** Null when the header proves that the App itself asks. */
  refuseApp(authorization: string | undefined): Refusal | null;
  grant(installation: Installation, wish: TokenWish): Token | Refusal;
  /** The live token of a Bearer, token or Basic header. */
  token(authorization: string | undefined): Token | null;
  expireTokens(): void;
}

let sharedKey: string | null = null;

/** One key for the whole process, made when it is first needed: that takes a tenth of a second. */
export function sharedPrivateKey(): string {
  sharedKey ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
  return sharedKey;
}

export function allows(permissions: Permissions, name: string, access: Access): boolean {
  const granted = permissions[name];
  return granted === 'write' || granted === access;
}

export interface AuthOptions {
  readonly state: State;
  readonly appId: number;
  readonly privateKey: () => string;
  readonly now: () => number;
}

export function createAuth({ state, appId, privateKey, now }: AuthOptions): Auth {
  let publicKey: KeyObject | null = null;
  const tokens = new Map<string, Token>();

  return {
    refuseApp(authorization) {
      const jwt = /^bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
      const [header = '', payload = '', signature = ''] = jwt.split('.');
      const claims = decode(payload);
      publicKey ??= createPublicKey(privateKey());
      const signed = verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        publicKey,
        Buffer.from(signature, 'base64url'),
      );
      if (claims === null || decode(header)?.alg !== 'RS256' || !signed) {
        return refuse(401, 'A JSON web token could not be decoded');
      }
      const seconds = now() / 1000;
      const expires = Number(claims.exp);
      if (String(claims.iss) !== String(appId)) return refuse(404, 'Integration not found');
      if (!(expires > seconds))
        return refuse(
          401,
          "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
        );
      if (expires > seconds + LONGEST_JWT_SECONDS)
        return refuse(401, "'Expiration time' claim ('exp') is too far in the future");
      if (Number(claims.iat ?? 0) > seconds + LEEWAY_SECONDS)
        return refuse(
          401,
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
        );
      return null;
    },

    grant(installation, wish) {
      if (installation.suspended) return refuse(403, 'This installation has been suspended');
      for (const [name, access] of Object.entries(wish.permissions ?? {})) {
        if (!allows(installation.permissions, name, access)) {
          return refuse(422, 'The permissions requested are not granted to this installation.');
        }
      }
      const mine = state.repositories.filter((repo) => repo.installation === installation);
      const chosen = mine.filter((r) => wish.repository_ids?.includes(r.id) || wish.repositories?.includes(r.name));
      const asked = (wish.repository_ids?.length ?? 0) + (wish.repositories?.length ?? 0);
      if (chosen.length < asked) {
        return refuse(
          422,
          'There is at least one repository that does not exist or is not accessible to the parent installation.',
        );
      }
      const token: Token = {
        value: newToken(appId),
        installation,
        permissions: { metadata: 'read', ...(wish.permissions ?? installation.permissions) },
        repositoryIds: asked === 0 ? null : new Set(chosen.map((repo) => repo.id)),
        expiresAt: now() + TOKEN_LIFE_MS,
      };
      tokens.set(token.value, token);
      return token;
    },

    token(authorization) {
      const [, scheme = '', credentials = ''] = /^(bearer|token|basic) (.+)$/i.exec(authorization ?? '') ?? [];
      const basic = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString() : null;
      const value = basic === null ? credentials : basic.replace(/^x-access-token:/, '');
      const token = tokens.get(value);
      return token !== undefined && token.expiresAt > now() && !token.installation.suspended ? token : null;
    },

    expireTokens() {
      for (const token of tokens.values()) token.expiresAt = 0;
    },
  };
}

export function expiryText(token: Token): string {
  return isoSeconds(token.expiresAt);
}

/** The form of 2026: the App's id, then a JWT; about 520 characters, with dots and underscores. */
function newToken(appId: number): string {
  const part = (bytes: number) => randomBytes(bytes).toString('base64url');
  return ['ghs', String(appId), [part(27), part(102), part(256)].join('.')].join('_');
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
