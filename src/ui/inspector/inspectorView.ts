import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Failure } from '../../kernel/failure';
import type { NamespaceIds } from '../../kernel/proc';
import type { HostPerson } from '../../inspect/hostPerson';
import type { MapWrite, Runtime, TerminalId } from '../../runtime/runtime';
import { Disposable } from '../disposable';
import { language, onDidChangeLanguage, t } from '../language';
import { view } from '../names';
import type { MachineWatcher } from '../machineWatch';
import type { SnapshotWatcher } from '../watch';
import { Page, type PageHost } from './page';
import { pageHtml } from './pageHtml';
import type { InspectorModel, MapResult, PictureFormat, SectionName } from './protocol';
import type { ChosenFile } from './reader';
import { ShownSubject, type Subject } from './subject';
import { SubjectReader } from './subjectReader';
import { describeWritten } from './writtenMaps';

/** The terminal a person works in, as far as it is one of Anton's. */
export interface ActiveTerminal {
  readonly event: vscode.Event<TerminalId | undefined>;
  current(): TerminalId | undefined;
}

/** The side panel: what makes up the selected, else the active terminal. */
export class InspectorView extends Disposable implements vscode.WebviewViewProvider, PageHost {
  static readonly id = view.inspector;

  private readonly shown: ShownSubject;
  private readonly subjects: SubjectReader;
  private compared: Subject | 'host' | undefined;
  private page: Page | undefined;
  private view: vscode.WebviewView | undefined;
  private file: ChosenFile | undefined;
  private asked: { readonly terminal: TerminalId; readonly at: number } | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly runtime: Pick<Runtime, 'writeIdMaps'>,
    private readonly watcher: SnapshotWatcher,
    private readonly machine: MachineWatcher,
    host: NamespaceIds,
    selection: { readonly onDidSelect: vscode.Event<TerminalId | undefined> },
    active: ActiveTerminal,
    private readonly person: HostPerson,
    private readonly onError: (error: unknown) => void = console.error,
  ) {
    super();
    this.shown = new ShownSubject(active.current());
    this.subjects = new SubjectReader(watcher, machine, host, person);
    this.register(vscode.window.registerWebviewViewProvider(InspectorView.id, this));
    this.register(
      selection.onDidSelect((id) => {
        this.shown.select(id);
        this.page?.update();
      }),
    );
    this.register(
      active.event((id) => {
        this.shown.activate(id);
        this.page?.update();
      }),
    );
    this.register(onDidChangeLanguage(() => this.load()));
    this.register({ dispose: () => this.page?.dispose() });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    view.webview.options = { enableScripts: true, localResourceRoots: [this.folder] };
    this.page?.dispose();
    const page = new Page(view, this.watcher, this.machine, this, this.onError);
    this.page = page;
    this.view = view;
    view.onDidDispose(() => {
      page.dispose();
      if (this.page === page) this.page = this.view = undefined;
    });
    this.load();
  }

  private get folder(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', 'inspector');
  }

  /** Loads the page, which asks for what it is to show once it is there. */
  private load(): void {
    const { view, folder } = this;
    if (!view) return;
    view.title = t('Inspector');
    view.webview.html = pageHtml({
      script: view.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.js')).toString(),
      style: view.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.css')).toString(),
      source: view.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      language: language(),
      title: t('Anton: Inspector'),
    });
  }

  /** Shows the form in which a terminal's maps are written. */
  async askForMaps(terminal: TerminalId): Promise<void> {
    this.shown.select(terminal);
    this.asked = { terminal, at: Date.now() };
    await vscode.commands.executeCommand(`${InspectorView.id}.focus`);
    this.page?.update();
  }

  async writeMaps(id: TerminalId, writes: readonly MapWrite[]): Promise<MapResult> {
    try {
      return describeWritten(await this.runtime.writeIdMaps(id, writes), this.person, t);
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'ESRCH')) throw error;
      return { done: [], refused: true, lines: [t('The terminal has ended.')] };
    }
  }

  /** Shows a process or a namespace. */
  async inspect(subject: Subject): Promise<void> {
    this.shown.inspect(subject);
    await vscode.commands.executeCommand(`${InspectorView.id}.focus`);
    this.page?.update();
  }

  /** Shows a section of a subject, and leaves the keyboard's focus where it is: a person works elsewhere. */
  async turnTo(subject: Subject, section: SectionName): Promise<void> {
    this.shown.inspect(subject);
    await vscode.commands.executeCommand(`${InspectorView.id}.focus`, { preserveFocus: true });
    this.page?.update();
    this.page?.reveal(section);
  }

  /** Shows what is inspected, or the first of both, beside another. */
  async compareWith(subject: Subject | undefined, other: Subject | 'host'): Promise<void> {
    if (subject) this.shown.inspect(subject);
    this.compare(other);
    await vscode.commands.executeCommand(`${InspectorView.id}.focus`);
    this.page?.update();
  }

  /** What the panel is about; undefined if there is nothing. */
  get subject(): Subject | undefined {
    return this.shown.among(this.watcher.current().map(({ info }) => info.id));
  }

  private compare(other: Subject | 'host' | undefined): void {
    this.compared = other;
    this.page?.update();
  }

  endComparison(): void {
    this.compare(undefined);
  }

  /** Draws the owner of a file into the maps. */
  async showFile(file: ChosenFile): Promise<void> {
    this.file = file;
    await vscode.commands.executeCommand(`${InspectorView.id}.focus`);
    this.page?.update();
  }

  forgetFile(): void {
    this.file = undefined;
    this.page?.update();
  }

  /** A section's picture as it is drawn now; '' where the panel does not show it. */
  async draw(section: SectionName, format: PictureFormat): Promise<string> {
    await vscode.commands.executeCommand(`${InspectorView.id}.focus`);
    return (await this.page?.draw(section, format)) ?? '';
  }

  /** What the panel says now. */
  model(): InspectorModel {
    return this.subjects.model(this.subject, this.compared, { asked: this.asked, file: this.file });
  }
}
