/** After the verdict: asks vendors about its new secrets, where the policy wants that. The answers are evidence; the verdict stands. */
import type { InspectionPool } from '#analyzers/run.ts';
import { readVendors, type Vendor, vendorOf, verifiable } from '#analyzers/secrets/verify/vendor-file.ts';
import type { WholeChange } from '#domain/change-set.ts';
import type { InspectionTask } from '#domain/inspection.ts';
import type { Location } from '#domain/location.ts';
import { withoutRandomWords } from '#domain/random-words.ts';
import type { RuleFile, RuleInfo } from '#domain/rule.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import type { VendorAnswer } from '#domain/verification.ts';
import type { PullTexts } from '#inspection/inspect-history.ts';
import { NAMES, textOfNames } from '#inspection/secret-paths.ts';
import { notVerifiedNote } from '#policy/notes.ts';
import { type VerificationPolicy, verificationNotes } from '#policy/verification.ts';

/** Secrets of one review that vendors are asked about, the worst first. */
export const MAX_VERIFIED = 20;
/** What all questions of one review may take, waiting for other reviews' included (milliseconds). */
export const VERIFICATION_LIMIT_MS = 30_000;
/** What the secrets of one file may take: found again, asked about, and a made-up one asked about (milliseconds). */
export const FILE_LIMIT_MS = 20_000;

/** How vendors are asked: by threads of their own, or not at all, for a reason that is told. */
export interface Verification {
  /** The vendors' files. */
  readonly vendors: readonly RuleFile[];
  readonly by: Pick<InspectionPool, 'run'> | 'command-line' | 'switched-off';
  /** Whether the change is somebody's who cannot write to the repository. */
  readonly fork: boolean;
}

const WHY_NOT = {
  fork: 'the pull request comes from a fork',
  'command-line': 'the command line asks no vendor',
  'switched-off': 'this server has verification switched off',
} as const;

export interface VerifyOptions {
  readonly texts?: PullTexts | null;
  readonly policy: VerificationPolicy;
  readonly verification: Verification;
  /** The rules that ran. */
  readonly rules: readonly RuleInfo[];
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
}

/** `verdict` still has its paths in clear. */
export async function verifySecrets(verdict: Verdict, change: WholeChange, options: VerifyOptions): Promise<Verdict> {
  const { policy, verification, rules, texts = null, now, signal } = options;
  if (policy.detectors.length === 0) return verdict;
  const vendors = readVendors(verification.vendors);
  const vendorsOf = new Map(policy.detectors.map((ruleId) => [ruleId, vendorOf(vendors, ruleId)]));
  const isWanted = ({ ruleId, evidence }: JudgedFinding) => evidence !== undefined && vendorsOf.get(ruleId) != null;
  const wanted = [...verdict.blocking, ...verdict.advisory].filter(isWanted);
  const { by, fork } = verification;
  const pool = typeof by === 'string' || (fork && !policy.forks) ? null : by;
  const notes = verificationNotes(policy, new Set(rules.map(({ id }) => id)), verifiable(vendors));
  if (pool === null && wanted.length > 0)
    notes.push(notVerifiedNote(wanted.length, WHY_NOT[typeof by === 'string' ? by : 'fork']));
  const told = { ...verdict, notes: [...verdict.notes, ...notes.map(({ sentence }) => withoutRandomWords(sentence))] };
  if (pool === null || wanted.length === 0) return told;

  const tasks = tasksFor(wanted.slice(0, MAX_VERIFIED), (place) => bytesAt(place, change, texts), now);
  const inspections = await pool.run(tasks, {
    limitMs: VERIFICATION_LIMIT_MS,
    waitMs: VERIFICATION_LIMIT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const answers = new Map(inspections.flatMap(({ verified = {} }) => Object.entries(verified)));
  const on = now.toISOString().slice(0, 10);
  const answered = (finding: JudgedFinding) =>
    isWanted(finding) ? withAnswer(finding, vendorsOf.get(finding.ruleId)!, answers, on) : finding;
  return { ...told, blocking: verdict.blocking.map(answered), advisory: verdict.advisory.map(answered) };
}

/** One for each text that has one of the findings. */
function tasksFor(
  findings: readonly JudgedFinding[],
  readAt: (place: Location) => Uint8Array | null,
  now: Date,
): InspectionTask[] {
  const isInName = ({ evidence }: JudgedFinding) => evidence!.inFileName === true;
  const task = (path: string, bytes: Uint8Array, asked: readonly JudgedFinding[]): InspectionTask => ({
    path,
    side: 'head',
    bytes,
    now: now.getTime(),
    ask: asked.map(({ fingerprint, ruleId }) => ({ fingerprint, ruleId })),
  });
  const inNames = findings.filter(isInName);
  const inTexts = Map.groupBy(
    findings.filter((finding) => !isInName(finding)),
    ({ location: { path, commit, text } }) => JSON.stringify([path, commit, text]),
  );
  return [
    ...[...inTexts.values()].flatMap((asked) => {
      const { location } = asked[0]!;
      const bytes = readAt(location);
      return bytes === null ? [] : [task(location.path, bytes, asked)];
    }),
    ...(inNames.length === 0 ? [] : [task(NAMES, textOfNames(inNames.map(({ location }) => location.path)), inNames)]),
  ];
}

/** The text that a place is in: a file's at the head or in an earlier commit, a message, or what the pull request says of itself. */
function bytesAt(
  { path, commit, text }: Location,
  { files, history }: WholeChange,
  texts: PullTexts | null,
): Uint8Array | null {
  if (text !== undefined) {
    const message = history.messages.find((one) => one.commit === commit)?.text;
    const said = text === 'message' ? message : texts?.[text];
    return said === undefined ? null : new TextEncoder().encode(said);
  }
  if (commit === undefined) return files.find((file) => file.path === path)?.head?.bytes ?? null;
  const past = history.changes.find((one) => one.commit === commit && one.path === path);
  return history.contents.get(past?.oid ?? '') ?? null;
}

function withAnswer(
  finding: JudgedFinding,
  { vendor }: Vendor,
  answers: ReadonlyMap<string, VendorAnswer>,
  on: string,
): JudgedFinding {
  const answer = answers.get(finding.fingerprint) ?? { answer: 'unknown', reason: 'not-asked' };
  return { ...finding, evidence: { ...finding.evidence!, verified: { ...answer, vendor, on } } };
}
