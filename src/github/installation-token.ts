/** One installation's access token: asked for once, kept until shortly before it ends, given up when GitHub refuses it. */

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface InstallationToken {
  get(): Promise<string>;
  /** The token was refused; the next `get` asks for another, unless that has happened already. */
  drop(token: string): void;
}

/** A token that is handed out must still work when a long fetch that it starts ends. */
const RENEW_BEFORE_MS = 5 * 60_000;

export function createInstallationToken(request: () => Promise<AccessToken>, now: () => number): InstallationToken {
  let current: AccessToken | null = null;
  let asking: Promise<AccessToken> | null = null;

  return {
    async get() {
      if (current !== null && current.expiresAt - RENEW_BEFORE_MS > now()) return current.token;
      asking ??= request().finally(() => {
        asking = null;
      });
      current = await asking;
      return current.token;
    },
    drop(token) {
      if (current?.token === token) current = null;
    },
  };
}
