import * as fs from 'node:fs';
import { TestRuntime, request, sleep } from './support';
describe('loss', () => {
  const runtime = new TestRuntime();
  it('x', async () => {
      const info = await runtime.open(request('anton', {command: ['sleep', '100']}));
      for (const fd of fs.readdirSync('/proc/self/fd')) { try { if (fs.readlinkSync('/proc/self/fd/'+fd).includes('ptmx')) console.log(fs.readFileSync('/proc/self/fdinfo/'+fd,'utf8')); } catch{} }
      for (let i = 0; i < 4; i++) { const t = await runtime.open(request('anton', {command: ['sh','-c','stty raw; sleep 100']})); await sleep(50); runtime.write(t.id, 'x'.repeat(300000)); }
      await sleep(100);
      const t0 = Date.now();
      await Promise.race([fs.promises.readFile('/etc/passwd').then(()=>console.log('read', Date.now()-t0)), sleep(3000).then(()=>console.log('STUCK'))]);
      runtime.dispose();
  });
});
