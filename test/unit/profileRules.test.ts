import * as assert from 'node:assert/strict';
import type { Profile } from '../../src/runtime/profile';
import { checkProfile } from '../../src/runtime/profileRules';
import { builtInProfiles, profileNames } from '../../src/runtime/profiles';
import { describeViolation } from '../../src/ui/words/profileRules';
import { t } from './facts';

/** Combinations that make no sense are refused with the reason. */
describe('rules of profiles', () => {
  const refused = (parts: Partial<Profile>, privileged = false): string[] =>
    checkProfile({ ...builtInProfiles.all, ...parts }, privileged, { monotonic: 100, boottime: 200 }).map(
      (violation) => `${violation.part}: ${violation.rule}`,
    );

  const without = (...kinds: readonly string[]): Profile['namespaces'] =>
    builtInProfiles.all.namespaces.filter((kind) => !kinds.includes(kind));

  for (const name of profileNames) {
    it(`${name} is sound`, () => {
      assert.deepEqual(checkProfile(builtInProfiles[name], false), []);
      assert.deepEqual(checkProfile(builtInProfiles[name], true), []);
    });
  }

  it('every part needs the namespace that it is about', () => {
    const mine: Partial<Profile> = { init: true, timeOffsets: { monotonic: 0, boottime: 0 }, binds: [] };
    const needs = (namespaces: Profile['namespaces'], more: Partial<Profile> = {}): string[] =>
      refused({ ...mine, ...more, namespaces });
    assert.deepEqual(needs(without()), []);
    assert.deepEqual(needs(without('uts')), ['hostname: partNeedsNamespaces']);
    assert.deepEqual(needs(without('net')), ['network: partNeedsNamespaces']);
    assert.deepEqual(needs(without('time')), ['timeOffsets: partNeedsNamespaces']);
    assert.deepEqual(needs(without('pid')), ['freshProc: partNeedsNamespaces', 'init: partNeedsNamespaces']);
    const root = { path: '/srv', access: 'writable' } as const;
    const binds = [{ source: '/srv', target: '/srv', writable: false }];
    assert.deepEqual(needs(without('mnt'), { root, binds, freshProc: false }), [
      'root: partNeedsNamespaces',
      'binds: partNeedsNamespaces',
    ]);
  });

  it('an ordinary user needs a user namespace, a privileged process does not', () => {
    const namespaces = without('user');
    assert.deepEqual(refused({ namespaces, map: 'none' }), ['namespaces: namespacesNeedUser']);
    assert.deepEqual(refused({ namespaces, map: 'none' }, true), []);
    assert.deepEqual(refused({ namespaces }, true), ['map: partNeedsNamespaces']);
  });

  it('nobody can neither make a /dev nor be helped to a network', () => {
    const root = { path: '/', access: 'read-only' } as const;
    assert.deepEqual(refused({ map: 'none', root, network: 'user' }), [
      'root: rootNeedsMap',
      'network: userNetworkNeedsMap',
    ]);
  });

  it('a hostname has at most 64 bytes', () => {
    assert.deepEqual(refused({ hostname: 'é'.repeat(32) }), []);
    assert.deepEqual(refused({ hostname: `${'é'.repeat(32)}x` }), ['hostname: hostnameLength']);
  });

  it('a map is one that the kernel takes', () => {
    const row = { inside: 0, outside: 1000, length: 2 };
    assert.deepEqual(refused({ map: { uid: [row], gid: [row] } }), []);
    assert.deepEqual(refused({ map: { uid: [row, { ...row, inside: 1 }], gid: [] } }), [
      'map.uid: idMapRefused',
      'map.gid: idMapRefused',
    ]);
  });

  it('no clock becomes negative', () => {
    assert.deepEqual(refused({ timeOffsets: { monotonic: -100, boottime: -200 } }), []);
    assert.deepEqual(refused({ timeOffsets: { monotonic: -101, boottime: -201 } }), [
      'timeOffsets.monotonic: clockNegative',
      'timeOffsets.boottime: clockNegative',
    ]);
  });

  it('memory is limited to what a program can start in', () => {
    assert.deepEqual(refused({ limits: { memory: 4 * 1024 * 1024 } }), []);
    assert.deepEqual(refused({ limits: { memory: 512 } }), ['limits.memory: memoryTooSmall']);
  });

  it('binds cover neither each other nor what Anton mounts', () => {
    const bind = (target: string): object => ({ source: '/srv', target, writable: false });
    const binds = ['/', '/proc/', '/a', '/a/', '/dev'].map(bind) as Profile['binds'] & object;
    assert.deepEqual(refused({ binds }), [
      'binds[0].target: bindCovers',
      'binds[1].target: bindCovers',
      'binds[3].target: bindTwice',
    ]);
    assert.ok(
      refused({ binds, root: { path: '/srv', access: 'temporary' } }).includes('binds[4].target: bindCovers'),
    );
  });

  it('knows the capabilities, and each kind once', () => {
    assert.deepEqual(refused({ dropCapabilities: ['ALL', 'CAP_NET_RAW', 'NET_RAW'] }), [
      'dropCapabilities[2]: unknownCapability',
    ]);
    assert.deepEqual(refused({ namespaces: [...without(), 'pid'] }), ['namespaces: kindTwice']);
  });

  it('each reason is a sentence of its own', () => {
    const profile: Profile = {
      name: 'wrong',
      namespaces: ['pid', 'pid'],
      map: { uid: [], gid: [{ inside: 0, outside: 0, length: 0 }] },
      hostname: 'x'.repeat(65),
      freshProc: true,
      root: { path: '/', access: 'writable' },
      binds: [{ source: '/', target: '/', writable: true }],
      network: 'user',
      timeOffsets: { monotonic: -1e6, boottime: -1e6 },
      dropCapabilities: ['CAP_NOTHING'],
    };
    const words = checkProfile(profile, false, { monotonic: 1, boottime: 2 }).map((each) =>
      describeViolation(each, t),
    );
    assert.ok(words.length >= 13);
    assert.equal(new Set(words).size, words.length, words.join('\n'));
    for (const each of words) assert.doesNotMatch(each, /undefined|\{\d\}/);
  });
});
