/** Routes for the App itself and for what an installation may see. */
import { expiryText, type TokenWish } from './auth.ts';
import { isRefusal, notFound, ok, page } from './reply.ts';
import { type Call, forApp, forInstallation, forRepository, type Routes } from './route.ts';
import { appJson, installationJson, repositoryJson } from './shapes.ts';
import { findRepository, type Installation } from './state.ts';

function installationOf({ state, params }: Call): Installation | undefined {
  return state.installations.find((one) => one.id === Number(params.installation_id));
}

export const appRoutes: Routes = {
  'apps/get-authenticated': forApp(({ state, appId, origin }) => {
    return ok({ ...appJson(appId, state, origin), installations_count: state.installations.length });
  }),

  'apps/list-installations': forApp(({ state, appId, origin, url }) => {
    const { items, headers } = page(state.installations, url);
    return ok(
      items.map((one) => installationJson(one, appId, origin)),
      headers,
    );
  }),

  'apps/get-installation': forApp((call) => {
    const installation = installationOf(call);
    return installation === undefined ? notFound() : ok(installationJson(installation, call.appId, call.origin));
  }),

  'apps/get-repo-installation': forApp(({ state, params, appId, origin }) => {
    const repo = findRepository(state, params.owner ?? '', params.repo ?? '');
    return repo?.installation ? ok(installationJson(repo.installation, appId, origin)) : notFound();
  }),

  'apps/create-installation-access-token': forApp((call) => {
    const installation = installationOf(call);
    if (installation === undefined) return notFound();
    const token = call.auth.grant(installation, (call.body ?? {}) as TokenWish);
    if (isRefusal(token)) return token;
    const repositories = call.state.repositories.filter((repo) => token.repositoryIds?.has(repo.id));
    return {
      status: 201,
      body: {
        token: token.value,
        expires_at: expiryText(token),
        permissions: token.permissions,
        repository_selection: token.repositoryIds === null ? 'all' : 'selected',
        ...(token.repositoryIds === null
          ? {}
          : { repositories: repositories.map((repo) => repositoryJson(repo, call.origin)) }),
      },
    };
  }),

  'apps/list-repos-accessible-to-installation': forInstallation(({ state, token, origin, url }) => {
    const visible = state.repositories.filter((repo) => repo.installation === token.installation);
    const chosen = visible.filter((repo) => token.repositoryIds?.has(repo.id) ?? true);
    const { items, headers } = page(chosen, url);
    const repositories = items.map((repo) => repositoryJson(repo, origin));
    return ok({ total_count: chosen.length, repository_selection: 'all', repositories }, headers);
  }),

  'repos/get': forRepository('metadata', 'read', ({ repo, origin }) => ok(repositoryJson(repo, origin))),
};
