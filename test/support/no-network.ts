/** Keeps tests off the network: every connection that does not go to this machine fails, with words that say so. */
import net from 'node:net';

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|\[::1\])\.?$/i;

/** Nothing listens there. git and other programs that tests start go through a proxy when these say so. */
const DEAD_PROXY = 'http://127.0.0.1:9';
for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']) {
  process.env[name] = DEAD_PROXY;
}
process.env.no_proxy = '127.0.0.1,localhost,::1';
process.env.NO_PROXY = process.env.no_proxy;

/** Where `connect` was told to go; null for a socket file, and for this machine when no host is named. */
function hostOf(args: readonly unknown[]): string | null {
  // net.connect hands over its arguments as one array: [options, callback].
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    const { path, host } = first as { path?: string | null; host?: string | null };
    return path ? null : (host ?? null);
  }
  const isPort = typeof first === 'number' || /^\d+$/.test(String(first));
  return isPort && typeof second === 'string' ? second : null;
}

// Every TCP and TLS connection of Node passes here: http, fetch, pg and others; one that is allowed is not touched.
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
  const host = hostOf(args);
  if (host === null || LOOPBACK.test(host)) return Reflect.apply(connect, this, args);
  process.nextTick(() => this.destroy(new Error(`tests may not use the network: a connection to ${host}`)));
  return this;
} as typeof connect;
