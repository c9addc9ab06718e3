import assert from 'node:assert/strict';
import { largestId, type IdMap } from '../../src/kernel/idMap';
import { sectionAsMarkdown } from '../../src/ui/inspector/markdown';
import type { Drawing, Text } from '../../src/ui/inspector/pictures/drawing';
import { drawNamespaces } from '../../src/ui/inspector/pictures/namespacesPicture';
import { insideRuler, outsideRuler, placeOf, type Slot } from '../../src/ui/inspector/pictures/rulers';
import { drawSection } from '../../src/ui/inspector/pictures/sectionPicture';
import { drawUsers } from '../../src/ui/inspector/pictures/usersPicture';
import { sectionNames, type SubjectModel } from '../../src/ui/inspector/protocol';
import { inspectorModel } from '../../src/ui/inspector/viewModel';
import { evilNames, person, process, t, terminalInfo, terminalSnapshot } from './facts';
import { randomNumbers } from './random';

const overflow = 65534;

function model(map?: IdMap, name = 'bash'): SubjectModel {
  const snapshot = terminalSnapshot({
    processes: [process(1, name, 0), process(7, 'sleep', 1)],
    ...(map && { uidMap: map }),
  });
  const info = terminalInfo(1, {
    name,
    steps: [{ step: 'clone', call: 'clone(A|B) = 7', code: '', begin: 0, duration: 5 }],
  });
  const shown = inspectorModel({ info, snapshot }, {}, { t, language: 'en', person });
  assert.ok(shown.type === 'subject');
  return shown;
}

function uidPicture(map: IdMap, width = 272): Drawing {
  const picture = model(map).sections?.users.tables[0]?.picture;
  assert.ok(picture);
  return drawUsers(picture, width);
}

function count({ shapes }: Drawing, look: string): number {
  return shapes.filter((shape) => shape.type !== 'text' && shape.look === look).length;
}

function texts({ shapes }: Drawing): readonly string[] {
  return shapes.filter((shape): shape is Text => shape.type === 'text').map(({ text }) => text);
}

describe('the rulers of a map', () => {
  it('cover every id outside, once, in order, and fill the width', () => {
    for (let round = 0; round < 200; round++) {
      const map = randomMap(randomNumbers(round + 1));
      const slots = outsideRuler(map, 272);
      assert.equal(slots[0]?.first, 0);
      assert.equal(slots.at(-1)?.last, largestId);
      slots.reduce((before, slot) => {
        assert.equal(slot.first, before.last + 1);
        assert.ok(Math.abs(slot.x - before.x - before.width) < 1e-6);
        return slot;
      });
      assert.ok(Math.abs(endOf(slots) - 272) < 1e-6);
      assert.deepEqual(
        slots.flatMap(({ row }) => row ?? []).sort((a, b) => a - b),
        map.map((_, row) => row),
      );
    }
  });

  it('have a place for nobody inside, but for the map that changes nothing', () => {
    const nobody = (map: IdMap): number =>
      insideRuler(map, overflow, 272).filter(({ row }) => row === undefined).length;
    assert.equal(nobody([]), 1);
    assert.equal(nobody([{ inside: 0, outside: 1000, length: 1 }]), 1);
    assert.equal(nobody([{ inside: 0, outside: 0, length: largestId + 1 }]), 0);
  });

  it('tell where an id lies: within its slot, in order', () => {
    const slots = outsideRuler([{ inside: 0, outside: 100_000, length: 65_536 }], 272);
    const places = [0, 99_999, 100_000, 120_000, 165_535, 165_536, largestId].map((id) => placeOf(id, slots));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => (a ?? NaN) - (b ?? NaN)),
    );
    assert.equal(new Set(places).size, places.length);
  });
});

describe('the picture of a map', () => {
  it('looks different without a map, with one id, and with ranges', () => {
    const none = uidPicture([]);
    const one = uidPicture([{ inside: 0, outside: 1000, length: 1 }]);
    const ranges = uidPicture([
      { inside: 0, outside: 1000, length: 1 },
      { inside: 1, outside: 100_000, length: 65_536 },
    ]);
    assert.deepEqual(
      [none, one, ranges].map((each) => count(each, 'band')),
      [0, 1, 2],
    );
    assert.ok(texts(none).includes('everyone'));
    assert.ok(texts(one).includes('1000 you') && texts(one).includes('0 root'));
    assert.ok(texts(ranges).includes('1000 you') && texts(ranges).includes('100000–165535'));
  });

  it('has lines from the others to nobody, but for the map that changes nothing', () => {
    assert.ok(count(uidPicture([]), 'lost') > 2);
    assert.equal(count(uidPicture([{ inside: 0, outside: 0, length: largestId + 1 }]), 'lost'), 0);
  });

  it('draws 340 rows, and names those that have room for it', () => {
    const map = Array.from({ length: 340 }, (_, i) => ({ inside: i, outside: 1000 + 2 * i, length: 1 }));
    assert.equal(count(uidPicture(map), 'band'), 340);
    assert.ok(texts(uidPicture(map.slice(0, 2))).includes('1000 you'));
    assert.ok(!texts(uidPicture(map)).includes('1000 you'));
  });

  it('never leaves its width', () => {
    for (let round = 0; round < 100; round++) {
      const { shapes } = uidPicture(randomMap(randomNumbers(round + 1)), 230);
      for (const shape of shapes) {
        if (shape.type === 'rectangle') assert.ok(shape.x >= -1 && shape.x + shape.width <= 231);
        if (shape.type === 'text') assert.ok(shape.x >= 0 && shape.x <= 230);
      }
    }
  });
});

describe('the chips of the namespaces', () => {
  it('stand apart from the host’s where they are own, and are one box where they are shared', () => {
    const { rows, picture } = model().sections?.namespaces ?? assert.fail();
    const drawing = drawNamespaces(rows, picture, 272);
    assert.equal(count(drawing, 'own'), 2);
    assert.equal(count(drawing, 'shared'), 8);
  });
});

describe('a section for a slide', () => {
  it('has its title and its facts, whatever it is', () => {
    for (const section of sectionNames) {
      const drawing = drawSection(section, model(), 640);
      const shown = model().sections?.[section];
      assert.equal(drawing === undefined, shown === undefined, section);
      if (!drawing || !shown) continue;
      assert.equal(texts(drawing)[0], `bash · ${shown.heading}`);
      assert.ok(drawing.height > 60 && drawing.width === 640);
    }
  });

  it('is a table as Markdown', () => {
    assert.equal(
      sectionAsMarkdown('processes', model()),
      [
        '## bash: Processes',
        '',
        '| Inside | Outside | Name |',
        '| --- | --- | --- |',
        '| 1 | 25435 | bash |',
        '| 7 | 25441 | \u2003sleep |',
        '',
        'ps inside reads a /proc that was mounted in here, so it lists only what is in here.',
        '',
      ].join('\n'),
    );
    assert.equal(sectionAsMarkdown('compare', model()), undefined);
  });

  for (const [name] of evilNames) {
    it(`stays a table with ${JSON.stringify(name)} in it`, () => {
      const evil = `${name}|\`*_[x](y)`;
      const lines = (sectionAsMarkdown('processes', model(undefined, evil)) ?? '').split('\n');
      const row = lines.find((line) => line.startsWith('| 1 |')) ?? '';
      assert.equal(row.replace(/\\./g, '').split('|').length, 5);
      assert.doesNotMatch(row.replace(/\\./g, ''), /[`*<[\]]/);
    });
  }
});

function endOf(slots: readonly Slot[]): number {
  const last = slots.at(-1);
  return last ? last.x + last.width : 0;
}

/** Rows that overlap neither inside nor outside, in any order. */
function randomMap(below: (end: number) => number): IdMap {
  let [inside, outside] = [0, 0];
  const rows = Array.from({ length: below(12) }, () => {
    const length = below(2) === 0 ? 1 : 1 + below(100_000);
    const row = { inside: inside + below(10), outside: outside + below(1000), length };
    [inside, outside] = [row.inside + length, row.outside + length];
    return row;
  });
  return rows.sort(() => below(3) - 1);
}
