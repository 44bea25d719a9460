/** What a policy file may say: `.github/assay.yml` of a repository, and of an organisation's `.github` repository. */
import { LineCounter, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Severity } from '#domain/severity.ts';
import { parseGlob } from './glob.ts';
import { MAX_PROBLEMS, type PolicyProblem, problemAt, schemaProblems, yamlProblems } from './policy-problems.ts';
import { tooManyTokens } from './policy-shape.ts';
import { futureIssues, MAX_WAIVERS, Waiver } from './waiver.ts';

export const POLICY_PATH = '.github/assay.yml';

/** UTF-16 units; a longer file is refused before it is parsed. */
const MAX_LENGTH = 64 * 1024;
/**
 * YAML 1.2's core types and nothing else, whatever the file's own directives and tags ask for. That keys are unique is
 * checked with the shape: the parser compares each with every other.
 */
const YAML_OPTIONS = {
  schema: 'core',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;
const MAX_ITEMS = 500;
const MAX_PATTERNS = 100;

/** The settings that a repository may only loosen when its organisation delegates them. */
export const DELEGABLE = [
  'fail-on',
  'ignore-paths',
  'disable-rules',
  'severity',
  'drafts',
  'incomplete',
  'suppressions',
  'verification',
  'archives',
  'waivers',
] as const;
export const Delegable = z.enum(DELEGABLE);
export type Delegable = z.infer<typeof Delegable>;

/** `never` lets every finding pass. */
export const FailOn = z.enum([...Severity.options, 'never']);
export type FailOn = z.infer<typeof FailOn>;

const RuleId = z.string().regex(/^\S{1,200}$/, 'is not a rule id');

const PathPattern = z
  .string()
  .max(200, 'is longer than 200 characters')
  .superRefine((pattern, context) => {
    const glob = parseGlob(pattern);
    if (!glob.ok) context.addIssue({ code: 'custom', message: glob.problem });
  });

const list = <T extends z.ZodType>(item: T, max = MAX_ITEMS) => z.array(item).max(max, `has more than ${max} items`);

export const PolicyFile = z.strictObject({
  version: z.literal(1).optional(),
  /** New findings of this severity or worse block the merge. */
  'fail-on': FailOn.optional(),
  'ignore-paths': list(PathPattern, MAX_PATTERNS).optional(),
  rules: z
    .strictObject({ disable: list(RuleId).optional(), severity: z.record(RuleId, Severity).optional() })
    .optional(),
  drafts: z.enum(['review', 'skip']).optional(),
  /** What a review concludes as when it could not read all that it should have read. */
  incomplete: z.enum(['success', 'neutral', 'failure']).optional(),
  /** `new`: whether a suppression counts that the pull request itself adds. */
  suppressions: z.strictObject({ new: z.enum(['allow', 'refuse']).optional() }).optional(),
  /** What an archive over a limit becomes besides being reported as not read. */
  archives: z.strictObject({ 'above-limit': z.enum(['report', 'finding']).optional() }).optional(),
  /** Which detectors' secrets their vendors are asked about, and whether also for pull requests from forks. */
  verification: z
    .strictObject({ detectors: list(RuleId, MAX_PATTERNS).optional(), forks: z.boolean().optional() })
    .optional(),
  /** Secrets that have been rotated: then those of a change's history resolve. */
  waivers: list(Waiver, MAX_WAIVERS).optional(),
  /** In an organisation's file only: what its repositories may loosen. */
  delegate: list(Delegable).optional(),
});
export type PolicyFile = z.infer<typeof PolicyFile>;

/** `policy` is null exactly when there are problems: a file that is wrong in one place counts nowhere. */
export interface ParsedPolicy {
  readonly path: string;
  readonly policy: PolicyFile | null;
  readonly problems: readonly PolicyProblem[];
}

/** `path` is for messages. Never throws, whatever the text; an empty file is a policy that says nothing. */
export function parsePolicy(text: string, path: string, now = new Date()): ParsedPolicy {
  const broken = (problems: readonly PolicyProblem[]): ParsedPolicy => ({
    path,
    policy: null,
    problems: problems.slice(0, MAX_PROBLEMS),
  });
  if (text.length > MAX_LENGTH) {
    return unreadablePolicy(path, 'the file is longer than 64 KiB');
  }

  const excess = tooManyTokens(text);
  if (excess !== null) {
    const before = text.slice(0, excess.offset);
    const line = before.split('\n').length;
    return broken([{ path, line, column: excess.offset - before.lastIndexOf('\n'), key: '', message: excess.message }]);
  }

  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { ...YAML_OPTIONS, lineCounter: lines });
  if (!Array.isArray(parsed) || parsed[0] === undefined) return { path, policy: {}, problems: [] };
  const [document, second] = parsed;
  const at = { path, text, lines, document };

  const syntax = yamlProblems(at);
  if (second !== undefined) {
    syntax.push(problemAt(at, second.range[0], '', 'a policy file is one YAML document, and a second one starts here'));
  }
  if (syntax.length > 0) return broken(syntax);

  const content: unknown = document.toJS();
  const result = PolicyFile.safeParse(content ?? {});
  const issues = result.success ? futureIssues(result.data.waivers ?? [], now) : result.error.issues;
  if (result.success && issues.length === 0) return { path, policy: result.data, problems: [] };
  return broken(schemaProblems(at, issues, content, KNOWN_KEYS));
}

/** For a file that is there and has no text that could be parsed. `problem` is a clause. */
export function unreadablePolicy(path: string, problem: string): ParsedPolicy {
  return { path, policy: null, problems: [{ path, line: 1, column: 1, key: '', message: problem }] };
}

const KNOWN_KEYS = {
  '': Object.keys(PolicyFile.shape),
  rules: Object.keys(PolicyFile.shape.rules.unwrap().shape),
  suppressions: Object.keys(PolicyFile.shape.suppressions.unwrap().shape),
  archives: Object.keys(PolicyFile.shape.archives.unwrap().shape),
  verification: Object.keys(PolicyFile.shape.verification.unwrap().shape),
  'waivers.*': Object.keys(Waiver.shape),
};
