/** The verifying thread's entry: finds the secrets of a file once more, and asks their vendors. No other thread speaks to anybody. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData, ThreadMessage, ThreadReply } from '#analyzers/run.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { readVendors } from '#analyzers/secrets/verify/vendor-file.ts';
import { createVerifier } from '#analyzers/secrets/verify/verifier.ts';
import { fingerprintAll } from '#baseline/fingerprint.ts';
import type { Inspection, InspectionTask } from '#domain/inspection.ts';
import type { SealedSecret } from '#domain/sealed-secret.ts';
import { startBudget } from '#domain/thread-time.ts';
import type { VendorAnswer } from '#domain/verification.ts';
import { unpack } from '#unpack/unpack.ts';

const { rulebook, fingerprintKey, softLimitMs, origins } = workerData as ThreadData;
// Assay's own detectors alone: no rule of a team decides what is sent to a vendor.
const analyzer = await createSecretsAnalyzer(rulebook.secrets, { fingerprintKey });
const verifier = createVerifier(readVendors(rulebook.verification), { origins });
const port = parentPort!;

async function verify({ path, bytes, ask = [] }: InspectionTask): Promise<Inspection> {
  const detectors = new Map(ask.map(({ fingerprint, ruleId }) => [fingerprint, ruleId]));
  const asked = findAsked(path, bytes, detectors);
  const answers = await Promise.all(
    [...detectors].map(async ([fingerprint, ruleId]): Promise<[string, VendorAnswer]> => {
      const secret = asked.get(fingerprint);
      const notFound: VendorAnswer = { answer: 'unknown', reason: 'not-sent' };
      return [fingerprint, secret === undefined ? notFound : await verifier.verify(secret, ruleId)];
    }),
  );
  return { findings: [], suppressions: [], skipped: [], analysed: false, verified: Object.fromEntries(answers) };
}

/** By fingerprint. `detectors` says for each of them which rule must find it. */
function findAsked(path: string, bytes: Uint8Array, detectors: ReadonlyMap<string, string>): Map<string, SealedSecret> {
  const asked = new Map<string, SealedSecret>();
  const budget = startBudget(softLimitMs);
  for (const part of unpack(path, bytes).parts) {
    if (budget.expired()) break;
    const { matches } = analyzer.analyze(part, budget);
    const fingerprints = fingerprintAll(matches);
    matches.forEach(({ secret, ruleId }, index) => {
      const fingerprint = fingerprints[index]!;
      if (secret !== undefined && detectors.get(fingerprint) === ruleId) asked.set(fingerprint, secret);
    });
  }
  return asked;
}

port.on('message', async ({ id, task }: ThreadMessage) => {
  port.postMessage({ kind: 'done', id, result: await verify(task!) } satisfies ThreadReply);
});
port.postMessage({ kind: 'ready', rules: { rules: [], problems: [] } } satisfies ThreadReply);
