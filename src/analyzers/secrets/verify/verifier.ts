/** Asks the vendor of a sealed secret whether it is active; nothing but the answer comes back. */
import { randomUUID } from 'node:crypto';
import { RE2JS } from 're2js';
import { expand, shapeOf } from '#analyzers/secrets/samples/template.ts';
import { unseal } from '#analyzers/secrets/seal.ts';
import type { SealedSecret } from '#domain/sealed-secret.ts';
import type { UnknownReason, VendorAnswer } from '#domain/verification.ts';
import { ASK_LIMIT_MS, ask } from './ask.ts';
import { meaningOf } from './meaning.ts';
import { questionOf } from './request.ts';
import { type Vendor, vendorOf } from './vendor-file.ts';

/** How long it counts that a vendor tells secrets from made-up ones (milliseconds). */
export const MADE_UP_KEPT_MS = 6 * 60 * 60 * 1000;
/** How long a vendor is left alone that gave no answer, or had enough of questions (milliseconds). */
export const SILENT_MS = 60_000;
/** A longer text is no secret of any vendor (UTF-16 units). */
const MAX_SECRET = 1_000;

export interface Verifier {
  /** Never rejects for what a vendor does. `ruleId` is the detector that found the secret. */
  verify(secret: SealedSecret, ruleId: string): Promise<VendorAnswer>;
}

export interface VerifierOptions {
  /** For tests: what stands for a vendor's origin (`https://api.example.com`); then no other one is asked. */
  readonly origins?: Readonly<Record<string, string>> | undefined;
  readonly limitMs?: number;
  /** Milliseconds. */
  readonly clock?: () => number;
}

interface Shape {
  readonly template: string;
  readonly expression: RE2JS;
}

export function createVerifier(vendors: readonly Vendor[], options: VerifierOptions = {}): Verifier {
  const { origins, limitMs = ASK_LIMIT_MS, clock = () => performance.now() } = options;
  const shapes = new Map(
    vendors.flatMap(({ detectors }) =>
      Object.entries(detectors).map(([ruleId, templates]) => [ruleId, templates.map(toShape)] as const),
    ),
  );
  const madeUp = new Map<string, { readonly until: number; readonly problem: Promise<UnknownReason | null> }>();
  /** Until when each is left alone. */
  const silent = new Map<Vendor, number>();

  async function put(vendor: Vendor, clear: string): Promise<VendorAnswer> {
    const question = questionOf(vendor, clear);
    const url = placeOf(question.url, origins);
    if (url === null || (silent.get(vendor) ?? 0) > clock()) return unknown('no-answer');
    const answer = meaningOf(vendor, await ask({ ...question, url }, limitMs));
    if (answer.reason === 'no-answer') silent.set(vendor, clock() + SILENT_MS);
    return answer;
  }

  /** What is wrong with a vendor's yes to secrets of this shape. A yes to a made-up one is worth as little as no answer to it. */
  async function askMadeUp(vendor: Vendor, { template }: Shape): Promise<UnknownReason | null> {
    const reply = await put(vendor, expand(template, randomUUID()).text);
    if (reply.answer === 'active') return 'says-yes-to-anything';
    return reply.reason === 'no-answer' ? 'no-answer' : null;
  }

  function problemWithYes(vendor: Vendor, shape: Shape): Promise<UnknownReason | null> {
    const key = `${vendor.vendor}\0${shape.template}`;
    const known = madeUp.get(key);
    if (known !== undefined && known.until > clock()) return known.problem;
    const problem = askMadeUp(vendor, shape);
    madeUp.set(key, { until: clock() + MADE_UP_KEPT_MS, problem });
    // No answer says nothing about the next time.
    void problem.then((reason) => reason === 'no-answer' && madeUp.delete(key));
    return problem;
  }

  return {
    async verify(secret, ruleId) {
      const [clear = ''] = unseal(secret);
      const vendor = vendorOf(vendors, ruleId);
      if (vendor === null || clear.length > MAX_SECRET) return unknown('not-sent');
      const shape = shapes.get(ruleId)?.find(({ expression }) => expression.test(clear));
      if (shape === undefined) return unknown('not-sent');
      const answer = await put(vendor, clear);
      if (answer.answer !== 'active') return answer;
      const problem = await problemWithYes(vendor, shape);
      return problem === null ? answer : unknown(problem);
    },
  };
}

function toShape(template: string): Shape {
  return { template, expression: RE2JS.compile(shapeOf(template)) };
}

function placeOf(url: string, origins: VerifierOptions['origins']): string | null {
  if (origins === undefined) return url;
  const { origin } = new URL(url);
  return Object.hasOwn(origins, origin) ? origins[origin] + url.slice(origin.length) : null;
}

function unknown(reason: UnknownReason): VendorAnswer {
  return { answer: 'unknown', reason };
}
