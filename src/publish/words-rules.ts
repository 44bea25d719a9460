/** What `assay rules` prints, and what is wrong with a rule file. Rules may be anybody's, so their text is made harmless too. */
import type { RuleInfo, RuleProblem } from '#domain/rule.ts';
import { visible, visibleLines } from './escape.ts';
import { suppressionComment } from './words-accept.ts';
import { count, firstSentence, SEVERITY_NAMES, wrap } from './words-plain.ts';

const WIDTH = 100;

/** One line a rule: severity, id, and the first sentence of what it says. */
export function renderRuleList(rules: readonly RuleInfo[]): string {
  const idWidth = Math.max(0, ...rules.map(({ id }) => visible(id).length));
  const lines = rules.map(({ id, severity, message }) =>
    `${SEVERITY_NAMES[severity].padEnd(8)}  ${visible(id).padEnd(idWidth)}  ${firstSentence(visible(message))}`.trimEnd(),
  );
  return [...lines, '', `${count(rules.length, 'rule')}; assay rules ID says all about one.`, ''].join('\n');
}

export function renderRule({ id, severity, confidence, message, cwe, references, revoke, source }: RuleInfo): string {
  const paragraphs = visibleLines(message)
    .trim()
    .split(/\n\s*\n/);
  const body = paragraphs.map((paragraph) => wrap(paragraph, WIDTH, '')).join('\n\n');
  const facts = [
    `severity    ${SEVERITY_NAMES[severity]}`,
    `confidence  ${confidence}`,
    ...cwe.map((name) => `weakness    ${visible(name)}`),
    ...references.map((address) => `see         ${visible(address)}`),
    ...(revoke === undefined ? [] : [`revoke at   ${visible(revoke)}`]),
    `rule file   ${visible(source)}`,
    `suppress    ${suppressionComment(visible(id))}`,
  ];
  return `${visible(id)}\n\n${body}\n\n${facts.join('\n')}\n`;
}

/** A place in a rule file that cannot be used, as compilers say it. */
export function ruleProblemLine({ path, line, column, ruleId, kind, message }: RuleProblem): string {
  const rule = ruleId === null ? '' : `rule ${ruleId}: `;
  return visible(`${path}:${line}:${column}: ${kind}: ${rule}${message}`);
}
