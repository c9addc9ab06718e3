import * as vscode from 'vscode';
import type { MapWrite, TerminalId } from '../../runtime/runtime';
import { Disposable, type DisposableLike } from '../disposable';
import { t } from '../language';
import { command } from '../names';
import type { MachineWatcher } from '../machineWatch';
import type { SnapshotWatcher } from '../watch';
import { Announcer } from './announcer';
import { isFromPage } from './fromPage';
import type { FromPage, InspectorModel, MapResult, PictureFormat, SectionName, ToPage } from './protocol';

/** What a page asks of the view that it is in. */
export interface PageHost {
  model(): InspectorModel;
  writeMaps(id: TerminalId, writes: readonly MapWrite[]): Promise<MapResult>;
  endComparison(): void;
  forgetFile(): void;
}

/** Milliseconds that a page may need to be there. */
const loading = 5000;

/** One life of the view's page. Watches the terminals, and tells the page of changes, only while it is visible. */
export class Page extends Disposable {
  private watching: (DisposableLike & { readonly announcer: Announcer }) | undefined;
  private sent = '';
  private revealed: { readonly section: SectionName; readonly at: number } | undefined;
  /** Who waits for a picture; '' tells that there will be none. */
  private drawn: (data: string) => void = () => undefined;

  constructor(
    private readonly view: vscode.WebviewView,
    private readonly watcher: SnapshotWatcher,
    private readonly machine: MachineWatcher,
    private readonly host: PageHost,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this.register(view.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.register(view.onDidChangeVisibility(() => this.followVisibility()));
    this.register({ dispose: () => this.watching?.dispose() });
    this.register({ dispose: () => this.drawn('') });
    this.followVisibility();
  }

  /** Tells the page what is to be seen now, if that is not what it shows. */
  update(): void {
    if (!this.watching) return;
    const model = this.host.model();
    this.view.description = model.type === 'subject' ? model.title : '';
    const text = JSON.stringify(model);
    if (text === this.sent) return;
    this.sent = text;
    this.post({ type: 'show', model });
    this.watching.announcer.show(model);
  }

  /** A section's picture: an SVG's text, or a PNG in base 64; '' if the page does not show it. */
  draw(section: SectionName, format: PictureFormat): Promise<string> {
    this.drawn('');
    return new Promise((resolve) => {
      this.drawn = resolve;
      this.post({ type: 'draw', section, format });
    });
  }

  /** Opens a section and scrolls to it, as soon as the page has it. */
  reveal(section: SectionName): void {
    this.revealed = { section, at: Date.now() };
    this.post({ type: 'reveal', section });
  }

  announce(text: string): void {
    this.post({ type: 'announce', text });
  }

  private followVisibility(): void {
    if (!this.view.visible) {
      this.watching?.dispose();
      this.watching = undefined;
      this.drawn('');
    } else if (!this.watching) {
      const announcer = new Announcer(t, (text) => this.announce(text));
      const children = [
        announcer,
        this.watcher.onDidChange(() => this.update()),
        this.watcher.hold(),
        this.machine.onDidChange(() => this.update()),
        this.machine.hold(),
      ];
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
    if (isFromPage(message)) this.answer(message).then(undefined, this.onError);
  }

  private async answer(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.sent = '';
        this.update();
        if (this.revealed && Date.now() - this.revealed.at < loading) this.reveal(this.revealed.section);
        return;
      case 'newTerminal':
        await vscode.commands.executeCommand(command.newTerminal);
        return;
      case 'endComparison':
        this.host.endComparison();
        return;
      case 'chooseFile':
        await vscode.commands.executeCommand(command.showFileOwner);
        return;
      case 'dropFile':
        await vscode.commands.executeCommand(command.showFileOwner, message.uris);
        return;
      case 'forgetFile':
        this.host.forgetFile();
        return;
      case 'drawn':
        this.drawn(message.data);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        this.announce(t('Copied {0}', message.text));
        return;
      case 'writeIdMaps': {
        const { key } = message;
        const result = await this.host.writeMaps(key as TerminalId, message.writes);
        this.post({ type: 'written', key, result });
      }
    }
  }
}
