/** Many rules over one text: each has its share of the time, and what was not answered in full is named. */
import { describe, expect, it } from 'vitest';
import { RULE_LIMIT_MS } from '#analyzers/sast/match-rules.ts';
import { threadTime } from '#domain/thread-time.ts';
import { analyzerFor, NO_LIMIT, ruleText } from './find.ts';
import { textPart, within } from './text-part.ts';

const SLOW = ruleText('id: slow\nlanguages: [generic]\npattern: $A ... $B ... $C ... $A ... $B ... zzz');
const QUICK = ruleText('id: quick\nlanguages: [generic]\npattern: needle $X');
const HAY = `${'a b c d e f g h i j k l m n o p q r s t u v w x y z zzz1\n'.repeat(4_000)}needle x\nzzz\n`;

describe('a rule that takes long', () => {
  it('does not keep the others from their answer', async () => {
    const analyzer = await analyzerFor(SLOW, QUICK);
    const start = threadTime();
    const expired = () => threadTime() - start > 3 * RULE_LIMIT_MS;
    const { matches, stopped } = analyzer.analyze(textPart(HAY), { expired });
    expect(matches.map(({ ruleId }) => ruleId)).toContain('quick');
    expect(stopped).toBe('stopped in rule slow');
    expect(threadTime() - start).toBeLessThan(2 * RULE_LIMIT_MS);
  });

  it('comes last in the next text', async () => {
    const analyzer = await analyzerFor(SLOW, QUICK);
    analyzer.analyze(textPart(HAY), within(400));
    const { matches } = analyzer.analyze(textPart(HAY), within(1_000));
    expect(matches.map(({ ruleId }) => ruleId)).toContain('quick');
  });
});

describe('when time is up', () => {
  it('the rules that were not asked are counted', async () => {
    const rules = Array.from({ length: 5 }, (_, i) => ruleText(`id: r${i}\nlanguages: [generic]\npattern: a`));
    const { stopped } = (await analyzerFor(...rules)).analyze(textPart('a'), { expired: () => true });
    expect(stopped).toBe('time was up before rule r0, r1, r2 and 2 more');
  });

  it('nothing is said where all were asked', async () => {
    const analysis = (await analyzerFor(QUICK)).analyze(textPart('needle x'), NO_LIMIT);
    expect(Object.keys(analysis)).toEqual(['matches']);
  });
});

it('letters beyond ASCII hide no word from the rules that read text as it is', async () => {
  const analyzer = await analyzerFor(ruleText('languages: [generic]\npattern: speed = $X'));
  const { matches } = analyzer.analyze(textPart('speed = 10m²\nspeed™ speed = x²'), NO_LIMIT);
  expect(matches).toHaveLength(2);
});
