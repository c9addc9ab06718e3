import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { readLessons } from '../../src/lessons/readLessons';
import { fill, valuesFor } from '../../src/lessons/variables';

/** `npm run record` makes them; a command that has changed since is found here. */
describe('the recordings of the lessons', () => {
  it('are of every command as it is typed now', async () => {
    const results = await readLessons(path.resolve('media', 'lessons'));
    for (const result of results) {
      assert.ok('lesson' in result, JSON.stringify(result));
      const { lesson } = result;
      const { recording } = lesson;
      assert.ok(recording, `${lesson.id} was recorded`);
      const surroundings = {
        user: recording.user,
        uid: 4242,
        gid: 4242,
        folder: '/tmp/lesson',
        hostname: '',
      };
      const values = valuesFor(recording.user, lesson, surroundings);
      for (const block of lesson.texts.en.blocks) {
        if (block.kind !== 'command') continue;
        const shown = recording.commands[block.name] ?? '';
        for (const line of fill(block.code, values).trimEnd().split('\n'))
          assert.ok(shown.includes(line), `${lesson.id}: ${line}\n${shown}`);
      }
    }
  });
});
