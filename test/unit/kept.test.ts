import * as assert from 'node:assert/strict';
import { Kept } from '../../src/inspect/kept';
import { containerIds, hostIds, machine, machineNamespace, machineProcess } from './machineFixture';

describe('what is kept of the snapshot before', () => {
  const { snapshot } = machine();

  it('is every process and namespace that is as it was, as the same object', () => {
    const kept = new Kept(snapshot);
    const again = structuredClone(snapshot);
    again.processes.forEach((process, i) => assert.equal(kept.process(process), snapshot.processes[i]));
    again.namespaces.forEach((each, i) => assert.equal(kept.namespace(each), snapshot.namespaces[i]));
  });

  it('is nothing of a process that changed, or of a later one with its PID', () => {
    for (const now of [
      machineProcess(100, 'vim'),
      machineProcess(100, 'bash', { startTime: 5000 }),
      machineProcess(100, 'bash', { namespaces: containerIds }),
    ])
      assert.equal(new Kept(snapshot).process(now), now);
  });

  it('is nothing of a namespace that changed', () => {
    const now = machineNamespace('net', 4026532600, { processCount: 3 });
    assert.equal(new Kept(snapshot).namespace(now), now);
  });

  it('goes on behind what came and what went', () => {
    const kept = new Kept(snapshot);
    const fresh = machineProcess(150, 'make');
    assert.equal(kept.process(fresh), fresh);
    assert.equal(kept.process(structuredClone(snapshot.processes[3] as never)), snapshot.processes[3]);
  });

  it('are the ids that processes share', () => {
    const [ids] = [new Kept(snapshot).ids({ ...hostIds })];
    assert.equal(ids, snapshot.processes[0]?.namespaces);
    const others = { ...hostIds, net: containerIds.pid as never };
    assert.equal(new Kept(snapshot).ids(others), others);
  });

  it('is nothing at first', () => {
    const now = machineProcess(1, 'init');
    assert.equal(new Kept(undefined).process(now), now);
  });
});
