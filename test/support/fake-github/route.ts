/** The port of every REST route: who may call it, and what it is given. */
import type { Auth, Token } from './auth.ts';
import type { Reply } from './reply.ts';
import type { Access, Repository, State } from './state.ts';

export interface Call {
  readonly state: State;
  readonly auth: Auth;
  /** Where the stand-in listens, without a slash at the end. */
  readonly origin: string;
  readonly appId: number;
  readonly params: Readonly<Record<string, string>>;
  /** As the client asked for it; for paging links. */
  readonly url: URL;
  readonly accept: string;
  /** Has passed the contract. */
  readonly body: unknown;
}

export interface InstallationCall extends Call {
  readonly token: Token;
}

export interface RepositoryCall extends InstallationCall {
  readonly repo: Repository;
}

type Answer = Reply | Promise<Reply>;

export type Route =
  | { readonly caller: 'app'; handle(call: Call): Answer }
  | { readonly caller: 'installation'; handle(call: InstallationCall): Answer }
  | {
      readonly caller: 'repository';
      readonly permission: string;
      readonly access: Access;
      handle(call: RepositoryCall): Answer;
    };

/** By GitHub's operation id. */
export type Routes = Readonly<Record<string, Route>>;

export function forApp(handle: (call: Call) => Answer): Route {
  return { caller: 'app', handle };
}

export function forInstallation(handle: (call: InstallationCall) => Answer): Route {
  return { caller: 'installation', handle };
}

/** Only for the installation's own repositories, and where its permissions reach. */
export function forRepository(permission: string, access: Access, handle: (call: RepositoryCall) => Answer): Route {
  return { caller: 'repository', permission, access, handle };
}
