/** Bad days of GitHub, on order: refusals, slowness, broken connections, changes that are made and denied. */

export interface Fault {
  /** Any method when left out. */
  readonly method?: string;
  /** Tested against the path without `/api/v3`; GraphQL is `/graphql`, git `/owner/name.git/…`. Any path when left out. */
  readonly path?: RegExp;
  /** Tested against the request's body; git requests have none here. */
  readonly requestBody?: RegExp;
  /** How many requests it meets; 1 when left out. */
  readonly times?: number;
  /** Requests to let through before the first. */
  readonly after?: number;
  /** The answer; without a status (and without `destroySocket`) the real one is given, after the wait. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Does what is asked, and answers the fault all the same: GitHub is known to do that with a 502. */
  readonly afterApplying?: boolean;
  readonly delayMs?: number;
  /** The request waits for this, before anything is done. */
  readonly hold?: Promise<unknown>;
  /** Ends the connection without an answer. */
  readonly destroySocket?: boolean;
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault that this request meets, if any; it is used up by one. */
  take(method: string, path: string, body: string): Fault | null;
  clear(): void;
}

export function createFaults(): Faults {
  let open: { fault: Fault; skip: number; left: number }[] = [];
  return {
    add(fault) {
      open.push({ fault, skip: fault.after ?? 0, left: fault.times ?? 1 });
    },
    take(method, path, body) {
      for (const one of open) {
        const { fault } = one;
        if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
        if (!(fault.path?.test(path) ?? true) || !(fault.requestBody?.test(body) ?? true)) continue;
        if (one.skip-- > 0) continue;
        one.left--;
        open = open.filter(({ left }) => left > 0);
        return fault;
      }
      return null;
    },
    clear() {
      open = [];
    },
  };
}

/** Resolves when the request may go on. */
export async function waitOut({ hold, delayMs }: Fault): Promise<void> {
  await hold;
  if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
}

/** Answers that GitHub is known to give, ready for `failNext`. */
export const BAD_GATEWAY: Fault = { status: 502, body: { message: 'Server Error' } };

export function retryAfter(seconds: number): Fault {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return { status: 403, headers: { 'retry-after': String(seconds) }, body: { message } };
}
