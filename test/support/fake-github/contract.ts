/** Holds every REST request against GitHub's own description of its API (contract/openapi.json), and finds its route. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';

export interface Match {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface Contract {
  /** The operation behind a method and a path; null when GitHub has none that the stand-in knows. */
  match(method: string, path: string): Match | null;
  /** What GitHub's description does not allow in the request, as clauses that name the place; empty when all is well. */
  requestProblems(match: Match, query: URLSearchParams, body: unknown): string[];
  /** The same for an answer: the stand-in may leave fields out, but what it sends must be what GitHub sends. */
  responseProblems(operation: string, status: number, body: unknown): string[];
}

type Schema = { readonly [key: string]: unknown };

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Schema[];
  readonly requestBody: { readonly required?: boolean; readonly content: Content } | null;
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

interface Known {
  readonly method: string;
  readonly expression: RegExp;
  readonly literals: number;
  readonly operation: Operation;
}

/** Parameters that may hold slashes, written plainly or as %2F. */
const LONG = new Set(['path', 'ref', 'basehead']);

let loaded: Contract | null = null;

/** Read and prepared once for the whole process. */
export function loadContract(): Contract {
  loaded ??= createContract(JSON.parse(readFileSync(new URL('./contract/openapi.json', import.meta.url), 'utf8')));
  return loaded;
}

function createContract(description: Description): Contract {
  const known = Object.entries(description.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => knownOperation(template, method, operation)),
  );
  // The template with more fixed text wins: /commits/{ref}/check-runs before /commits/{ref}.
  known.sort((a, b) => b.literals - a.literals);
  const byId = new Map(known.map((one) => [one.operation.operationId, one.operation]));
  const components = (change: (schema: Schema) => unknown) => ({
    $id: 'github',
    components: { schemas: mapValues(description.components.schemas ?? {}, change) },
  });
  const ajv = (change: (schema: Schema) => unknown, coerceTypes = false): (() => Ajv) => {
    let made: Ajv | null = null;
    // GitHub's schemas are taken as they are: to check them too would take most of the time of a start.
    const options = { strict: false, validateSchema: false, logger: false, allErrors: true, coerceTypes } as const;
    return () => (made ??= ajvFormats.default(new Ajv(options)).addSchema(components(change)));
  };
  const requests = ajv(closed);
  const parameters = ajv(closed, true);
  const responses = ajv(loose);
  const compiled = new Map<string, ValidateFunction>();

  function validator(key: string, compiler: () => Ajv, schema: () => unknown): ValidateFunction {
    let validate = compiled.get(key);
    if (validate === undefined) {
      validate = compiler().compile(absolute(schema()) as Schema);
      compiled.set(key, validate);
    }
    return validate;
  }

  function parameterSchema(operation: Operation): Schema {
    const resolved = operation.parameters.map((one) => {
      const name =
        String(one.$ref ?? '')
          .split('/')
          .at(-1) ?? '';
      return description.components.parameters?.[name] ?? one;
    });
    const named = resolved.filter((one) => one.in === 'path' || one.in === 'query');
    return {
      type: 'object',
      properties: Object.fromEntries(named.map((one) => [one.name, one.schema])),
      required: named.filter((one) => one.required === true).map((one) => one.name),
      additionalProperties: false,
    };
  }

  return {
    match(method, path) {
      for (const { expression, operation, ...one } of known) {
        const found = one.method === method ? expression.exec(path) : null;
        if (found === null) continue;
        const params = mapValues(found.groups ?? {}, (value) => decodeURIComponent(value));
        return { operation: operation.operationId, params };
      }
      return null;
    },

    requestProblems({ operation: id, params }, query, body) {
      const operation = byId.get(id)!;
      const given = { ...params, ...Object.fromEntries(query) };
      const checkParameters = validator(`${id} parameters`, parameters, () => parameterSchema(operation));
      const problems = run(checkParameters, given, 'parameter ');
      const { requestBody } = operation;
      if (requestBody === null) return body === undefined ? problems : [...problems, 'a body, where none is taken'];
      if (body === undefined) return requestBody.required === true ? [...problems, 'no body'] : problems;
      const schema = () => closed(requestBody.content['application/json']?.schema ?? {});
      return [...problems, ...run(validator(`${id} body`, requests, schema), body, 'body')];
    },

    responseProblems(id, status, body) {
      const response = byId.get(id)?.responses[String(status)];
      if (response === undefined) return status < 300 ? [`${id} never answers ${status}`] : [];
      const schema = response.content?.['application/json']?.schema;
      if (schema === undefined || body === undefined) return [];
      const check = validator(`${id} ${status}`, responses, () => loose(schema));
      return run(check, body, `${id} ${status}`);
    },
  };
}

function knownOperation(template: string, method: string, operation: Operation): Known {
  const source = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name: string) => {
    return `(?<${name}>${LONG.has(name) ? '.+' : '[^/]+'})`;
  });
  const literals = template.replace(/\{\w+\}/g, '').length;
  return { method: method.toUpperCase(), expression: new RegExp(`^${source}$`), literals, operation };
}

function run(validate: ValidateFunction, value: unknown, where: string): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${where}${describe(error)}`);
}

function describe({ instancePath, message = '', params }: ErrorObject): string {
  const more = params.additionalProperty ?? params.allowedValues ?? '';
  return `${instancePath} ${message} ${JSON.stringify(more)}`.replace(/ ""$/, '');
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `#/components/…` is written for the whole document; a schema that is compiled alone needs the document's name too. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (!isSchema(value)) return value;
  const { $ref } = value;
  return typeof $ref === 'string' && $ref.startsWith('#') ? { $ref: `github${$ref}` } : mapValues(value, absolute);
}

/** Names that the description does not know are refused, where GitHub itself would only ignore a misspelt one. */
function closed(schema: unknown): unknown {
  if (!isSchema(schema)) return schema;
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(isSchema(properties) ? { properties: mapValues(properties, closed) } : {}),
    ...(isSchema(properties) && additionalProperties === undefined ? { additionalProperties: false } : {}),
    ...(items === undefined ? {} : { items: closed(items) }),
  };
}

/** For answers: the stand-in leaves out what nobody reads. What is put together from parts is taken as it comes. */
function loose(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(loose);
  if (!isSchema(schema)) return schema;
  if ('allOf' in schema) return {};
  const {
    required: _,
    properties,
    additionalProperties,
    nullable,
    enum: values,
    items,
    anyOf,
    oneOf,
    ...rest
  } = schema;
  const known = isSchema(properties);
  const parts = anyOf ?? oneOf;
  // OpenAPI 3.0 says nullable beside an enum; JSON schema wants null among its values.
  const choice = nullable === true && Array.isArray(values) ? [...values, null] : values;
  return {
    ...rest,
    ...(known ? { properties: mapValues(properties, loose) } : {}),
    additionalProperties: additionalProperties ?? !known,
    ...(nullable !== undefined && 'type' in schema ? { nullable } : {}),
    ...(choice === undefined ? {} : { enum: choice }),
    ...(items === undefined ? {} : { items: loose(items) }),
    ...(parts === undefined
      ? {}
      : { anyOf: [...(loose(parts) as unknown[]), ...(nullable === true ? [{ enum: [null] }] : [])] }),
  };
}
