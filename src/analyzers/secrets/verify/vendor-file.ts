/** What is known of a vendor: which detectors find its secrets, what it may be asked, and what its answers mean. Data beside the rules. */
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { findTemplateProblem } from '#analyzers/secrets/samples/template.ts';
import { AppError } from '#domain/errors.ts';
import type { RuleFile } from '#domain/rule.ts';

const HttpsUrl = z.url({ protocol: /^https$/, hostname: z.regexes.domain });
const HeaderName = z.string().regex(/^[a-z][a-z0-9-]*$/);
const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Where the secret stands in the request: in one place, and never in the address, which ends up in other people's logs. */
const Credential = z.union([
  z.strictObject({
    header: HeaderName,
    scheme: z
      .string()
      .regex(/^[A-Za-z]+$/)
      .optional(),
  }),
  z.strictObject({ basic: z.enum(['user', 'password']), other: z.string().default('') }),
  z.strictObject({ body: z.string() }),
]);

/** All of it must hold. A redirect is no answer. */
const Condition = z.strictObject({
  status: z
    .number()
    .int()
    .min(200)
    .max(499)
    .refine((status) => status < 300 || status >= 400),
  /** By dotted path: the value that stands there, or one of several. */
  equals: z.record(z.string(), z.union([Scalar, z.array(Scalar).min(1)])).optional(),
  /** Dotted paths at which there is a value that is not null. */
  has: z.array(z.string()).min(1).optional(),
});
export type Condition = z.infer<typeof Condition>;

const Template = z.string().refine((template) => findTemplateProblem(template) === null, 'not a template');

const VendorFile = z.strictObject({
  /** Its name for people. */
  vendor: z.string().regex(/^[\w.& ()-]{2,40}$/),
  /** Where the vendor documents the request and its answers. */
  sources: z.array(HttpsUrl).min(1),
  /** By detector: the shapes of its secrets. What has none of them is not sent, and made-up ones are of the same shape. */
  detectors: z.record(z.string(), z.array(Template).min(1)),
  request: z.strictObject({
    method: z.enum(['GET', 'POST']),
    url: HttpsUrl,
    credential: Credential,
    headers: z.record(HeaderName, z.string().regex(/^[\x20-\x7e]+$/)).default({}),
    /** Sent as JSON. */
    body: z.record(z.string(), z.json()).optional(),
  }),
  active: z.array(Condition).min(1),
  inactive: z.array(Condition).default([]),
  /** Refusals that a secret gets as well which works elsewhere: on a server of somebody's own, at another service, from another address. */
  refused: z.array(Condition).default([]),
});
export type Vendor = z.infer<typeof VendorFile>;

/** @throws AppError `invalid-rules` that names the file and what is wrong in it. */
export function readVendors(files: readonly RuleFile[]): Vendor[] {
  return files.map(({ path, text }) => {
    const result = VendorFile.safeParse(parseYaml(path, text));
    if (result.success) return result.data;
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('invalid-rules', `${path}: ${problems.join('; ')}`);
  });
}

/** The vendor that can be asked about what a detector finds. */
export function vendorOf(vendors: readonly Vendor[], ruleId: string): Vendor | null {
  return vendors.find(({ detectors }) => Object.hasOwn(detectors, ruleId)) ?? null;
}

/** The detectors whose secrets have a vendor that can be asked. */
export function verifiable(vendors: readonly Vendor[]): string[] {
  return vendors.flatMap(({ detectors }) => Object.keys(detectors));
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new AppError('invalid-rules', `${path}: ${error.message}`);
    throw error;
  }
}
