/** Where things happen on GitHub: accounts, installations, repositories, forks, and the commits in them. */
import { join } from 'node:path';
import { createBareRepository, type NewCommit } from './bare-repository.ts';
import {
  type Account,
  findRepository,
  type Installation,
  type Permissions,
  type Repository,
  type State,
} from './state.ts';

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  /** Left out: the owner's installation, made if there is none. Null: the App is not installed. */
  readonly installation?: Installation | null;
  readonly private?: boolean;
  readonly defaultBranch?: string;
}

export interface PlaceContext {
  readonly state: State;
  readonly gitRoot: string;
  /** What new installations grant. */
  readonly permissions: Permissions;
  readonly now: () => number;
}

export function createPlaces(context: PlaceContext) {
  const { state } = context;

  function account(login: string, type: Account['type']): Account {
    const known = state.accounts.find((one) => one.login === login);
    if (known !== undefined) return known;
    const made: Account = { id: state.nextId(), login, type };
    state.accounts.push(made);
    return made;
  }

  function createInstallation(login: string, permissions: Permissions = context.permissions): Installation {
    const owner = account(login, 'Organization');
    const made = { id: state.nextId(), account: owner, permissions, suspended: false, createdAt: state.timestamp() };
    state.installations.push(made);
    return made;
  }

  async function addRepository(wanted: NewRepository, forkOf: Repository | null): Promise<Repository> {
    const { owner, name, defaultBranch = forkOf?.defaultBranch ?? 'main' } = wanted;
    const fullName = `${owner}/${name}`;
    if (findRepository(state, owner, name) !== undefined) throw new Error(`${fullName} exists already`);
    const known = () => state.installations.find((one) => one.account.login === owner) ?? createInstallation(owner);
    const repo: Repository = {
      id: state.nextId(),
      owner: account(owner, forkOf === null ? 'Organization' : 'User'),
      name,
      fullName,
      private: wanted.private ?? true,
      defaultBranch,
      installation: wanted.installation === undefined ? known() : wanted.installation,
      forkOf,
      git: await createBareRepository(join(context.gitRoot, `${fullName}.git`), {
        defaultBranch,
        forkOf: forkOf?.git ?? null,
      }),
      createdAt: state.timestamp(),
    };
    state.repositories.push(repo);
    return repo;
  }

  /** Adds a commit to a branch and gives its id; no webhook, and pull requests notice it with their next push. */
  async function commit(repo: Repository, branch: string, change: NewCommit = {}): Promise<string> {
    const { refs } = repo.git;
    const tip = refs.get(`refs/heads/${branch}`) ?? refs.get(`refs/heads/${repo.defaultBranch}`) ?? null;
    const parent = change.parent === undefined ? tip : change.parent;
    return repo.git.commit(`refs/heads/${branch}`, parent, change, context.now());
  }

  return {
    account,
    commit,
    createInstallation,
    createRepository: (wanted: NewRepository) => addRepository(wanted, null),
    /** Somebody's copy, without the App. */
    fork: (repo: Repository, owner: string) => addRepository({ owner, name: repo.name, installation: null }, repo),
  };
}
