import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { nativeFolder } from '../../src/kernel/native';
import { randomNumbers } from '../unit/random';

const sources = path.join(nativeFolder(), '..', '..', '..', 'native');
const rounds = Number(process.env['ANTON_ROUNDS'] ?? 400);

const words = [
  ...['-U', '-r', '-c', '-p', '-f', '-m', '-u', '-i', '-n', '-C', '-T', '-Urpf', '-R', '-w', '-h', '--'],
  ...['--user', '--map-root-user', '--pid', '--mount-proc', '--hostname', '--monotonic', '--boottime'],
  ...[
    '--profile',
    '--profile=',
    '--profile=all',
    '--profile=nobody',
    '--hostname=',
    '--root=/nowhere',
    '--wd=/',
  ],
  ...[
    '--monotonic=1e9',
    '--boottime=-0.5',
    '--monotonic=nan',
    '--boottime=inf',
    '--monotonic=1e400',
    '--help',
  ],
  ...[
    '',
    '-',
    '---',
    '--no-such-option',
    '-é',
    '%s%n',
    'x'.repeat(5000),
    '/',
    '0',
    '-1',
    '4294967296',
    'true',
  ],
];

/** The options are read by a program that looks at every access to its memory. */
describe('the options of the command anton', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'anton-options-'));
  const program = path.join(folder, 'anton');

  before(function () {
    // They are not there where the tests are staged for another user, who would find the same.
    if (!fs.existsSync(path.join(sources, 'main.c'))) this.skip();
    const flags = ['-std=gnu11', '-g', '-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    const files = ['main.c', 'op.c'].map((name) => path.join(sources, name));
    const { status, stderr } = spawnSync('cc', [...flags, ...files, '-o', program], { encoding: 'utf8' });
    if (status !== 0 && /asan|ubsan/.test(stderr)) this.skip();
    assert.equal(status, 0, stderr);
  });
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('whatever they are, they are obeyed or refused, and no memory is misused', function () {
    this.timeout(120_000);
    const random = randomNumbers(7);
    for (let i = 0; i < rounds; i++) {
      const options = Array.from({ length: random(6) }, () => words[random(words.length)] ?? '');
      const { status, stderr } = spawnSync(program, [...options, 'true'], {
        encoding: 'utf8',
        input: '',
        timeout: 10_000,
        env: { PATH: process.env['PATH'], SHELL: '/bin/true', ASAN_OPTIONS: 'detect_leaks=0' },
      });
      const line = JSON.stringify(options);
      assert.doesNotMatch(stderr, /Sanitizer|runtime error/, `${line}\n${stderr}`);
      assert.ok([0, 125, 126, 127].includes(status ?? -1), `${line}: ${status}\n${stderr}`);
      assert.ok(
        status === 0 || stderr.startsWith('anton: ') || stderr.includes('anton'),
        `${line}: ${stderr}`,
      );
    }
  });
});
