/** What a route answers, and how GitHub words a refusal. */

export interface Reply {
  readonly status: number;
  /** Sent as JSON; left out where `raw` is set or there is nothing to say. */
  readonly body?: unknown;
  readonly raw?: { readonly bytes: Uint8Array; readonly type: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Refusal extends Reply {
  /** Set where the client broke the rules of the API, which no client of ours may. */
  readonly problems?: readonly string[];
  readonly status: 400 | 401 | 403 | 404 | 406 | 409 | 415 | 422 | 429;
}

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, body, headers };
}

export function refuse(status: Refusal['status'], message: string, errors?: readonly unknown[]): Refusal {
  const documentation = { documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body: { message, ...(errors === undefined ? {} : { errors }), ...documentation } };
}

/** A request that GitHub cannot process, whatever state it is in. */
export function violates(problems: readonly string[]): Refusal {
  return { ...refuse(422, `Invalid request.\n\n${problems.join('\n')}`), problems };
}

export function notFound(): Refusal {
  return refuse(404, 'Not Found');
}

export function isRefusal(value: object): value is Refusal {
  return 'status' in value && typeof value.status === 'number' && value.status >= 400;
}

const DEFAULT_PAGE = 30;
const LARGEST_PAGE = 100;

/** The page that the query asks for, and the Link header that leads to the others. `url` is the request's own. */
export function page<T>(items: readonly T[], url: URL): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? DEFAULT_PAGE) || DEFAULT_PAGE, LARGEST_PAGE);
  const current = Math.max(Number(url.searchParams.get('page') ?? 1) || 1, 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const link = (number: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set('page', String(number));
    return `<${target}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, 'prev'), link(1, 'first')] : []),
    ...(current < last ? [link(current + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    items: items.slice((current - 1) * size, current * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}
