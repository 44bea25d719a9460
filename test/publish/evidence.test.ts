/** What people read of a secret: why it fired, where else it stands, and where it is revoked. */
import { describe, expect, it } from 'vitest';
import type { JudgedFinding } from '#domain/verdict.ts';
import type { Verified } from '#domain/verification.ts';
import { toAnnotations } from '#publish/annotations.ts';
import { renderJson } from '#publish/json.ts';
import { renderSarif } from '#publish/sarif.ts';
import { renderSummary } from '#publish/summary.ts';
import { renderText } from '#publish/terminal.ts';
import { renderRule } from '#publish/words-rules.ts';
import { finding, rule } from '#test/policy/judged.ts';
import { emptyVerdict, LINKS } from '#test/publish/verdicts.ts';

const PAGE = 'https://vendor.example/keys';
const at = (path: string, startLine: number) => ({ path, startLine, startColumn: 5, endLine: startLine, endColumn: 9 });
const found = (change: Partial<JudgedFinding> = {}) =>
  finding({
    ruleId: 'vendor-token',
    analyzer: 'secrets',
    message: 'A token.',
    excerpt: 'k = "v_…(40)"',
    blocking: true,
    evidence: { entropy: 4.25, decoders: ['base64', 'hex'], revoke: PAGE },
    locations: [{ ...at('eda.ipynb', 203), cell: { number: 4, execution: 7, line: 2 } }, at('b.py', 2)],
    knownAt: [at('old.py', 9)],
    ...change,
    location: at('a.py', 1),
  });
const verdict = (change?: Partial<JudgedFinding>) => emptyVerdict({ conclusion: 'failure', blocking: [found(change)] });
const META = { version: '1.0.0', base: null, head: null };

describe('a secret', () => {
  it('is annotated at each of its places, and each names the others', () => {
    const annotations = toAnnotations(verdict());
    expect(annotations.map(({ path, startLine }) => `${path}:${startLine}`)).toEqual([
      'a.py:1',
      'eda.ipynb:203',
      'b.py:2',
    ]);
    expect(annotations[0]!.message).toContain('entropy 4.3 bits per character, decoded from base64 → hex');
    expect(annotations[0]!.message).toContain(`Revoke it: ${PAGE}`);
    expect(annotations[0]!.message).toContain('also at: eda.ipynb:203 (cell 4 (In [7]), line 2), b.py:2');
    expect(annotations[0]!.message).toContain('before this change at: old.py:9');
    expect(annotations[2]!.message).toContain('also at: a.py:1, eda.ipynb:203');
  });

  it('has one entry in the summary, with links to all of its places', () => {
    const summary = renderSummary(verdict(), { ...LINKS, annotated: 1 });
    expect(summary.match(/#### /g)).toHaveLength(1);
    for (const place of ['a.py#L1', 'eda.ipynb?plain=1#L203', 'b.py#L2', 'old.py#L9']) expect(summary).toContain(place);
    expect(summary).toContain(`(${PAGE})`);
    expect(summary).toContain('base64 → hex');
  });

  it('is explained on a terminal', () => {
    const text = renderText(verdict(), { color: false, width: 120 });
    expect(text).toContain('Why: vendor-token, entropy 4.3 bits per character, decoded from base64 → hex');
    expect(text).toContain(`Revoke it: ${PAGE}`);
    expect(text).toContain('The same secret also at: eda.ipynb:203');
  });

  it('has its evidence and places in JSON and SARIF', () => {
    const [json] = JSON.parse(renderJson(verdict(), META)).findings;
    expect(json).toMatchObject({
      evidence: { entropy: 4.25, decoders: ['base64', 'hex'], revoke: PAGE },
      locations: [{ path: 'eda.ipynb', start_line: 203, cell: { number: 4 } }, { path: 'b.py' }],
      known_at: [{ path: 'old.py' }],
    });
    const [result] = JSON.parse(renderSarif(verdict(), META)).runs[0].results;
    expect(result.properties.evidence).toEqual(json.evidence);
    const uris = result.relatedLocations.map(
      (one: { physicalLocation: { artifactLocation: { uri: string } } }) => one.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toEqual(['eda.ipynb', 'b.py', 'old.py']);
  });

  it('whose message names the page does not name it twice', () => {
    const said = verdict({ message: `A token. Revoke it at ${PAGE}.` });
    expect(toAnnotations(said)[0]!.message.split(PAGE)).toHaveLength(2);
  });

  it('in many places names some and counts the rest', () => {
    const locations = Array.from({ length: 14 }, (_, index) => at(`f${index}.py`, 1));
    expect(toAnnotations(verdict({ locations }))[0]!.message).toContain('f9.py:1 and 4 more places');
    expect(renderSummary(verdict({ locations }), { ...LINKS, annotated: 1 })).toContain('and 4 more places');
  });

  it('in the name of a file is told, and leads nowhere', () => {
    const named = emptyVerdict({
      blocking: [{ ...found({ locations: [] }), location: { ...at('keys/….txt', 1), redacted: true } }],
    });
    expect(toAnnotations(named)).toEqual([]);
    expect(renderSummary(named, { ...LINKS, annotated: 1 })).toMatch(/^- `keys\/….txt` /m);
  });
});

describe('a vendor that was asked', () => {
  const asked = { vendor: 'Acme', on: '2026-11-21' };
  const said = (verified: object) => {
    const evidence = { entropy: 4, decoders: [], verified: { ...asked, ...verified } as Verified };
    return verdict({ evidence, locations: [], knownAt: [] });
  };

  it.each([
    [{ answer: 'active' }, 'Acme says that it is active (asked on 2026-11-21)'],
    [{ answer: 'inactive' }, 'Acme refused it (asked on 2026-11-21), which does not prove it harmless'],
    [
      { answer: 'unknown', reason: 'no-answer' },
      'whether it is active is unknown: Acme gave no answer (on 2026-11-21)',
    ],
    [{ answer: 'unknown', reason: 'says-yes-to-anything' }, 'Acme calls made-up ones active, too (on 2026-11-21)'],
    [
      { answer: 'unknown', reason: 'refused' },
      'Acme refused it, as it refuses some that work elsewhere (on 2026-11-21)',
    ],
    [{ answer: 'unknown', reason: 'not-asked' }, "Acme was not asked, because the review's limit was reached"],
  ])('is quoted everywhere: %j', (verified, words) => {
    const one = said(verified);
    expect(renderSummary(one, { ...LINKS, annotated: 1 }).replaceAll('\\', '')).toContain(words);
    expect(toAnnotations(one)[0]!.message).toContain(words);
    expect(renderText(one, { color: false, width: 120 }).replace(/\s+/g, ' ')).toContain(words);
    expect(JSON.parse(renderJson(one, META)).findings[0].evidence.verified).toEqual({ ...asked, ...verified });
    const [result] = JSON.parse(renderSarif(one, META)).runs[0].results;
    expect(result.properties.evidence.verified).toEqual({ ...asked, ...verified });
  });
});

it('a rule says where its secrets are revoked', () => {
  expect(renderRule(rule('vendor-token', { revoke: PAGE }))).toContain(`revoke at   ${PAGE}`);
});
