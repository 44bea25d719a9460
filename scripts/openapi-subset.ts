/**
 * Cuts GitHub's OpenAPI description down to the operations that the stand-in GitHub knows.
 *
 *     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
 *     node scripts/openapi-subset.ts package/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OUTPUT = new URL('../test/support/fake-github/contract/openapi.json', import.meta.url);

const OPERATIONS = new Set([
  'apps/create-installation-access-token',
  'apps/get-authenticated',
  'apps/get-installation',
  'apps/get-repo-installation',
  'apps/list-installations',
  'apps/list-repos-accessible-to-installation',
  'checks/create',
  'checks/get',
  'checks/get-suite',
  'checks/list-annotations',
  'checks/list-for-ref',
  'checks/list-for-suite',
  'checks/update',
  'git/get-blob',
  'git/get-ref',
  'git/get-tree',
  'pulls/get',
  'pulls/list',
  'pulls/list-files',
  'rate-limit/get',
  'repos/compare-commits-with-basehead',
  'repos/get',
  'repos/get-commit',
  'repos/get-content',
  'repos/list-pull-requests-associated-with-commit',
]);

/** What explains the description to people and decides nothing. */
const PROSE = new Set([
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'headers',
  'summary',
  'tags',
  'title',
  'x-github',
  'x-octokit',
]);

/** Where keys are names that GitHub chose, not words of the OpenAPI language. */
const MAPS = new Set(['properties', 'schemas', 'parameters', 'responses', 'requestBodies']);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutProse(value: Json, keysAreNames = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => keysAreNames || !PROSE.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutProse(item, !keysAreNames && MAPS.has(key))]));
}

function at(root: Json, path: readonly string[]): Json {
  let value = root;
  for (const key of path) {
    const next: Json | undefined = isObject(value) ? value[key] : undefined;
    if (next === undefined) throw new Error(`the description has no ${path.join('/')}`);
    value = next;
  }
  return value;
}

/** Copies every component that `value` points to, and what those point to in turn. */
function collectComponents(value: Json, description: Json, components: Record<string, JsonObject>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectComponents(item, description, components);
  } else if (isObject(value)) {
    const [, , kind, name] = typeof value.$ref === 'string' ? value.$ref.split('/') : [];
    if (kind !== undefined && name !== undefined && components[kind]?.[name] === undefined) {
      const component = withoutProse(at(description, ['components', kind, name]));
      components[kind] = { ...components[kind], [name]: component };
      collectComponents(component, description, components);
    }
    for (const item of Object.values(value)) collectComponents(item, description, components);
  }
}

function subset(description: Json): JsonObject {
  const paths: Record<string, JsonObject> = {};
  const components: Record<string, JsonObject> = {};
  for (const [path, methods] of Object.entries(at(description, ['paths']) as JsonObject)) {
    for (const [method, operation] of Object.entries(methods as JsonObject)) {
      if (!isObject(operation) || !OPERATIONS.has(String(operation.operationId))) continue;
      const { operationId = '', parameters = [], requestBody = null, responses = {} } = operation;
      const successes = Object.entries(responses as JsonObject).filter(([status]) => status.startsWith('2'));
      const kept = withoutProse({ operationId, parameters, requestBody, responses: Object.fromEntries(successes) });
      paths[path] = { ...paths[path], [method]: kept };
      collectComponents(kept, description, components);
    }
  }
  return { paths, components };
}

/** One line for each path and component: small, and a diff of it can be read. */
function print(value: JsonObject): string {
  const line = ([key, item]: [string, Json]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`;
  const sorted = (object: JsonObject) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  const block = (object: JsonObject) => `{\n${sorted(object).map(line).join(',\n')}\n}`;
  const groups = sorted(value.components as JsonObject);
  const components = groups.map(([kind, group]) => `${JSON.stringify(kind)}: ${block(group as JsonObject)}`);
  return `{\n"paths": ${block(value.paths as JsonObject)},\n"components": {\n${components.join(',\n')}\n}\n}\n`;
}

const source = process.argv[2];
if (source === undefined) {
  console.error('usage: node scripts/openapi-subset.ts PATH/TO/api.github.com.json');
  process.exit(2);
}
const result = subset(JSON.parse(readFileSync(source, 'utf8')) as Json);
const found = Object.values(result.paths as JsonObject).flatMap((methods) => Object.values(methods as JsonObject));
const missing = OPERATIONS.size - found.length;
if (missing !== 0) throw new Error(`${missing} of ${OPERATIONS.size} operations are not in the description`);
writeFileSync(OUTPUT, print(result));
