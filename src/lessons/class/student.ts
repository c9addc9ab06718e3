import { createHash } from 'node:crypto';
import { harmless } from '../../kernel/harmless';
import { parseIdMap } from '../../kernel/idMap';
import { longestName, type Student } from './record';

/** What a student's name and number are made of. */
export interface StudentFacts {
  /** In this user namespace. */
  readonly uid: number;
  /** undefined for a uid without an entry in passwd. */
  readonly userName: string | undefined;
  /** /proc/self/uid_map; undefined if it cannot be read. */
  readonly uidMap: string | undefined;
  /** The setting; '' for none. */
  readonly chosenName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The name is the setting's, else that of the login: of the platform where everyone has the same uid, else of the uid. */
export function studentOf({ uid, userName, uidMap, chosenName, env }: StudentFacts): Student {
  const login = tidy(platformLogin(env) ?? '') || tidy(userName ?? '') || String(uid);
  return { name: tidy(chosenName) || login, login, uid: outsideId(uid, uidMap) };
}

/** In JupyterHub all are jovyan, in a codespace all are codespace or vscode; who it is stands in the environment. */
function platformLogin(env: StudentFacts['env']): string | undefined {
  if (env['CODESPACES'] === 'true') return env['GITHUB_USER'];
  return env['JUPYTERHUB_USER'] ?? env['CODER_WORKSPACE_OWNER_NAME'];
}

function tidy(text: string): string {
  const whole = harmless(text.trim().normalize('NFC'));
  return Array.from(whole).slice(0, longestName).join('').trim();
}

/** What a file of this uid belongs to as those see it who are outside, such as the teacher of a class in containers. */
function outsideId(uid: number, uidMap: string | undefined): number {
  try {
    const row = parseIdMap(uidMap ?? '').find(({ inside, length }) => uid >= inside && uid < inside + length);
    return row ? row.outside + (uid - row.inside) : uid;
  } catch {
    return uid;
  }
}

/**
 * The name of a student's file: two students have two, and whatever the name is, it leads out of no folder. The same
 * uid with another name has another file, since in containers all students may have the same uid.
 */
export function fileNameOf({ uid, name }: Student): string {
  const readable = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(`${uid}\0${name}`).digest('hex').slice(0, 16);
  return `${[uid, readable, hash].filter((part) => part !== '').join('-')}.json`;
}
