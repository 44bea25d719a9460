/** The rules that no rule file holds: they speak of the review itself. */
import { SUPPRESSION_RULE } from '#baseline/suppressions.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { ARCHIVE_RULE } from './archive-limits.ts';

export const OWN_RULES: readonly RuleInfo[] = [SUPPRESSION_RULE, ARCHIVE_RULE];
