/**
 * Under which keys the terminals of a window may wait: its own, and then those that it may have had before. Adding a
 * folder to a window with one folder, or saving it as a workspace, makes a workspace of it and so gives it another key.
 * @param file the URI of the workspace’s file; undefined if the window has none.
 * @param folders the URIs of what is open in it.
 */
export function workspaceKeys(
  file: string | undefined,
  folders: readonly string[],
): readonly [string, ...string[]] {
  return file === undefined ? [folders.join(' ')] : [file, ...folders];
}
