/** How much an installation may still ask. */
import type { Limits } from './limits.ts';
import { ok } from './reply.ts';
import { forInstallation, type Routes } from './route.ts';

export function limitRoutes(limits: Limits): Routes {
  return {
    'rate-limit/get': forInstallation(({ token }) => {
      const core = limits.usage(token.installation.id, 'core');
      const graphql = limits.usage(token.installation.id, 'graphql');
      return ok({ resources: { core, graphql }, rate: core });
    }),
  };
}
