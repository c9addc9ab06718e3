import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from './process.mjs';

const largestBytes = 3 * 1024 * 1024;

/** Debian 10, Ubuntu 18.10, RHEL 8: what VS Code's own server asks for. */
const newestGlibc = [2, 28];

/** Without these Anton does not run, or does not speak. */
const shipped = [
  'package.json',
  'package.nls.json',
  'package.nls.sk.json',
  'l10n/bundle.l10n.sk.json',
  'dist/extension.js',
  'dist/host.js',
  'readme.md',
];

/**
 * Unpacks a VSIX as the editor would: the folder holds package.json.
 * @param {string} file
 * @param {string} folder
 */
export function unpackVsix(file, folder) {
  rmSync(folder, { recursive: true, force: true });
  const temporary = mkdtempSync(join(tmpdir(), 'anton-vsix-'));
  try {
    capture('unzip', ['-q', file, 'extension/*', '-d', temporary]);
    capture('cp', ['-r', join(temporary, 'extension'), folder]);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * A text that is the same for two VSIX files with the same content, whenever they were packed.
 * @param {string} file
 */
export function fingerprint(file) {
  const lines = capture('unzip', ['-v', file])
    .split('\n')
    .filter((line) => line.includes('extension/'));
  // Length, method, size, ratio, date, time, CRC, name.
  const entries = lines.map((line) => line.trim().split(/\s+/).slice(6).join(' '));
  return createHash('sha256').update(entries.sort().join('\n')).digest('hex');
}

/**
 * Throws if a VSIX is too large, holds what should not ship, has a README that leads nowhere, or asks for a newer glibc than promised.
 * @param {string} file
 */
export async function checkVsix(file) {
  const folder = mkdtempSync(join(tmpdir(), 'anton-vsix-'));
  try {
    capture('unzip', ['-q', file, '-d', folder]);
    const content = readdirSync(join(folder, 'extension'), { recursive: true, withFileTypes: true });
    const files = content
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const names = files.map((name) => name.slice(join(folder, 'extension').length + 1));
    const faults = [
      ...sizeFaults(file),
      ...contentFaults(names),
      ...(await readmeFaults(join(folder, 'extension', 'readme.md'))),
      ...files.flatMap(glibcFaults),
    ];
    if (faults.length > 0) throw new Error(faults.map((fault) => fault.replace(`${folder}/`, '')).join('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function sizeFaults(file) {
  const { size } = statSync(file);
  return size > largestBytes ? [`The VSIX has ${size} bytes, more than ${largestBytes}`] : [];
}

/** @param {string[]} names */
function contentFaults(names) {
  const unwanted =
    /^(src|test|native|node_modules|\.git|\.vscode|\.ci)\/|\.(ts|c|cc|h|hh|map|vsix)$|^dist\/(test|stage)/i;
  const faults = names
    .filter((name) => unwanted.test(name))
    .map((name) => `${name} does not belong in the VSIX`);
  for (const needed of shipped) {
    if (!names.includes(needed)) faults.push(`${needed} is missing in the VSIX`);
  }
  return faults;
}

/** @param {string} file */
async function readmeFaults(file) {
  // It needs packages that may have been installed only now.
  const { relativeTargets } = await import('./userReadme.mjs');
  return relativeTargets(readFileSync(file, 'utf8')).map(
    (target) => `${file} shows or links ${target}, which is not beside it`,
  );
}

/** @param {string} file */
function isElf(file) {
  return readFileSync(file).subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1'));
}

/** @param {string} file */
function glibcFaults(file) {
  if (!isElf(file)) return [];
  const symbols = capture('readelf', ['--dyn-syms', '--wide', file]).matchAll(/(\S+)@GLIBC_(\d+)\.(\d+)/g);
  return [...symbols].flatMap(([, symbol, major, minor]) => {
    const isNewer = Number(major) > newestGlibc[0] || Number(minor) > newestGlibc[1];
    return isNewer
      ? [`${file} needs ${symbol} of glibc ${major}.${minor}, newer than ${newestGlibc.join('.')}`]
      : [];
  });
}
