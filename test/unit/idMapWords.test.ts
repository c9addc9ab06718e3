import assert from 'node:assert/strict';
import { describeMap, describeOwner } from '../../src/ui/words/idMaps';
import { identity, person, rootMap, t } from './facts';

describe('an id map in words', () => {
  const sentences = (...args: Parameters<typeof describeMap>): string[] =>
    describeMap(...args).rows.map(({ sentence }) => sentence);

  it('says who root inside is outside, and who everyone else is inside', () => {
    assert.deepEqual(sentences(rootMap, 'uid_map', true, person, t), [
      'root (0) inside is you (1000) outside',
      'nobody (65534) inside is everyone else outside',
    ]);
  });

  it('speaks of groups in a gid_map', () => {
    assert.deepEqual(sentences(rootMap, 'gid_map', true, person, t), [
      'root (0) inside is your group (1000) outside',
      'nogroup (65534) inside is every other group outside',
    ]);
  });

  it('says that you are root where you are', () => {
    const map = [{ inside: 0, outside: 0, length: 1 }];
    const [first] = sentences(map, 'uid_map', true, { ...person, uid: 0 }, t);
    assert.equal(first, 'root (0) inside is you (root, 0) outside');
  });

  it('names the first and the last id of a range', () => {
    const map = [...rootMap, { inside: 1, outside: 100000, length: 65536 }];
    assert.equal(
      sentences(map, 'uid_map', true, person, t)[1],
      '1 to 65536 inside are 100000 to 165535 outside',
    );
  });

  it('keeps the line of the file, and has none for the rest', () => {
    const { rows } = describeMap(rootMap, 'uid_map', true, person, t);
    assert.deepEqual(
      rows.map(({ line }) => line),
      ['0 1000 1', ''],
    );
  });

  it('cuts a sentence into the cells of a table', () => {
    const { rows } = describeMap(rootMap, 'uid_map', true, person, t);
    assert.equal(`${rows[0]?.inside} ${rows[0]?.outside}`, rows[0]?.sentence);
  });

  it('says that everyone is nobody without a map', () => {
    const words = describeMap([], 'uid_map', true, person, t);
    assert.deepEqual(words, { note: 'No map yet: every user inside is nobody (65534)', rows: [] });
  });

  it('takes the overflow id from the machine', () => {
    const words = describeMap([], 'gid_map', true, { ...person, overflowGid: 99 }, t);
    assert.equal(words.note, 'No map yet: every group inside is nogroup (99)');
  });

  it("says that the users are the host's in the initial user namespace", () => {
    const words = describeMap(identity, 'uid_map', false, person, t);
    assert.deepEqual(words, { note: "The host's own users (every id is itself)", rows: [] });
  });

  it('does not call an id "you" that is outside of the host', () => {
    const words = describeMap([{ inside: 0, outside: 1000, length: 1 }], 'uid_map', false, person, t);
    assert.equal(words.note, "The host's own users");
    assert.deepEqual(
      words.rows.map(({ sentence }) => sentence),
      ['root (0) inside is 1000 outside'],
    );
  });

  it('says so if the map cannot be read', () => {
    assert.equal(
      describeMap(undefined, 'uid_map', true, person, t).note,
      'The uid_map of this terminal cannot be read.',
    );
  });
});

describe('the owner of a file made inside', () => {
  it('is whom the map makes of you', () => {
    assert.match(
      describeOwner(rootMap, true, person, t),
      /^A file .* belongs to root inside and to you outside\./,
    );
    const shifted = [{ inside: 500, outside: 990, length: 20 }];
    assert.match(describeOwner(shifted, true, person, t), /belongs to 510 inside/);
  });

  it('is nobody without a map, or if the map leaves you out', () => {
    assert.match(describeOwner([], true, person, t), /belongs to nobody inside and to you outside/);
    const others = [{ inside: 0, outside: 5, length: 1 }];
    assert.match(describeOwner(others, true, person, t), /belongs to nobody inside/);
  });

  it("is you with the host's users", () => {
    assert.match(describeOwner(identity, false, person, t), /belongs to you, inside and outside/);
  });
});
