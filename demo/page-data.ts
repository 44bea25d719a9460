/** What the page shows, gathered from the stand-in's state. */
import { filesJson, pullDiff } from '#test/support/fake-github/changed-files.ts';
import type { FakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { CheckRun, Pull } from '#test/support/fake-github/state.ts';
import type { PageData } from './page.ts';

export async function pageData(github: FakeGitHub, pull: Pull, check: CheckRun): Promise<PageData> {
  return {
    title: pull.title,
    number: pull.number,
    repository: pull.repo.fullName,
    headRef: pull.head.ref,
    baseRef: pull.base.ref,
    check: {
      conclusion: check.conclusion ?? 'neutral',
      title: check.output.title ?? '',
      summary: check.output.summary ?? '',
    },
    annotations: check.annotations,
    files: filesJson(await pullDiff(pull), pull.repo, pull.head.sha, github.url),
  };
}
