import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as http from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import * as os from 'node:os';
import { NativeLibrary } from '../../src/kernel/native';
import type { Profile } from '../../src/runtime/profile';
import type { TerminalInfo } from '../../src/runtime/runtime';
import { connectUserNetwork, type UserNetwork } from '../../src/runtime/userNetwork';
import { exists } from './processes';
import { eventually, request, sleep, TestRuntime } from './support';

const profile: Profile = {
  name: 'test',
  namespaces: ['user', 'pid', 'mnt', 'net'],
  map: 'root',
  freshProc: true,
  network: 'user',
};
const helpers = ['slirp4netns', 'pasta'].filter((name) => spawnSync(name, ['--version']).error === undefined);

/** How often pasta looks for new ports to forward, and some more, in milliseconds. */
const pastaLooksForPorts = 1500;

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
    const url = `http://${host}:${portOf(server)}/`;
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

  describe('by pasta, where it is there', () => {
    const bare = { ...profile, network: 'none' as const };
    let folder: string;
    let network: UserNetwork;
    let info: TerminalInfo;
    let own: readonly string[];

    before(function () {
      if (!helpers.includes('pasta')) this.skip();
    });
    beforeEach(async () => {
      folder = fs.mkdtempSync(`${os.tmpdir()}/anton-`);
      fs.symlinkSync(execFileSync('which', ['pasta'], { encoding: 'utf8' }).trim(), `${folder}/pasta`);
      info = await runtime.open(request('plain', { profile: bare, command: ['sleep', 'infinity'] }));
      const before = running();
      network = await connectUserNetwork(info.pid, NativeLibrary.load().guard, [folder]);
      own = running().filter((pid) => !before.includes(pid));
    });
    afterEach(() => {
      network.stop();
      fs.rmSync(folder, { recursive: true });
    });

    const joined = (script: string): Promise<TerminalInfo> => {
      const command = [process.execPath, '-e', script];
      return runtime.open(request('plain', { profile: bare, command, join: { terminal: info.id } }));
    };

    it('is tied to this process too', async () => {
      assert.equal(network.program, 'pasta');
      assert.notDeepEqual(own, []);
      network.stop();
      await eventually(() => !running().some((pid) => own.includes(pid)), 'the end of pasta');
    });

    it('what listens on the host’s loopback cannot be reached from inside', async () => {
      const local = http.createServer((_, response) => response.end('from the loopback'));
      await once(local.listen(0, '127.0.0.1'), 'listening');
      const urls = ['127.0.0.1', ...gateways()].map((host) => `http://${host}:${portOf(local)}/`);
      await sleep(pastaLooksForPorts);
      const client = await joined(
        `const ask = (url) => fetch(url, { signal: AbortSignal.timeout(1000) }).then((r) => r.text(), () => 'refused');
        Promise.all(${JSON.stringify(urls)}.map(ask)).then((all) => console.log(all.join(','))).then(process.exit)`,
      );
      await runtime.end(client);
      local.close();
      assert.equal(runtime.outputOf(client).trim(), urls.map(() => 'refused').join(','));
    });

    it('what listens inside does not appear on the host', async () => {
      const inside = await joined(
        `const server = require('node:http').createServer().listen(0, '0.0.0.0', () => console.log('port', server.address().port))`,
      );
      const port = Number(/port (\d+)/.exec(await runtime.waitFor(inside, /port \d+\n/))?.[1]);
      await sleep(pastaLooksForPorts);
      await assert.rejects(once(connect(port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' });
    });
  });

  it('without such a program it is refused', async () => {
    const network = connectUserNetwork(process.pid, NativeLibrary.load().guard, []);
    await assert.rejects(network, { step: 'user_network', code: 'ENOENT' });
  });
});

describe('the program of a user-mode network', () => {
  const runtime = new TestRuntime();
  const path = process.env['PATH'];
  let folder: string;

  beforeEach(() => (folder = fs.mkdtempSync(`${os.tmpdir()}/anton-`)));
  afterEach(async () => {
    process.env['PATH'] = path;
    await runtime.closeAll();
    fs.rmSync(folder, { recursive: true });
  });

  it('ends although the terminal has ended before the network was there', async () => {
    const stub = `#!/bin/sh\necho $$ > ${folder}/pid; kill -KILL $6; sleep 0.3; echo ready >&3; exec cat <&4\n`;
    fs.writeFileSync(`${folder}/slirp4netns`, stub, { mode: 0o755 });
    process.env['PATH'] = `${folder}:${path}`;
    await assert.rejects(runtime.open(request('plain', { profile, command: ['true'] })));
    const pid = Number(fs.readFileSync(`${folder}/pid`, 'utf8'));
    assert.ok(exists(pid));
    await eventually(() => !exists(pid), 'its end');
  });
});

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}

/** The host's default gateways, which pasta gives to the network inside; in /proc/net/route their bytes are reversed. */
function gateways(): string[] {
  const routes = fs.readFileSync('/proc/net/route', 'utf8').matchAll(/^\S+\s+00000000\s+([0-9A-F]{8})/gm);
  return [...routes].map(([, gateway = '']) => [...Buffer.from(gateway, 'hex').reverse()].join('.'));
}

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
