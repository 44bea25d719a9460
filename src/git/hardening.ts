/** What every git process of ours gets: no hooks, no helpers, no prompts, no configuration but ours, no transport that was not asked for. */

/** `none` also stops git from fetching missing objects behind our back, whatever the repository's own configuration says. */
export type Transport = 'none' | 'https' | 'http';

const SETTINGS: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.untrackedCache': 'false',
  'core.attributesFile': '/dev/null',
  'core.pager': 'cat',
  'core.alternateRefsCommand': 'true',
  'credential.helper': '',
  'submodule.recurse': 'false',
  'fetch.recurseSubmodules': 'false',
  'transfer.fsckObjects': 'true',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'diff.indentHeuristic': 'true',
  'protocol.allow': 'never',
  // A mounted repository often belongs to another user; git refuses those because their configuration could run
  // programs, and the lines above and the flags of each command take that away.
  'safe.directory': '*',
};

/** Old repositories hold these; they are harmless to a reader that never checks out. */
const TOLERATED = ['zeroPaddedFilemode', 'missingSpaceBeforeDate', 'badTimezone', 'missingNameBeforeEmail'];

const SETTING_ARGUMENTS: readonly string[] = [
  ...Object.entries(SETTINGS),
  ...TOLERATED.map((name) => [`fetch.fsck.${name}`, 'warn'] as const),
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** The options that stand before the subcommand. */
export function hardenedArguments(transport: Transport): readonly string[] {
  const allowed = transport === 'none' ? [] : ['-c', `protocol.${transport}.allow=always`];
  return ['--no-pager', '--no-replace-objects', '--literal-pathspecs', ...SETTING_ARGUMENTS, ...allowed];
}

/** A complete environment: nothing is inherited but the search path, a home without configuration, and the network's settings. */
export function hardenedEnvironment(transport: Transport): Record<string, string> {
  const inherited = [
    'PATH',
    'TMPDIR',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'GIT_SSL_CAINFO',
    'GIT_SSL_CAPATH',
    'https_proxy',
    'HTTPS_PROXY',
    'no_proxy',
    'NO_PROXY',
  ];
  const kept = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Stronger than protocol.*.allow, which a repository's own configuration may widen.
    GIT_ALLOW_PROTOCOL: transport,
  };
}
