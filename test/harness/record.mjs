import { cpSync, existsSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { atExit } from './atExit.mjs';
import { build } from './build.mjs';
import { ensurePeers, ensureTools } from './ensure.mjs';
import { main } from './main.mjs';
import { asStudent, stage } from './ordinaryUser.mjs';
import { dist, isRoot, root } from './paths.mjs';
import { exitCode } from './process.mjs';

/**
 * A place that says nothing of this machine, for root to make: a hostname, a network and control groups of their own.
 * What the kernel lacks of it is left out.
 */
const neutralPlace = `
hostname lab
ip link set lo up
ip link add eth0 type bridge && ip link set eth0 address 02:00:00:00:00:02 up && ip address add 192.0.2.2/24 dev eth0
sed 's/^[^:]*:\\([^:]*\\):.*/\\1/; s/^name=//; s/^$/unified/' /proc/self/cgroup | while read name; do
  for top in /sys/fs/cgroup/$name /sys/fs/cgroup; do
    [ -w $top/cgroup.procs ] || continue
    [ $name = unified ] && mkdir -p $top/class && top=$top/class
    echo $$ > $top/cgroup.procs
    break
  done
done 2> /dev/null
exec "$@"`;

/** Takes all lessons in real terminals, as an ordinary user, and keeps what they show beside their texts. */
async function record() {
  await ensureTools();
  await ensurePeers();
  await build(['--tests']);
  const lessons = join(root, 'media', 'lessons');
  if (!isRoot) {
    ended(await exitCode(process.execPath, [recorder(dist), lessons], { cwd: root }));
    return;
  }
  const place = stage();
  const groups = ['/sys/fs/cgroup/unified/class', '/sys/fs/cgroup/class'].filter(
    (group) => !existsSync(group),
  );
  atExit(() => {
    for (const group of groups) if (existsSync(group)) rmdirSync(group);
  });
  try {
    const out = join(place.home, 'recordings');
    const { command, args, env } = asStudent(place, place.node, [recorder(place.dist), out]);
    const inPlace = ['--uts', '--net', 'sh', '-c', neutralPlace, 'sh', command, ...args];
    ended(await exitCode('unshare', inPlace, { cwd: place.home, env }));
    cpSync(out, lessons, { recursive: true });
  } finally {
    place.dispose();
  }
}

/** @param {string} folder */
function recorder(folder) {
  return join(folder, 'test', 'record', 'lessons.helper.js');
}

/** @param {number} code */
function ended(code) {
  if (code !== 0) throw new Error('The lessons could not be recorded.');
}

main(import.meta.url, record);
