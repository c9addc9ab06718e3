import * as assert from 'node:assert/strict';
import type { MachineReport } from '../../src/runtime/checkMachine';
import { machineText } from '../../src/ui/words/machineText';
import { t } from './facts';
import { openMachine } from './machineFacts';

describe('the document of Check This Machine', () => {
  const failure = { step: 'user_network', code: '', subject: '`|<b>' };
  const report: MachineReport = {
    rungs: [
      { id: 'net', needs: [], outcome: 'works', milliseconds: 3.21 },
      { id: 'network', needs: ['net'], outcome: 'refused', failure, milliseconds: 1 },
    ],
    profiles: [
      { name: 'anton', works: true },
      { name: 'a`b', works: false },
    ],
    findings: [{ cause: 'helper-failed', subject: failure.subject, rungs: ['network'], alsoLost: [] }],
    machine: { ...openMachine, executable: '/a|b`c' },
    milliseconds: 4,
  };
  const text = machineText(report, 'anton', 'now', t);

  it('says the most important in its first lines', () => {
    const [title, , summary] = text.split('\n');
    assert.equal(title, '# Check This Machine');
    assert.equal(summary, '**1 of 2 works. The default profile, anton, works here.**');
  });

  it('shows what others chose as text', () => {
    assert.match(text, /\\`\\\|\\<b\\>/);
    assert.match(text, /Refused: ``a`b``\./);
    assert.match(text, /``\/a\\\|b`c``/);
  });
});
