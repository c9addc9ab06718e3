import * as vscode from 'vscode';
import { t } from './language';
import type { NamespacesTree } from './namespacesTree';

/** Milliseconds of quiet after which what is typed takes effect. */
const quiet = 150;

/** Asks for a filter, and shows what it leaves while it is typed; Escape brings the one before back. */
export function askFilter(tree: NamespacesTree): void {
  const before = tree.filter;
  const box = vscode.window.createInputBox();
  let timer: NodeJS.Timeout | undefined;
  let isAccepted = false;
  box.title = t('Filter Namespaces');
  box.placeholder = t('kind, id, command, process, PID, container or terminal');
  box.prompt = t('Every word has to be found. An empty filter shows everything.');
  box.value = before;
  box.onDidChangeValue((text) => {
    clearTimeout(timer);
    timer = setTimeout(() => tree.setFilter(text), quiet);
  });
  box.onDidAccept(() => {
    isAccepted = true;
    clearTimeout(timer);
    tree.setFilter(box.value);
    box.hide();
  });
  box.onDidHide(() => {
    clearTimeout(timer);
    if (!isAccepted && tree.filter !== before) tree.setFilter(before);
    box.dispose();
  });
  box.show();
}
