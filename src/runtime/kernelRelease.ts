/** '4.4.0-19041-Microsoft' is WSL 1, '5.15.153.1-microsoft-standard-WSL2' is WSL 2. */
export function wslOf(release: string): 1 | 2 | undefined {
  if (!/microsoft/i.test(release)) return undefined;
  return release.endsWith('-Microsoft') ? 1 : 2;
}

/** Whether a release such as '6.8.0-45-generic' is at least '5.11'; an unreadable one is. */
export function isKernelAtLeast(release: string, wanted: string): boolean {
  const numbers = (text: string): number[] => text.split(/[.-]/, 2).map(Number);
  const [major = NaN, minor = NaN] = numbers(release);
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted);
  if (Number.isNaN(major) || Number.isNaN(minor)) return true;
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
