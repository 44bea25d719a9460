/** A team's own Gitleaks files as they are read for a review: from the base commit, so that no change decides about itself. */
import type { RuleFile } from './rule.ts';

export const TEAM_RULES_PATH = '.gitleaks.toml';
export const TEAM_IGNORE_PATH = '.gitleaksignore';

/** What a thread needs to make the detectors. */
export interface TeamRules {
  /** Hex; the same for the same rules. */
  readonly digest: string;
  readonly config: RuleFile;
  /** By their paths: the files that it extends. */
  readonly extended: Readonly<Record<string, string>>;
  /** False where the organisation's policy lets no repository disable rules: then it only adds to ours. */
  readonly mayLoosen: boolean;
}
