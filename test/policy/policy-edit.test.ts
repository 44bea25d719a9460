import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change-set.ts';
import { policyEditNotes } from '#policy/policy-edit.ts';

function notes(...files: Partial<ChangedFile>[]): string[] {
  const blank: ChangedFile = {
    path: 'a.py',
    previousPath: null,
    status: 'modified',
    base: null,
    head: null,
    hunks: [],
  };
  const changes = { mergeBase: '', head: '', skipped: [], files: files.map((file) => ({ ...blank, ...file })) };
  return policyEditNotes(changes).map(({ sentence }) => sentence);
}

const head = (text: string) => ({ oid: '', bytes: Buffer.from(text) });
const EDITED =
  'This change edits `.github/assay.yml`. It was judged by the policy on the target branch; the edit counts once it is merged.';

describe('a change of the policy', () => {
  it('is told that it was judged by the old one', () => {
    expect(notes({ path: 'src/assay.yml' })).toEqual([]);
    expect(notes({}, { path: '.github/assay.yml', head: head('fail-on: low') })).toEqual([EDITED]);
    expect(notes({ path: '.github/assay.yml', status: 'removed' })).toEqual([EDITED]);
    expect(notes({ path: 'old.yml', previousPath: '.github/assay.yml', status: 'renamed', head: head('[') })).toEqual([
      EDITED,
    ]);
  });

  it('is told what would be wrong with the new one', () => {
    expect(notes({ path: '.github/assay.yml', head: head('drafts: skip\nfail_on: low') })).toEqual([
      EDITED,
      'As this change leaves it, `.github/assay.yml` could not be used, and reviews after the merge would be incomplete.',
      expect.stringMatching(
        /^`\.github\/assay\.yml`, line 2, column 1: `fail_on` is not a known key \(did you mean `fail-on`\?/,
      ),
    ]);
  });
});
