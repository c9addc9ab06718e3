import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassFolder } from '../../src/lessons/class/folder';
import { rosterOf, type Roster } from '../../src/lessons/class/roster';
import { helperFile } from './helper';

const uid = process.getuid?.() ?? 0;
const rootless = ['unshare', '--user', '--map-root-user', '--mount', '--pid', '--fork', '--mount-proc'];
const as = (id: number) => ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'];

/** Real users and containers that share a class folder, each with a process of its own. */
describe('a class folder that several share', () => {
  let folder: string;
  let node = process.execPath;
  let program = helperFile('classStudent');
  let place: string | undefined;

  before(() => {
    if (uid !== 0) return;
    // The checkout may be closed to other users, and so may Node.
    place = mkdtempSync(join(tmpdir(), 'anton-students-'));
    chmodSync(place, 0o755);
    node = openCopy(node, join(place, 'node'), 0o755);
    program = openCopy(program, join(place, 'student.js'), 0o644);
  });
  after(() => {
    if (place !== undefined) rmSync(place, { recursive: true });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anton-class-'));
    // As a teacher makes it: everyone puts files there, nobody else lists or removes them.
    chmodSync(folder, 0o1733);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a student's process answers. */
  function student(prefix: readonly string[], ...args: readonly string[]): unknown {
    const [command = '', ...rest] = [...prefix, node, program, ...args];
    return JSON.parse(execFileSync(command, rest, { encoding: 'utf8' }));
  }

  async function roster(): Promise<Roster> {
    const reading = await new ClassFolder(folder).read();
    assert.ok('files' in reading);
    return rosterOf(reading.files, Date.now());
  }

  it('takes the files of a rootless container for those of who runs it', async () => {
    student(rootless, 'write', folder, 'Inside');
    student(rootless, 'write', folder, 'Inside');
    student([], 'write', folder, 'Outside');
    const { students, faults } = await roster();
    assert.deepEqual(faults, []);
    assert.deepEqual(
      students.map(({ student, lessons }) => [student.name, student.uid, lessons.map(({ slug }) => slug)]),
      [
        ['Inside', uid, ['anton/second', 'anton/first']],
        ['Outside', uid, ['anton/first']],
      ],
    );
  });

  it('has a row for each of two users, and neither sees or touches the other’s', async function () {
    if (uid !== 0) this.skip();
    assert.deepEqual(student(as(4301), 'write', folder, 'Same'), { name: 'Same', login: '4301', uid: 4301 });
    assert.deepEqual(student(as(4302), 'write', folder, 'Same'), { name: 'Same', login: '4302', uid: 4302 });
    assert.deepEqual((await roster()).students.map(({ student }) => [student.name, student.uid]).sort(), [
      ['Same', 4301],
      ['Same', 4302],
    ]);
    assert.deepEqual(student(as(4302), 'read', folder), { failed: 'EACCES' });
    const [first = ''] = readdirSync(folder).sort();
    assert.deepEqual(student(as(4302), 'remove', join(folder, first)), { code: 'EPERM' });
    assert.equal((await roster()).students.length, 2);
  });

  it('shows as a fault what one user puts where another’s file belongs, and tells that one', async function () {
    if (uid !== 0) this.skip();
    student(as(4301), 'write', folder, 'Eva');
    const [name = ''] = readdirSync(folder);
    rmSync(join(folder, name));
    execFileSync('setpriv', [...as(4302).slice(1), 'sh', '-c', 'echo "{}" > "$1"', 'sh', join(folder, name)]);
    assert.deepEqual(student(as(4301), 'write', folder, 'Eva'), { code: 'EPERM' });
    const { students, faults } = await roster();
    assert.deepEqual(students, []);
    assert.deepEqual(
      faults.map(({ file, owner }) => [file, owner]),
      [[name, 4302]],
    );
    assert.deepEqual(readdirSync(folder), [name]);
  });
});

function openCopy(from: string, to: string, mode: number): string {
  copyFileSync(from, to);
  chmodSync(to, mode);
  return to;
}
