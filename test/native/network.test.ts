import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as os from 'node:os';
import { NativeLibrary } from '../../src/kernel/native';
import type { Profile } from '../../src/runtime/profile';
import { connectUserNetwork } from '../../src/runtime/userNetwork';
import { eventually, request, TestRuntime } from './support';

const profile: Profile = {
  name: 'test',
  namespaces: ['user', 'pid', 'mnt', 'net'],
  map: 'root',
  freshProc: true,
  network: 'user',
};
const helpers = ['slirp4netns', 'pasta'].filter((name) => spawnSync(name, ['--version']).error === undefined);

/** An own network that reaches the host's through a program without privileges. */
describe('user-mode network', () => {
  const runtime = new TestRuntime();
  let server: http.Server;

  before(function () {
    if (helpers.length === 0 || !mayUseTun()) this.skip();
    server = http.createServer((_, response) => response.end('from the host'));
    server.listen(0);
  });
  afterEach(() => runtime.closeAll());
  after(() => {
    if (helpers.length > 0 && mayUseTun()) server.close();
  });

  it('reaches a server on the host, and has an interface beside lo', async function () {
    const host = Object.values(os.networkInterfaces())
      .flat()
      .find((each) => each?.family === 'IPv4' && !each.internal)?.address;
    if (host === undefined) return this.skip();
    const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
    const script = `fetch(${JSON.stringify(url)}).then((r) => r.text()).then(console.log)`;
    const { output } = await runtime.run('plain', [process.execPath, '-e', script], { profile });
    assert.match(output, /from the host/);
    const devices = await runtime.run('plain', ['cat', '/proc/net/dev', '/etc/resolv.conf'], { profile });
    assert.match(devices.output, /tap0|eth0|en/);
    assert.match(devices.output, /nameserver 10\.0\.2\.3/);
    return undefined;
  });

  it('its program ends with the terminal', async () => {
    const before = running();
    const info = await runtime.open(request('plain', { profile, command: ['sleep', 'infinity'] }));
    const own = running().filter((pid) => !before.includes(pid));
    assert.notDeepEqual(own, []);
    await runtime.close(info.id);
    await eventually(() => !running().some((pid) => own.includes(pid)), 'the end of the network’s program');
  });

  it('pasta, where it is there, is tied to this process too', async function () {
    if (!helpers.includes('pasta')) this.skip();
    const bare = { ...profile, network: 'none' as const };
    const info = await runtime.open(request('plain', { profile: bare, command: ['sleep', 'infinity'] }));
    const before = running();
    const folder = fs.mkdtempSync(`${os.tmpdir()}/anton-`);
    fs.symlinkSync(execFileSync('which', ['pasta'], { encoding: 'utf8' }).trim(), `${folder}/pasta`);
    try {
      const network = await connectUserNetwork(info.pid, NativeLibrary.load().guard, [folder]);
      assert.equal(network.program, 'pasta');
      const own = running().filter((pid) => !before.includes(pid));
      assert.notDeepEqual(own, []);
      network.stop();
      await eventually(() => !running().some((pid) => own.includes(pid)), 'the end of pasta');
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('without such a program it is refused', async () => {
    const network = connectUserNetwork(process.pid, NativeLibrary.load().guard, []);
    await assert.rejects(network, { step: 'user_network', code: 'ENOENT' });
  });
});

/** The device with which such a program makes an interface; in some machines only root may open it. */
function mayUseTun(): boolean {
  try {
    fs.accessSync('/dev/net/tun', fs.constants.R_OK | fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function running(): string[] {
  const names = /^(slirp4netns|pasta|passt|anton-tie)/;
  return fs
    .readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return names.test(fs.readFileSync(`/proc/${pid}/comm`, 'utf8'));
      } catch {
        return false;
      }
    });
}
