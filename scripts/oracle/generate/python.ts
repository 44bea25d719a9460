/** Realistic Python out of a small grammar: the calls of web and machine-learning code, and blocks around them. */
import type { Argument, Expression, Statement } from './code.ts';
import type { Random } from './random.ts';

const FUNCTIONS = [
  'requests.get',
  'subprocess.run',
  'yaml.load',
  'torch.load',
  'pickle.loads',
  'open',
  'cursor.execute',
  'hashlib.md5',
  'os.system',
  'eval',
  'model.generate',
  'logging.info',
  'AutoModel.from_pretrained',
  'db.session.query',
  'render',
  'clean',
]; // prettier-ignore
const NAMES = ['data', 'path', 'url', 'user', 'query', 'request', 'config', 'name', 'payload', 'self'];
const ATTRIBUTES = ['args', 'content', 'text', 'json', 'password', 'token', 'device', 'path'];
const METHODS = ['get', 'read', 'strip', 'format', 'filter', 'all', 'load', 'encode'];
const KEYWORDS = ['verify', 'shell', 'timeout', 'weights_only', 'Loader', 'trust_remote_code', 'check', 'mode'];
const STRINGS = ['md5', 'ls -la', 'SELECT * FROM users', 'https://example.org/model', '/tmp/cache', 'rb', 'user', ''];
const NUMBERS = ['0', '1', '80', '2048', '0o777', '3.5'];
const WORDS = ['True', 'False', 'None'];
const SIGNS = ['+', '%', '==', 'and', 'or', 'in', '<', 'is not'];

/** The imports that stand at the top of some targets: names then are known by other names too. */
export const IMPORTS = [
  'import requests',
  'import requests as rq',
  'from requests import get',
  'import subprocess',
  'from subprocess import run',
  'import yaml',
  'import torch',
  'from torch import load',
  'import pickle',
  'from pickle import loads',
  'import hashlib',
  'import os',
  'from os import system',
  'from transformers import AutoModel',
  'import logging',
]; // prettier-ignore
const SHORT = ['get', 'run', 'load', 'loads', 'system', 'rq.get'];

export function expression(random: Random, depth: number): Expression {
  const kinds = depth <= 0 ? 3 : 10;
  switch (random.below(kinds)) {
    case 0:
      return name(random.pick(NAMES));
    case 1:
      return { kind: 'string', text: JSON.stringify(random.pick(STRINGS)) };
    case 2:
      return random.chance(0.5)
        ? { kind: 'number', text: random.pick(NUMBERS) }
        : { kind: 'word', text: random.pick(WORDS) };
    case 3:
      return { kind: 'attribute', of: name(random.pick(NAMES)), name: random.pick(ATTRIBUTES) };
    case 4:
      return { kind: 'index', of: name(random.pick(NAMES)), at: expression(random, 0) };
    case 5:
      return {
        kind: 'operation',
        sign: random.pick(SIGNS),
        left: expression(random, depth - 1),
        right: expression(random, depth - 1),
      };
    case 6:
      return { kind: 'format', before: random.pick(['', 'SELECT ', 'echo ']), value: name(random.pick(NAMES)) };
    case 7:
      return { kind: 'list', items: many(random, 3, () => expression(random, depth - 1)) };
    case 8:
      return {
        kind: 'dictionary',
        entries: many(
          random,
          2,
          () =>
            [{ kind: 'string', text: JSON.stringify(random.pick(STRINGS)) }, expression(random, depth - 1)] as const,
        ),
      };
    default:
      return call(random, depth);
  }
}

export function call(random: Random, depth: number): Expression {
  const args: Argument[] = many(random, 3, () => ({ value: expression(random, depth - 1) }));
  const keywords = [...new Set(many(random, 2, () => random.pick(KEYWORDS)))];
  for (const keyword of keywords) args.push({ name: keyword, value: expression(random, depth - 2) });
  const made: Expression = { kind: 'call', of: called(random), args };
  if (!random.chance(0.25)) return made;
  const method: Expression = { kind: 'attribute', of: made, name: random.pick(METHODS) };
  return { kind: 'call', of: method, args: many(random, 2, () => ({ value: expression(random, 0) })) };
}

function called(random: Random): Expression {
  if (random.chance(0.2)) return { kind: 'attribute', of: name(random.pick(NAMES)), name: random.pick(METHODS) };
  const [first = '', ...rest] = random.pick(random.chance(0.2) ? SHORT : FUNCTIONS).split('.');
  return rest.reduce<Expression>((of, part) => ({ kind: 'attribute', of, name: part }), name(first));
}

export function statement(random: Random, depth: number): Statement {
  const value = (): Expression => (random.chance(0.7) ? call(random, 2) : expression(random, 2));
  switch (random.below(depth <= 0 ? 5 : 9)) {
    case 0:
    case 1:
      return { kind: 'do', value: call(random, 2) };
    case 2:
    case 3:
      return { kind: 'assign', to: target(random), value: value() };
    case 4:
      return { kind: 'return', value: value() };
    default:
      return block(random, depth);
  }
}

const HEADS = ['if {}:', 'if not {}:', 'for item in {}:', 'while {}:', 'with {} as handle:', 'with {}:', 'try:'];

function block(random: Random, depth: number): Statement {
  const head = random.pick(HEADS);
  const inner = (): Statement[] => [
    ...many(random, 2, () => statement(random, depth - 1)),
    statement(random, depth - 1),
  ];
  const of = head.includes('{}') ? [expression(random, 1)] : [];
  if (head === 'try:')
    return { kind: 'block', head, of, body: inner(), tail: { head: 'except Exception:', body: inner() } };
  if (head.startsWith('if') && random.chance(0.4))
    return { kind: 'block', head, of, body: inner(), tail: { head: 'else:', body: inner() } };
  return { kind: 'block', head, of, body: inner() };
}

/** A function, some of them decorated, some of them methods. */
export function definition(random: Random, index: number): Statement {
  const body = [...many(random, 4, () => statement(random, 2)), statement(random, 2)];
  const parameters = random.pick([
    '',
    'request',
    'self, request',
    'path, *args',
    'user, timeout=3',
    'query: str, **options',
  ]);
  return {
    kind: 'block',
    head: `${random.chance(0.2) ? 'async ' : ''}def step_${index}(${parameters}):`,
    of: [],
    body,
  };
}

function target(random: Random): Expression {
  return random.chance(0.8)
    ? name(random.pick(NAMES))
    : { kind: 'attribute', of: name('self'), name: random.pick(ATTRIBUTES) };
}

function name(text: string): Expression {
  return { kind: 'name', text };
}

function many<T>(random: Random, limit: number, make: () => T): T[] {
  return Array.from({ length: random.below(limit + 1) }, make);
}
