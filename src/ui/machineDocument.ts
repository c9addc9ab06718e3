import * as vscode from 'vscode';
import type { MachineReport } from '../runtime/checkMachine';
import { Disposable } from './disposable';
import { locale, onDidChangeLanguage, t } from './language';
import { contextKey } from './names';
import { defaultProfileName } from './settings';
import { machineText } from './words/machineText';
import type { MachineChecker } from './machineChecker';

const scheme = 'anton-machine';

interface Shown {
  readonly report: MachineReport;
  readonly when: Date;
  readonly uri: vscode.Uri;
}

/** Shows what Check This Machine has found, as a rendered document. */
export class MachineDocument extends Disposable implements vscode.TextDocumentContentProvider {
  private readonly changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;
  private shown: Shown | undefined;

  constructor(private readonly checker: MachineChecker) {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.register(onDidChangeLanguage(() => this.shown && this.changed.fire(this.shown.uri)));
    this.register(vscode.window.tabGroups.onDidChangeTabs(() => this.followTabs()));
  }

  /** Checks, with a notification that can cancel it, and shows the document. */
  async check(): Promise<void> {
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Anton checks this machine'),
        cancellable: true,
      },
      (progress, token) => this.checker.check(progress, token),
    );
    if (report) await this.show(report);
  }

  provideTextDocumentContent(): string {
    if (!this.shown) return '';
    const { report, when } = this.shown;
    return machineText(report, defaultProfileName(), when.toLocaleString(locale()), t);
  }

  private async show(report: MachineReport): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${fileName()}` });
    this.shown = { report, when: new Date(), uri };
    this.changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The Markdown extension may be switched off; the text reads well by itself.
      await vscode.window.showTextDocument(uri, { preview: true });
    }
    this.followTabs();
  }

  /** The editor's title offers to check again while the document is in front. */
  private followTabs(): void {
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    void vscode.commands.executeCommand('setContext', contextKey.machineShown, label.includes(fileName()));
  }
}

function fileName(): string {
  return `${t('Check This Machine')}.md`;
}
