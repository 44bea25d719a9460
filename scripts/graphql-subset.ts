/**
 * Cuts GitHub's public GraphQL schema down to the fields that the stand-in GitHub knows.
 *
 *     node scripts/graphql-subset.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { assertValidSchema, buildSchema, type DefinitionNode, Kind, parse, print, visit } from 'graphql';

const OUTPUT = new URL('../test/support/fake-github/contract/schema.graphql', import.meta.url);
const SOURCE = new URL('../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);

const OBJECT = ['abbreviatedOid', 'id', 'oid', 'repository'];

/** Scalars and enums come whole. */
const KEPT: Readonly<Record<string, readonly string[] | 'whole'>> = {
  Query: ['id', 'rateLimit', 'repository'],
  RateLimit: ['cost', 'limit', 'nodeCount', 'remaining', 'resetAt', 'used'],
  Repository: [
    ...['databaseId', 'defaultBranchRef', 'id', 'isFork', 'isPrivate', 'name', 'nameWithOwner', 'object', 'owner'],
    ...['pullRequest', 'ref'],
  ],
  RepositoryOwner: ['id', 'login'],
  Organization: ['id', 'login'],
  User: ['id', 'login'],
  Ref: ['id', 'name', 'prefix', 'repository', 'target'],
  Node: ['id'],
  GitObject: OBJECT,
  Commit: [...OBJECT, 'committedDate', 'file', 'message', 'tree'],
  Tree: [...OBJECT, 'entries'],
  Blob: [...OBJECT, 'byteSize', 'isBinary', 'isTruncated', 'text'],
  TreeEntry: ['mode', 'name', 'nameRaw', 'object', 'oid', 'path', 'pathRaw', 'size', 'submodule', 'type'],
  Submodule: ['gitUrl', 'name', 'path', 'subprojectCommitOid'],
  PullRequest: [
    ...['baseRefName', 'baseRefOid', 'body', 'changedFiles', 'headRefName', 'headRefOid', 'id', 'isCrossRepository'],
    ...['isDraft', 'merged', 'number', 'state', 'title', 'updatedAt'],
  ],
  PullRequestState: 'whole',
  Base64String: 'whole',
  DateTime: 'whole',
  GitObjectID: 'whole',
  URI: 'whole',
};

function reduced(definition: DefinitionNode): DefinitionNode | null {
  if (!('name' in definition) || definition.name === undefined) return null;
  const kept = KEPT[definition.name.value];
  if (kept === undefined) return null;
  if (kept === 'whole') return definition;
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    throw new Error(`${definition.name.value} has no fields to choose from`);
  }
  const fields = (definition.fields ?? []).filter((field) => kept.includes(field.name.value));
  if (fields.length !== kept.length) throw new Error(`${definition.name.value} lacks a field of ${kept.join(', ')}`);
  const interfaces = (definition.interfaces ?? []).filter((one) => KEPT[one.name.value] !== undefined);
  return { ...definition, fields, interfaces };
}

const definitions = parse(readFileSync(SOURCE, 'utf8'))
  .definitions.map(reduced)
  .filter((one) => one !== null);
const document = visit(
  { kind: Kind.DOCUMENT, definitions },
  { enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined) },
);
const sdl = `${print(document)}\n`;
assertValidSchema(buildSchema(sdl));
writeFileSync(OUTPUT, sdl);
