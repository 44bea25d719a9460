/** The policy that a review runs on: what the repository asks for, held above the organisation's floor. */
import { createHash } from 'node:crypto';
import { Severity } from '#domain/severity.ts';
import {
  brokenNotes,
  type FloorName,
  loosenedListNote,
  loosenedNote,
  misplacedDelegateNote,
  type PolicyNote,
} from './notes.ts';
import type { Delegable, FailOn, ParsedPolicy, PolicyFile } from './policy-file.ts';
import { NO_VERIFICATION, type VerificationPolicy, verificationAbove, verificationOver } from './verification.ts';
import type { Waiver } from './waiver.ts';
import { waiversAbove } from './waivers.ts';

export interface Policy {
  readonly failOn: FailOn;
  readonly ignorePaths: readonly string[];
  readonly disabledRules: readonly string[];
  /** By rule id: what its findings count as. */
  readonly severity: Readonly<Record<string, Severity>>;
  /** By rule id: what its findings count as at least; asked for by a repository that may not lower a severity. */
  readonly minimumSeverity: Readonly<Record<string, Severity>>;
  readonly drafts: 'review' | 'skip';
  /** What a review concludes as that could not read all that it should have read. */
  readonly incomplete: 'success' | 'neutral' | 'failure';
  /** Whether a suppression counts that the change itself adds. */
  readonly newSuppressions: 'allow' | 'refuse';
  /** Whether an archive over a limit is a finding, and not only reported as not read. */
  readonly archivesAboveLimit: 'report' | 'finding';
  readonly verification: VerificationPolicy;
  /** Secrets that somebody has rotated. */
  readonly waivers: readonly Waiver[];
}

export interface EffectivePolicy {
  readonly policy: Policy;
  readonly notes: readonly PolicyNote[];
  /** True when a file could not be used: the review is then incomplete. */
  readonly broken: boolean;
  /** SHA-256 in hex, of the policy alone: two files that come to the same have the same. */
  readonly digest: string;
}

export const DEFAULT_POLICY: Policy = {
  failOn: 'high',
  ignorePaths: [],
  disabledRules: [],
  severity: {},
  minimumSeverity: {},
  drafts: 'review',
  incomplete: 'neutral',
  newSuppressions: 'allow',
  archivesAboveLimit: 'report',
  verification: NO_VERIFICATION,
  waivers: [],
};

/** From the strictest to the loosest. */
const STRICTNESS = {
  'fail-on': ['info', 'low', 'medium', 'high', 'critical', 'never'],
  drafts: ['review', 'skip'],
  incomplete: ['failure', 'neutral', 'success'],
  suppressions: ['refuse', 'allow'],
  archives: ['finding', 'report'],
  severity: Severity.options,
} as const satisfies Partial<Record<Delegable, readonly string[]>>;

/**
 * `null` stands for a file that is not there. Without an organisation's file the repository decides freely. With one,
 * even a broken one, the repository may tighten, and loosens only what the floor delegates. A broken file says nothing.
 */
export function effectivePolicy(files: {
  readonly organization: ParsedPolicy | null;
  readonly repository: ParsedPolicy | null;
}): EffectivePolicy {
  const { organization, repository } = files;
  const floor = organization?.policy ? asWritten(organization.policy) : DEFAULT_POLICY;
  const notes: PolicyNote[] = [];
  if (organization) notes.push(...brokenNotes(organization, 'default'));
  let policy = floor;
  if (repository?.policy && organization === null) policy = asWritten(repository.policy);
  if (repository?.policy && organization !== null) {
    const floorName = organization.policy === null ? 'default' : 'organization';
    const held = above(floor, organization.policy?.delegate ?? [], floorName, repository.policy, repository.path);
    policy = held.policy;
    notes.push(...held.notes);
  }
  if (repository) notes.push(...brokenNotes(repository, organization?.policy ? 'organization' : 'default'));
  if (repository?.policy?.delegate !== undefined) notes.push(misplacedDelegateNote(repository.path));
  const broken = organization?.policy === null || repository?.policy === null;
  return { policy, notes, broken, digest: digestOf(policy) };
}

function asWritten(file: PolicyFile): Policy {
  return {
    failOn: file['fail-on'] ?? DEFAULT_POLICY.failOn,
    ignorePaths: file['ignore-paths'] ?? [],
    disabledRules: file.rules?.disable ?? [],
    severity: file.rules?.severity ?? {},
    minimumSeverity: {},
    drafts: file.drafts ?? DEFAULT_POLICY.drafts,
    incomplete: file.incomplete ?? DEFAULT_POLICY.incomplete,
    newSuppressions: file.suppressions?.new ?? DEFAULT_POLICY.newSuppressions,
    archivesAboveLimit: file.archives?.['above-limit'] ?? DEFAULT_POLICY.archivesAboveLimit,
    verification: verificationOver(NO_VERIFICATION, file.verification),
    waivers: file.waivers ?? [],
  };
}

function above(
  floor: Policy,
  delegated: readonly Delegable[],
  floorName: FloorName,
  file: PolicyFile,
  path: string,
): { policy: Policy; notes: PolicyNote[] } {
  const notes: PolicyNote[] = [];

  const pick = <T extends string>(
    setting: keyof typeof STRICTNESS,
    key: string,
    stands: T,
    wanted: T | undefined,
  ): T => {
    const order: readonly string[] = STRICTNESS[setting];
    if (wanted === undefined || wanted === stands) return stands;
    if (delegated.includes(setting) || order.indexOf(wanted) < order.indexOf(stands)) return wanted;
    notes.push(loosenedNote(path, floorName, key, wanted, stands));
    return stands;
  };

  const extend = (setting: Delegable, key: string, stands: readonly string[], wanted: readonly string[] = []) => {
    const added = wanted.filter((item) => !stands.includes(item));
    if (added.length === 0 || delegated.includes(setting)) return [...stands, ...added];
    notes.push(loosenedListNote(path, floorName, key, added));
    return stands;
  };

  const severity = { ...floor.severity };
  const minimumSeverity: Record<string, Severity> = {};
  for (const [ruleId, wanted] of Object.entries(file.rules?.severity ?? {})) {
    const stands = Object.hasOwn(floor.severity, ruleId) ? floor.severity[ruleId] : undefined;
    if (stands !== undefined) severity[ruleId] = pick('severity', `rules.severity.${ruleId}`, stands, wanted);
    else if (delegated.includes('severity')) severity[ruleId] = wanted;
    else minimumSeverity[ruleId] = wanted;
  }

  const asked = verificationAbove(floor.verification, file.verification, {
    delegated: delegated.includes('verification'),
    floorName,
    path,
  });

  const waived = waiversAbove(floor.waivers, file.waivers, {
    delegated: delegated.includes('waivers'),
    floorName,
    path,
  });

  const policy: Policy = {
    failOn: pick('fail-on', 'fail-on', floor.failOn, file['fail-on']),
    ignorePaths: extend('ignore-paths', 'ignore-paths', floor.ignorePaths, file['ignore-paths']),
    disabledRules: extend('disable-rules', 'rules.disable', floor.disabledRules, file.rules?.disable),
    severity,
    minimumSeverity,
    drafts: pick('drafts', 'drafts', floor.drafts, file.drafts),
    incomplete: pick('incomplete', 'incomplete', floor.incomplete, file.incomplete),
    newSuppressions: pick('suppressions', 'suppressions.new', floor.newSuppressions, file.suppressions?.new),
    archivesAboveLimit: pick(
      'archives',
      'archives.above-limit',
      floor.archivesAboveLimit,
      file.archives?.['above-limit'],
    ),
    verification: asked.verification,
    waivers: waived.waivers,
  };
  return { policy, notes: [...notes, ...asked.notes, ...waived.notes] };
}

function digestOf(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
