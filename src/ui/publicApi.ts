import type { AntonApi, OpenTerminalOptions, Terminal, TerminalEnd } from '../api';
import type { MachineSnapshot } from '../inspect/snapshot';
import { readIdMap, readNamespaces } from '../kernel/proc';
import type { MachineReport } from '../runtime/checkMachine';
import type { Runtime, TerminalInfo } from '../runtime/runtime';
import type { MachineChecker } from './machineChecker';
import type { Opener } from './opener';

/** The API that other extensions get. */
export function publicApi(
  runtime: Runtime,
  opener: Opener,
  checker: MachineChecker,
  scan: () => Promise<MachineSnapshot>,
): AntonApi {
  const ends = new Map<number, Promise<TerminalEnd>>();
  runtime.subscribe((event) => {
    if (event.type !== 'opened') return;
    const { id } = event.info;
    ends.set(
      id,
      endOf(runtime, event.info).finally(() => ends.delete(id)),
    );
  });
  return {
    openTerminal: async (options: OpenTerminalOptions = {}) =>
      terminalOf(runtime, await opener.openQuietly(options), ends),
    namespaces: scan,
    checkMachine: () => checkedMachine(checker),
    terminals: () => runtime.list().map((info) => terminalOf(runtime, info, ends)),
  };
}

/** @throws Error if a person cancels the check that they had begun. */
async function checkedMachine(checker: MachineChecker): Promise<MachineReport> {
  const report = await checker.check();
  if (!report) throw new Error('the check of this machine was cancelled');
  return report;
}

function endOf(runtime: Runtime, { id }: TerminalInfo): Promise<TerminalEnd> {
  return new Promise((resolve) => {
    const subscription = runtime.subscribe((event) => {
      if (event.type !== 'ended' || event.id !== id) return;
      subscription.dispose();
      resolve(event.end);
    });
  });
}

function terminalOf(runtime: Runtime, info: TerminalInfo, ends: Map<number, Promise<TerminalEnd>>): Terminal {
  const end = ends.get(info.id);
  const isRunning = (): boolean => runtime.list().some(({ id }) => id === info.id);
  return {
    id: info.id,
    name: info.name,
    profile: info.profile.name,
    pid: info.pid,
    pids: info.pids,
    joined: info.joined,
    entered: info.entered,
    // The PID may be another's after the end.
    namespaces: () => (isRunning() ? readNamespaces(info.pid) : {}),
    uidMap: () => (isRunning() ? (readIdMap(info.pid, 'uid_map') ?? []) : []),
    gidMap: () => (isRunning() ? (readIdMap(info.pid, 'gid_map') ?? []) : []),
    sendText: (text) => {
      runtime.write(info.id, text);
    },
    kill: () => {
      runtime.kill(info.id);
    },
    waitForEnd: () => end ?? Promise.reject(new Error(`terminal ${info.id} has ended already`)),
  };
}
