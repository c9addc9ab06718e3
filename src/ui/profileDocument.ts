import * as os from 'node:os';
import * as vscode from 'vscode';
import { Failure } from '../kernel/failure';
import { readMachine } from '../runtime/machine';
import { plannedSteps } from '../runtime/plannedSteps';
import type { Profile } from '../runtime/profile';
import { currentPerson } from '../runtime/profileMaps';
import { Disposable } from './disposable';
import { t } from './language';
import { profileNamed } from './opener';
import { BadRequest } from './reporter';
import { defaultShell } from './settings';
import { profileText } from './words/profileText';
import { explain } from './words/refusals';

const scheme = 'anton-profile';

/** Read-only documents that show a profile with all that it inherits, and the steps that it takes. */
export class ProfileDocuments extends Disposable implements vscode.TextDocumentContentProvider {
  private readonly changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.changed.event;

  /** @param scripts folder of the shells' start-up files (media/shell). */
  constructor(private readonly scripts: string) {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.register(vscode.workspace.onDidChangeConfiguration((event) => this.follow(event)));
  }

  /** @throws BadRequest if there is no such profile, or if it is broken. */
  async show(name: unknown): Promise<void> {
    const profile = await profileNamed(name);
    const path = `/${profile.name.replaceAll('/', '_')}.jsonc`;
    const uri = vscode.Uri.from({ scheme, path, query: profile.name });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'jsonc');
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    try {
      return this.textOf(await profileNamed(query));
    } catch (error) {
      if (error instanceof BadRequest) return `// ${error.message}\n`;
      throw error;
    }
  }

  private textOf(profile: Profile): string {
    const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.homedir();
    const facts = { person: currentPerson(), scripts: this.scripts, shell: defaultShell(), cwd };
    try {
      return profileText(profile, plannedSteps(profile, facts), t);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { what, why, remedy } = explain(error, readMachine(), t);
      return profileText(profile, `${what} ${why} ${remedy}`, t);
    }
  }

  private follow(event: vscode.ConfigurationChangeEvent): void {
    if (!event.affectsConfiguration('anton')) return;
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) this.changed.fire(uri);
  }
}
