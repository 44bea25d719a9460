import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** https://www.rfc-editor.org/rfc/rfc5737: addresses for documentation; nobody has them. */
const ELSEWHERE = '192.0.2.1';

test('a connection to elsewhere fails at once and says why', async () => {
  for (const url of [`http://${ELSEWHERE}/`, 'https://example.com/', 'http://[2001:db8::1]/']) {
    const error: Error = await fetch(url).then(
      () => new Error('it worked'),
      (reason) => reason,
    );
    expect((error.cause as Error).message).toMatch(/^tests may not use the network: a connection to /);
  }
  for (const connect of [
    () => net.connect(80, ELSEWHERE),
    () => net.connect({ port: 80, host: ELSEWHERE }),
    () => tls.connect(443, ELSEWHERE),
  ]) {
    const error = await new Promise<Error>((resolve) => connect().once('error', resolve));
    expect(error.message).toBe(`tests may not use the network: a connection to ${ELSEWHERE}`);
  }
});

test('this machine is reached as ever', async () => {
  const server = createServer((_, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here');
  }
  await new Promise<void>((resolve) =>
    net.connect(port).once('connect', function (this: net.Socket) {
      this.destroy();
      resolve();
    }),
  );
  server.close();
  server.closeAllConnections();
});

test('programs that tests start do not get out either', async () => {
  const failed = promisify(execFile)('git', ['ls-remote', 'https://example.com/a/b.git'], {
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
  await expect(failed).rejects.toThrow(/127\.0\.0\.1 port 9/);
});
