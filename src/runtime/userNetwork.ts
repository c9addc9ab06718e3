import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { Failure } from '../kernel/failure';
import { findProgram } from './program';

/** The address at which both programs answer for the host's name servers. */
export const nameServer = '10.0.2.3';

/**
 * By default pasta(1) forwards every port that is listened on, both ways, and lets the gateway's address lead to the
 * host's loopback.
 */
const pastaForwardsNothing = ['-t', 'none', '-u', 'none', '-T', 'none', '-U', 'none', '--no-map-gw'];

/** How long a helper may take until the network is there, in milliseconds. */
const patience = 5000;

/** A running pasta or slirp4netns. */
export interface UserNetwork {
  readonly program: string;
  stop(): void;
}

/**
 * Connects a network namespace with this one's network, by a program that needs no privilege: slirp4netns, else pasta.
 * It ends with the terminal, and with this process.
 * @param pid a process in the network namespace, seen from here.
 * @param folders where the programs may be.
 * @param tie absolute path of anton-guard, which ties a program's life to ours.
 * @throws Failure with step 'user_network' and what the program said.
 */
export async function connectUserNetwork(
  pid: number,
  tie: string,
  folders: readonly string[] = searchPath(),
): Promise<UserNetwork> {
  const slirp = await find('slirp4netns', folders);
  if (slirp !== undefined) return startSlirp(slirp, pid);
  const pasta = await find('pasta', folders);
  if (pasta !== undefined) return startPasta(pasta, pid, tie);
  throw new Failure({ step: 'user_network', code: 'ENOENT', subject: 'pasta, slirp4netns' });
}

/** slirp4netns(1): writes to the ready descriptor when the interface is up, ends when the exit descriptor hangs up. */
async function startSlirp(file: string, pid: number): Promise<UserNetwork> {
  const args = ['--configure', '--mtu=65520', '--disable-host-loopback', '--ready-fd=3', '--exit-fd=4'];
  const child = spawn(file, [...args, String(pid), 'tap0'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const exit = child.stdio[4] as Writable;
  exit.on('error', () => undefined);
  await ready(child, (resolve) => (child.stdio[3] as Readable).once('data', resolve));
  return running(child, 'slirp4netns', () => exit.destroy());
}

/** pasta(1) goes into the background when the interface is up, but stays below anton-guard, which ends it with us. */
async function startPasta(file: string, pid: number, tie: string): Promise<UserNetwork> {
  const asRoot = process.geteuid?.() === 0 ? ['--runas', '0'] : [];
  const args = ['--config-net', '--quiet', '--dns-forward', nameServer, ...pastaForwardsNothing, ...asRoot];
  const child = spawn(tie, [file, ...args, String(pid)], {
    argv0: 'anton-tie',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  await ready(child, (resolve) => child.stdout.once('data', resolve));
  return running(child, 'pasta', () => child.stdin.destroy());
}

function running(child: ChildProcess, program: string, stop: () => void): UserNetwork {
  // What it says is its own affair from here on, but a full pipe would stop it.
  child.stderr?.resume();
  child.unref();
  return { program, stop };
}

/** Waits until `listen` calls back. @throws Failure if the program ends before, or is too slow. */
function ready(child: ChildProcess, listen: (resolve: () => void) => void): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    const fail = (code: string, subject: string): void => {
      clearTimeout(late);
      reject(new Failure({ step: 'user_network', code, subject }));
    };
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail('ETIMEDOUT', said.trim());
    }, patience);
    child.once('error', (error: NodeJS.ErrnoException) => {
      fail(error.code ?? '', child.spawnfile);
    });
    child.once('close', () => {
      fail('', said.trim());
    });
    listen(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

/** Some systems keep such programs out of an ordinary user's PATH. */
function searchPath(): string[] {
  return [...(process.env['PATH'] ?? '').split(':').filter(Boolean), '/usr/sbin', '/sbin'];
}

async function find(name: string, folders: readonly string[]): Promise<string | undefined> {
  if (folders.length === 0) return undefined;
  return findProgram(name, folders.join(':'), '/', 'user_network').catch(() => undefined);
}
