/** The environment, checked once at start; everything that is wrong is named at the same time. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { AppError } from '#domain/errors.ts';

const Port = z.coerce.number().int().min(0).max(65_535);
const Count = z.coerce.number().int().min(1).max(64);

/** Most of a review is waiting for GitHub; each may hold up to 200 MiB of a change in memory. */
export const DEFAULT_CONCURRENCY = 24;

const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('localhost'),
  PORT: Port.default(3000),
  APP_ID: z.coerce.number('the number of the App, not its client id').int().positive().optional(),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  /** The old secret while a new one is rolled out. */
  WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'starts with postgres://')
    .optional(),
  DATA_DIR: z.string().default('./data'),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_URL: z.url().default('https://github.com'),
  CONCURRENCY: Count.default(DEFAULT_CONCURRENCY),
  THREADS: Count.default(Math.max(1, availableParallelism() - 1)),
  /** `off`: no vendor is asked about a secret, whatever the policies say. */
  VERIFICATION: z.enum(['on', 'off']).default('on'),
  CLONE_CACHE_MB: z.coerce.number().int().min(100).default(10_240),
  LOG_FORMAT: z.enum(['json', 'pretty']).optional(),
  LOG_LEVEL: z.enum(['info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecrets: readonly string[];
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Where the REST API stands, without a slash at the end; GraphQL is found from it. */
  readonly githubApiUrl: string;
  /** Where people and git go, without a slash at the end. */
  readonly githubUrl: string;
  /** Reviews at once. */
  readonly concurrency: number;
  /** Analysis threads. */
  readonly threads: number;
  /** Whether vendors may be asked about secrets, where a policy wants that. */
  readonly verification: 'on' | 'off';
  readonly cloneCacheBytes: number;
  readonly logLevel: string;
  readonly logFormat: 'json' | 'pretty';
}

/** `set-up`: there are no credentials at all, and this is no production machine. */
export type Start =
  | { readonly mode: 'serve'; readonly config: Config }
  | { readonly mode: 'set-up'; readonly port: number };

/** @throws AppError `invalid-configuration` that names every problem, one a line. */
export function readConfig(variables: NodeJS.ProcessEnv): Start {
  // An empty variable is how compose files and shells spell "not set".
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const credentials = readCredentials(given, problems);
  const production = given.NODE_ENV === 'production';
  const nothingGiven =
    given.APP_ID === undefined && credentials.privateKey === undefined && given.WEBHOOK_SECRET === undefined;
  if (problems.length === 0 && parsed.success && nothingGiven && !production)
    return { mode: 'set-up', port: parsed.data.PORT };

  if (given.APP_ID === undefined) problems.push('APP_ID: missing: the number of the App, from its settings page');
  if (given.PRIVATE_KEY === undefined && given.PRIVATE_KEY_PATH === undefined) {
    problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH: missing: the App's private key (PEM), from its settings page");
  }
  if (given.WEBHOOK_SECRET === undefined)
    problems.push('WEBHOOK_SECRET: missing: the secret that GitHub signs deliveries with');
  if (problems.length > 0 || !parsed.success) {
    throw new AppError(
      'invalid-configuration',
      `cannot start: the environment is incomplete or wrong\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  const env = parsed.data;
  return {
    mode: 'serve',
    config: {
      host: env.HOST,
      port: env.PORT,
      appId: env.APP_ID!,
      privateKey: credentials.privateKey!,
      webhookSecrets: [
        env.WEBHOOK_SECRET!,
        ...(env.WEBHOOK_SECRET_PREVIOUS === undefined ? [] : [env.WEBHOOK_SECRET_PREVIOUS]),
      ],
      databaseUrl: env.DATABASE_URL ?? null,
      dataDir: env.DATA_DIR,
      githubApiUrl: env.GITHUB_API_URL.replace(/\/+$/, ''),
      githubUrl: env.GITHUB_URL.replace(/\/+$/, ''),
      concurrency: env.CONCURRENCY,
      threads: env.THREADS,
      verification: env.VERIFICATION,
      cloneCacheBytes: env.CLONE_CACHE_MB * 1024 * 1024,
      logLevel: env.LOG_LEVEL,
      logFormat: env.LOG_FORMAT ?? (production ? 'json' : 'pretty'),
    },
  };
}

/** The key as PEM text: given as it is, with `\n` for its line ends, or in base64. */
function readCredentials(variables: NodeJS.ProcessEnv, problems: string[]): { privateKey: string | undefined } {
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = variables;
  if (inline !== undefined) {
    const text = inline.includes('-----BEGIN') ? inline : Buffer.from(inline, 'base64').toString('utf8');
    if (text.includes('-----BEGIN')) return { privateKey: text.replaceAll('\\n', '\n') };
    problems.push('PRIVATE_KEY: not a PEM key (nor one in base64)');
  } else if (path !== undefined) {
    if (existsSync(path)) return { privateKey: readFileSync(path, 'utf8') };
    problems.push(`PRIVATE_KEY_PATH: no such file: ${path}`);
  }
  return { privateKey: undefined };
}
