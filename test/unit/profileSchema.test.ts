import * as assert from 'node:assert/strict';
import Ajv from 'ajv';
import * as z from 'zod/mini';
import manifest from '../../package.json';
import { profileDefinition } from '../../src/runtime/profileDefinition';
import { isBroken } from '../../src/runtime/ownProfile';
import { readProfiles } from '../../src/runtime/profileSettings';
import { describeProblem } from '../../src/ui/words/profileRules';
import { t } from './facts';
import { randomNumbers } from './random';

const facts = { userHome: '/home/mia', workspaceFolder: '/work', env: {}, privileged: false };

/** How many definitions and settings are made up. */
const rounds = 10_000;

type Random = (below: number) => number;

/** Completion and hovers come from package.json, what counts from the code: both have to say the same. */
describe('the JSON schema of anton.profiles', () => {
  const schema = manifest.contributes.configuration.properties['anton.profiles'].additionalProperties;
  const accepts = new Ajv({ unknownFormats: 'ignore' }).compile(schema);

  it('has the same parts, at every depth', () => {
    assert.deepEqual(partsOf(schema), partsOf(z.toJSONSchema(profileDefinition, { unrepresentable: 'any' })));
  });

  it('accepts and refuses the same definitions', () => {
    const random = randomNumbers(20);
    let accepted = 0;
    for (let i = 0; i < rounds; i++) {
      const definition = randomDefinition(random);
      const { success } = profileDefinition.safeParse(definition);
      assert.equal(accepts(definition), success, JSON.stringify(definition));
      if (success) accepted++;
    }
    assert.ok(
      accepted > rounds / 10 && accepted < rounds - rounds / 10,
      `${accepted} of ${rounds} are right`,
    );
  });
});

describe('any JSON as anton.profiles', () => {
  it('gives profiles or problems, each of them in words, and never throws', () => {
    const random = randomNumbers(21);
    for (let i = 0; i < rounds; i++) {
      const value = randomSetting(random);
      for (const own of readProfiles(value, facts)) {
        if (!isBroken(own)) {
          assert.deepEqual(structuredClone(own), own);
          continue;
        }
        assert.ok(own.problems.length > 0);
        for (const problem of own.problems) {
          assert.deepEqual(structuredClone(problem), problem);
          assert.match(describeProblem(problem, t), /^anton\.profiles.*: \S/s);
          assert.doesNotMatch(describeProblem(problem, t), /undefined|\{\d\}/);
        }
      }
    }
  });
});

interface Schema {
  readonly properties?: object;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
}

/** Every property in a schema, as 'limits.memory'. */
function partsOf(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, items, anyOf = [] } = schema as Schema;
  const own = Object.entries(properties).flatMap(([name, each]) => [
    `${at}${name}`,
    ...partsOf(each, `${at}${name}.`),
  ]);
  const inner = [...anyOf, items].flatMap((each) => partsOf(each, at));
  return [...own, ...inner].sort();
}

/** Values that a part may have, right and wrong ones; the right ones first and more often. */
const candidates: Readonly<Record<string, readonly unknown[]>> = {
  extends: ['anton', 'all', 'mine', '', 7],
  description: ['No network', 'x'.repeat(200), 'x'.repeat(201), null],
  icon: ['beaker', 'list-ordered', '$(beaker)', '', 7],
  color: ['terminal.ansiRed', 'red', 7],
  namespaces: [[], ['user', 'pid'], ['user', 'pid', 'mnt', 'uts', 'net'], ['users'], 'user', [1]],
  map: [
    ...['none', 'root', 'same', 'ranges'],
    { uid: [{ inside: 0, outside: 1000, length: 1 }], gid: [{ inside: 0, outside: 4294967294, length: 1 }] },
    { uid: [], gid: [{ inside: 0, outside: 0, length: 1 }] },
    { uid: [{ inside: -1, outside: 0.5, length: 0 }], gid: [{ inside: 0, outside: 0, length: 4294967295 }] },
    ...[{ uid: [] }, 'nobody', 0],
  ],
  hostname: ['lab', 'x'.repeat(64), 'x'.repeat(65), '', 5],
  freshProc: [true, false, 'true'],
  root: [
    '/srv',
    '~/srv',
    '${userHome}',
    '~',
    '~mia',
    'srv',
    { path: '/srv' },
    { path: '/srv', access: 'temporary' },
    { access: 'writable' },
    { path: '/srv', access: 'rw' },
  ],
  binds: [
    [],
    [{ source: '/a' }],
    [{ source: '/a', target: '~/b', writable: true }],
    [{ target: '/a' }],
    ['/a:/b'],
    [{ source: '/a', options: 1 }],
  ],
  network: ['shared', 'none', 'user', 'host'],
  timeOffsets: [
    {},
    { monotonic: 5 },
    { monotonic: -1.5, boottime: 4_600_000_000 },
    { boottime: 4_600_000_001 },
    { realtime: 1 },
    9,
  ],
  shell: ['/bin/sh', '${env:SHELL}', 'bash', ''],
  args: [[], ['-l', ''], [1], '-l'],
  env: [
    {},
    { add: { A: '1', B: '' } },
    { drop: ['AWS_*'] },
    { add: { 'A=B': '1' } },
    { add: { A: 1 } },
    { drop: [''] },
    { set: {} },
  ],
  cwd: ['/', '~/lab', 'lab'],
  init: [true, false, 1],
  noNewPrivileges: [true, false, null],
  dropCapabilities: [[], ['ALL'], ['CAP_NET_RAW', 'CAP_BPF'], ['NET_RAW']],
  limits: [
    {},
    { memory: '512M' },
    { memory: 1, processes: 5, cpu: 0.5 },
    { memory: '1 GB' },
    { memory: 0.5 },
    { processes: 0 },
    { cpu: 0 },
    { disk: 1 },
  ],
};

function randomDefinition(random: Random): unknown {
  if (random(200) === 0) return randomJson(random, 2);
  const names = Object.keys(candidates).filter(() => random(8) === 0);
  const entries = names.map((name) => {
    const values = candidates[name] ?? [];
    return [
      name,
      random(20) === 0
        ? randomJson(random, 3)
        : values[Math.min(random(values.length), random(values.length))],
    ];
  });
  if (random(50) === 0) entries.push(['colour', 'red']);
  return Object.fromEntries(entries);
}

function randomSetting(random: Random): unknown {
  if (random(50) === 0) return randomJson(random, 3);
  const names = [
    'a',
    'b',
    'mine',
    'anton',
    '',
    ' x',
    '__proto__',
    'constructor',
    'a/b.c',
    '\n',
    'é'.repeat(70),
  ];
  const entries = names
    .filter(() => random(3) === 0)
    .map((name) => {
      const definition = randomDefinition(random);
      const isObject = typeof definition === 'object' && definition !== null && !Array.isArray(definition);
      return [name, isObject && random(2) === 0 ? { ...definition, extends: names[random(4)] } : definition];
    });
  return JSON.parse(
    `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
  );
}

function randomJson(random: Random, depth: number): unknown {
  switch (random(depth > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return random(2) === 0;
    case 2:
      return random(1000) - 500;
    case 3:
      return [0.5, 1e300, -0.1, 2 ** 53][random(4)];
    case 4:
      return ['', 'anton', '/', '~', '${x}', 'a\nb', '__proto__'][random(7)];
    case 5:
      return {};
    case 6:
      return Array.from({ length: random(4) }, () => randomJson(random, depth - 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random(4) }, () => [
          [...Object.keys(candidates), 'uid', 'path', 'x'][random(21)] ?? 'x',
          randomJson(random, depth - 1),
        ]),
      );
  }
}
