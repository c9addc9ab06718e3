import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { HostPerson } from '../../inspect/hostPerson';
import type { TerminalId } from '../../runtime/runtime';
import { Disposable, type DisposableLike } from '../disposable';
import { command, view } from '../names';
import type { SnapshotWatcher } from '../watch';
import { Announcer } from './announcer';
import { pageHtml } from './pageHtml';
import type { FromPage, InspectorModel, ToPage } from './protocol';
import { ShownTerminal } from './shownTerminal';
import { inspectorModel } from './viewModel';

/** The terminal a person works in, as far as it is one of Anton's. */
export interface ActiveTerminal {
  readonly event: vscode.Event<TerminalId | undefined>;
  current(): TerminalId | undefined;
}

/** The side panel: what makes up the selected, else the active terminal. */
export class InspectorView extends Disposable implements vscode.WebviewViewProvider {
  static readonly id = view.inspector;

  private readonly shown: ShownTerminal;
  private page: Page | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly watcher: SnapshotWatcher,
    selection: { readonly onDidSelect: vscode.Event<TerminalId | undefined> },
    active: ActiveTerminal,
    private readonly person: HostPerson,
    private readonly onError: (error: unknown) => void = console.error,
  ) {
    super();
    this.shown = new ShownTerminal(active.current());
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
    this.register({ dispose: () => this.page?.dispose() });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const folder = vscode.Uri.joinPath(this.extensionUri, 'dist', 'inspector');
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    this.page?.dispose();
    const page = new Page(view, this.watcher, () => this.model(), this.onError);
    this.page = page;
    view.onDidDispose(() => {
      page.dispose();
      if (this.page === page) this.page = undefined;
    });
    view.webview.html = pageHtml({
      script: view.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.js')).toString(),
      style: view.webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.css')).toString(),
      source: view.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      language: vscode.env.language,
      title: vscode.l10n.t('Anton: Inspector'),
    });
  }

  private model(): InspectorModel {
    const terminals = this.watcher.current();
    const id = this.shown.among(terminals.map(({ info }) => info.id));
    const terminal = terminals.find(({ info }) => info.id === id);
    const joined = terminals.find(({ info }) => info.id === terminal?.info.joined);
    const reader = { t: vscode.l10n.t, language: vscode.env.language, person: this.person };
    return inspectorModel(terminal, joined?.info, reader);
  }
}

/** One life of the view's page. Watches the terminals, and tells the page of changes, only while it is visible. */
class Page extends Disposable {
  private watching: (DisposableLike & { readonly announcer: Announcer }) | undefined;
  private sent = '';

  constructor(
    private readonly view: vscode.WebviewView,
    private readonly watcher: SnapshotWatcher,
    private readonly model: () => InspectorModel,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.register(view.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.register(view.onDidChangeVisibility(() => this.followVisibility()));
    this.register({ dispose: () => this.watching?.dispose() });
    this.followVisibility();
  }

  /** Tells the page what is to be seen now, if that is not what it shows. */
  update(): void {
    if (!this.watching) return;
    const model = this.model();
    this.view.description = model.type === 'terminal' ? model.title : '';
    const text = JSON.stringify(model);
    if (text === this.sent) return;
    this.sent = text;
    this.post({ type: 'show', model });
    this.watching.announcer.show(model);
  }

  private followVisibility(): void {
    if (!this.view.visible) {
      this.watching?.dispose();
      this.watching = undefined;
    } else if (!this.watching) {
      const announcer = new Announcer(vscode.l10n.t, (text) => this.post({ type: 'announce', text }));
      const children = [announcer, this.watcher.onDidChange(() => this.update()), this.watcher.hold()];
      this.watching = { announcer, dispose: () => children.forEach((child) => child.dispose()) };
      this.sent = '';
      this.update();
    }
  }

  private post(message: ToPage): void {
    // Resolves to false for a page that is gone; the next one asks with 'ready'.
    void this.view.webview.postMessage(message);
  }

  private receive(message: unknown): void {
    if (!isFromPage(message)) return;
    if (message.type === 'ready') {
      this.sent = '';
      this.update();
    } else if (message.type === 'newTerminal') {
      vscode.commands.executeCommand(command.newTerminal).then(undefined, this.onError);
    } else {
      vscode.env.clipboard
        .writeText(message.text)
        .then(() => this.post({ type: 'announce', text: vscode.l10n.t('Copied {0}', message.text) }))
        .then(undefined, this.onError);
    }
  }
}

function isFromPage(message: unknown): message is FromPage {
  const { type, text } = (message ?? {}) as { type?: unknown; text?: unknown };
  return type === 'ready' || type === 'newTerminal' || (type === 'copy' && typeof text === 'string');
}
