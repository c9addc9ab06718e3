import * as assert from 'node:assert/strict';
import { chmodSync, chownSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClassFolder, type Reading } from '../../src/lessons/class/folder';
import { mostBytes } from '../../src/lessons/class/record';
import { rosterOf } from '../../src/lessons/class/roster';
import { fileNameOf } from '../../src/lessons/class/student';
import { faultyFiles, makeClassFolder, names, record, uid } from './classFixture';

describe('a class folder', () => {
  let folder: string;
  before(() => {
    folder = makeClassFolder(names.map((name) => record({ name })));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function read(reader = new ClassFolder(folder)): Promise<Extract<Reading, { files: unknown }>> {
    const reading = await reader.read();
    assert.ok('files' in reading);
    return reading;
  }

  async function faultOf(name: string): Promise<unknown> {
    const file = (await read()).files.find((each) => each.name === name);
    return file && 'fault' in file ? file.fault : file;
  }

  it('with 30 students and every fault is read: the students, and a reason for each of the rest', async () => {
    const { students, faults } = rosterOf((await read()).files, Date.now());
    assert.equal(students.length, 30);
    assert.deepEqual(
      faults.map(({ file }) => file),
      [...faultyFiles],
    );
    assert.deepEqual(
      faults.map(({ fault }) => ('kind' in fault ? fault.kind : fault.fault)),
      [
        ...['notJson', 'link', 'notJson', 'fifo', 'folder', 'newer', 'tooBig', 'notJson', 'link', 'notJson'],
        ...['name', 'link', 'shape'],
      ],
    );
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('shows no name as it was written that could do something', async () => {
    const shown = rosterOf((await read()).files, Date.now()).students.map(({ student }) => student.name);
    assert.ok(shown.includes('\\x1b[2Jgone\\u202e'), shown.join('\n'));
    assert.ok(shown.includes('Ľubomír Ďurčanský'));
  });

  it('believes the kernel, not the file, about whose it is', async () => {
    const other = record({ name: 'Mallory', uid: uid + 1 });
    const name = fileNameOf(other.student);
    writeFileSync(join(folder, name), JSON.stringify(other));
    assert.deepEqual(await faultOf(name), { fault: 'owner', says: uid + 1, owner: uid });
    if (uid === 0) {
      chownSync(join(folder, name), uid + 1, uid + 1);
      assert.ok('record' in ((await faultOf(name)) as object));
      chownSync(join(folder, name), 4242, 4242);
      assert.deepEqual(await faultOf(name), { fault: 'owner', says: uid + 1, owner: 4242 });
    }
    rmSync(join(folder, name));
  });

  it('takes a file of the largest size, and none that is one byte larger', async () => {
    const eva = record({ name: 'Large' });
    const name = fileNameOf(eva.student);
    const text = JSON.stringify(eva);
    writeFileSync(join(folder, name), text.padEnd(mostBytes));
    assert.ok('record' in ((await faultOf(name)) as object));
    writeFileSync(join(folder, name), text.padEnd(mostBytes + 1));
    assert.deepEqual(await faultOf(name), { fault: 'tooBig', bytes: mostBytes + 1 });
    rmSync(join(folder, name));
  });

  it('is read again only where something has changed', async () => {
    const reader = new ClassFolder(folder);
    const first = await read(reader);
    const eva = record({ name: 'Adam' }, { lessons: [] });
    writeFileSync(join(folder, 'new.tmp'), JSON.stringify(eva));
    renameSync(join(folder, 'new.tmp'), join(folder, fileNameOf(eva.student)));
    const second = await read(reader);
    const changed = second.files.filter((file, i) => file !== first.files[i]);
    assert.deepEqual(
      changed.map(({ name }) => name),
      [fileNameOf(eva.student)],
    );
  });

  it('says that students can remove each other’s files, until the sticky bit is set', async () => {
    chmodSync(folder, 0o777);
    assert.equal((await read()).isUnprotected, true);
    chmodSync(folder, 0o1777);
    assert.equal((await read()).isUnprotected, false);
    chmodSync(folder, 0o755);
    assert.equal((await read()).isUnprotected, false);
  });

  it('that is not there fails by name', async () => {
    assert.deepEqual(await new ClassFolder(join(folder, 'nowhere')).read(), { failed: 'ENOENT' });
    assert.deepEqual(await new ClassFolder(join(folder, 'README')).read(), { failed: 'ENOTDIR' });
  });

  it('with a thousand files lets others have their turn', async () => {
    const large = makeClassFolder(
      Array.from({ length: 1000 }, (_, i) => record({ name: `Student ${String(i)}` })),
    );
    try {
      let longest = 0;
      let last = performance.now();
      const timer = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 1);
      const { files } = await read(new ClassFolder(large));
      clearInterval(timer);
      assert.equal(files.length, 1000 + faultyFiles.length);
      assert.ok(longest < 100, `blocked for ${longest.toFixed(0)} ms`);
    } finally {
      rmSync(large, { recursive: true });
    }
  });
});
