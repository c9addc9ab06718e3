import * as fs from 'node:fs';

/** Names by uid, from /etc/passwd; a directory service may know more. The first entry of a uid counts (passwd(5)). */
export function readUserNames(): ReadonlyMap<number, string> {
  try {
    return parseUserNames(fs.readFileSync('/etc/passwd', 'utf8'));
  } catch {
    return new Map();
  }
}

export function parseUserNames(passwd: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of passwd.split('\n')) {
    const [name, , uid] = line.split(':');
    if (!name || uid === undefined || !/^\d{1,10}$/.test(uid)) continue;
    if (!names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}
