import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Listener } from '../../src/host/listener';
import { findSockets } from '../../src/host/sockets';
import { eventually } from './support';

/** Where the runtime's process listens when what happens to its folders is not in its hands. */
describe('the place where windows connect', () => {
  let scratch: string;
  let best: string;
  let next: string;
  let listener: Listener;

  beforeEach(async () => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-listener-'));
    best = path.join(scratch, 'best');
    next = path.join(scratch, 'next');
    listener = new Listener([best, next], '01234567', (client) => client.destroy());
    await once(listener.listen(), 'listening');
  });
  afterEach(() => {
    listener.close();
    if (fs.existsSync(best)) fs.chmodSync(best, 0o700);
    fs.rmSync(scratch, { recursive: true, force: true });
  });

  const places = (): readonly string[] => findSockets([best, next]).map((file) => path.dirname(file.path));
  const renewed = async (): Promise<readonly string[]> => {
    listener.renew();
    await eventually(() => places().length > 0, 'the socket');
    return places();
  };

  it('is the best folder, and nothing of it is left at the end', () => {
    assert.deepEqual(places(), [best]);
    listener.renew();
    assert.deepEqual(places(), [best]);
    listener.close();
    assert.deepEqual(fs.readdirSync(scratch), []);
  });

  it('is made anew after a sweep', async () => {
    fs.rmSync(best, { recursive: true });
    assert.deepEqual(await renewed(), [best]);
  });

  const spoiling: Readonly<Record<string, () => void>> = {
    closed: () => fs.chmodSync(best, 0o000),
    opened: () => fs.chmodSync(best, 0o755),
    replaced: () => {
      fs.rmSync(best, { recursive: true });
      fs.writeFileSync(best, '');
    },
  };
  for (const [what, spoil] of Object.entries(spoiling)) {
    it(`is the next good folder once the best was ${what}`, async () => {
      spoil();
      assert.deepEqual(await renewed(), [next]);
      listener.close();
      assert.ok(!fs.existsSync(next));
    });
  }

  it('is sought for as long as no folder is good, and what hinders it is logged once', async () => {
    const logged: unknown[] = [];
    const { error } = console;
    console.error = (what: unknown) => logged.push(what);
    try {
      fs.rmSync(best, { recursive: true });
      for (const folder of [best, next]) fs.writeFileSync(folder, '');
      for (let i = 0; i < 3; i++) listener.renew();
      assert.equal(logged.length, 1);
      fs.rmSync(next);
      assert.deepEqual(await renewed(), [next]);
    } finally {
      console.error = error;
    }
  });
});
