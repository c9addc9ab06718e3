import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { language, t } from '../language';
import { pageHtml } from '../inspector/pageHtml';
import { lessonModel } from './lessonModel';
import type { LessonSession } from './lessonSession';
import { lessonPanelType } from './panelType';
import { type FromLessonPage, isFromLessonPage, type ToLessonPage } from './protocol';

/** Milliseconds between two looks at the kernel's state, while the page is visible. */
const interval = 500;

/** The page of a lesson, beside the terminals. */
export class LessonPanel extends Disposable {
  private readonly panel: vscode.WebviewPanel;
  private timer: NodeJS.Timeout | undefined;
  private sent = '';
  private progress = '';
  private notice = '';

  constructor(
    extensionUri: vscode.Uri,
    readonly session: LessonSession,
    place: vscode.ViewColumn | vscode.WebviewPanel,
    private readonly onProgress: () => void,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'lesson');
    const { title } = session.lesson.texts[language()];
    const options = { enableScripts: true, localResourceRoots: [folder], enableFindWidget: true };
    this.panel = typeof place === 'number' ? create(title, place, options) : place;
    this.panel.webview.options = options;
    const { webview } = this.panel;
    this.register(webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.register(this.panel.onDidChangeViewState(() => this.follow()));
    this.register({ dispose: () => clearInterval(this.timer) });
    this.panel.onDidDispose(() => this.dispose());
    this.register(this.panel);
    webview.html = pageHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(folder, 'page.css')).toString(),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      language: language(),
      title,
    });
    this.follow();
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  /** Tells the page what is to be seen now, if that is not what it shows. */
  update(): void {
    const { lesson, values, lacks } = this.session;
    const model = {
      ...lessonModel(lesson, language(), this.session.look(), values, lacks, t),
      notice: this.notice,
    };
    this.panel.title = model.title;
    const text = JSON.stringify(model);
    if (text === this.sent) return;
    this.sent = text;
    const message: ToLessonPage = { type: 'show', model };
    void this.panel.webview.postMessage(message);
    if (model.progress === this.progress) return;
    this.progress = model.progress;
    this.onProgress();
  }

  /** Says above the lesson what is wrong with its files; '' if nothing is. */
  warn(notice: string): void {
    this.notice = notice;
    this.update();
  }

  private follow(): void {
    clearInterval(this.timer);
    if (!this.panel.visible) return;
    this.timer = setInterval(() => {
      try {
        this.update();
      } catch (error) {
        clearInterval(this.timer);
        this.onError(error);
      }
    }, interval);
  }

  private receive(message: unknown): void {
    if (isFromLessonPage(message)) this.answer(message).then(undefined, this.onError);
  }

  private async answer(message: FromLessonPage): Promise<void> {
    if (message.type === 'run') await this.session.run(message.name, language());
    if (message.type === 'reset') await this.session.reset();
    if (message.type === 'resetTask') await this.session.resetTask(message.id);
    if (message.type === 'ready') this.sent = '';
    this.update();
  }
}

function create(
  title: string,
  viewColumn: vscode.ViewColumn,
  options: vscode.WebviewPanelOptions & vscode.WebviewOptions,
): vscode.WebviewPanel {
  const show = { viewColumn, preserveFocus: viewColumn === vscode.ViewColumn.Beside };
  return vscode.window.createWebviewPanel(lessonPanelType, title, show, options);
}
