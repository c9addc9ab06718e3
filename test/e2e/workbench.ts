import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser.mjs';
import { startCodeServer, type Server } from '../harness/codeServer.mjs';
import { openToAll } from '../harness/openToAll.mjs';
import { stage, student, type Stage } from '../harness/ordinaryUser.mjs';
import { dist, isRoot } from '../harness/paths.mjs';
import { commandLine, processesBelow, runtimesOf } from './processes';
import { Terminal } from './terminal';

export interface WorkbenchOptions {
  /** Whose server it is. By default the round's ($ANTON_TEST_USER), which beside root is an ordinary user. */
  user?: 'root' | 'student';
  /** Opened as the workspace; by default a new and empty one. The user must be able to enter it. */
  folder?: string;
  settings?: Record<string, unknown>;
  /** For example "Default Light Modern"; see setTheme. */
  theme?: string;
  locale?: string;
  env?: Record<string, string>;
  size?: { width: number; height: number };
}

/** A part of the page, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A workbench in a browser, driven as a person would: by the palette, the keyboard and what can be seen. */
export class Workbench {
  /** Whose server it is: '' for who runs the tests. */
  readonly user: string;
  readonly uid: number;
  /** Where pictures are kept. */
  readonly screenshots = join(dist, 'screenshots');
  /** The terminal that is shown. */
  readonly terminal: Terminal;

  private constructor(
    readonly page: Page,
    readonly server: Server,
    readonly folder: string,
    private readonly dataDir: string,
    private readonly browser: Browser,
    private readonly place: Stage | undefined,
  ) {
    this.terminal = new Terminal(page);
    this.uid = place ? student.uid : (process.getuid?.() ?? 0);
    this.user = place ? 'student' : isRoot ? 'root' : '';
  }

  /** Starts a server and a browser, and resolves when Anton's icon is in the activity bar. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const user = options.user ?? process.env.ANTON_TEST_USER;
    const place = isRoot && user !== 'root' ? stage({ dist: false }) : undefined;
    const dataDir = mkdtempSync(join(place?.home ?? tmpdir(), 'anton-workbench-'));
    const folder = options.folder ?? join(dataDir, 'workspace');
    if (options.folder === undefined) mkdirSync(folder);
    const extensionsDir = join(dataDir, 'extensions');
    cpSync(installedExtensions(), extensionsDir, { recursive: true });
    openToAll(extensionsDir);
    const server = await startCodeServer({
      dataDir,
      extensionsDir,
      settings: { ...options.settings, ...themeSetting(options.theme) },
      ...(place && { student: place }),
      ...(options.locale !== undefined && { locale: options.locale }),
      ...(options.env && { env: options.env }),
    });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
    const bench = new Workbench(page, server, folder, dataDir, browser, place);
    try {
      await bench.load();
    } catch (error) {
      await bench.close();
      throw error;
    }
    return bench;
  }

  /** Another window of the same server with the same folder; its page is to be closed, not it. */
  async window(): Promise<Workbench> {
    const page = await this.browser.newPage({ viewport: this.page.viewportSize() ?? null });
    const other = new Workbench(page, this.server, this.folder, this.dataDir, this.browser, this.place);
    await other.load();
    return other;
  }

  /** Opens, or opens again, the page. */
  async load(): Promise<void> {
    await this.page.goto(`${this.server.url}/?folder=${encodeURIComponent(this.folder)}`);
    await this.icon().waitFor({ timeout: 60_000 });
  }

  /** Anton's icon in the activity bar. */
  icon(): Locator {
    return this.page.locator('.activitybar .action-label[aria-label="Anton"]');
  }

  /** Runs a command by its title in the palette, such as "Anton: New Terminal". */
  async command(title: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.tryCommand(title);
        return;
      } catch (error) {
        // A focus that is still on its way elsewhere, as when a terminal closes, takes the palette with it.
        if (tries === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  private async tryCommand(title: string): Promise<void> {
    const timeout = 3000;
    const palette = this.page.locator('.quick-input-widget:not([inert])');
    await this.page.keyboard.press('F1');
    await palette.locator('input').first().fill(`>${title}`, { timeout });
    // The first row need not be it: commands used lately come first, with a remark behind their title.
    const rows = [`[aria-label="${title}"]`, `[aria-label^="${title},"]`].map(
      (label) => `.monaco-list-row${label}`,
    );
    await palette.locator(rows.join(', ')).first().click({ timeout });
  }

  /** Runs a command that opens a list, and picks the entry with this text. */
  async pickAfter(title: string, text: string): Promise<void> {
    await this.useList(title, (rows, timeout) => rows.filter({ hasText: text }).first().click({ timeout }));
  }

  /** Takes the entry with this text in an open pick list. */
  async pick(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first().click();
  }

  /**
   * Runs a command that opens a list, and uses that. The editor gives the focus back to a page some 50 ms after the
   * palette has closed, and a list that opens at that moment closes again; so it is opened again, as a person would.
   * @param use is to give up after the timeout, in milliseconds, where the list is not there.
   */
  async useList(title: string, use: (rows: Locator, timeout: number) => Promise<void>): Promise<void> {
    const rows = this.page.locator('.quick-input-widget:not([inert]) .monaco-list-row');
    for (let tries = 1; ; tries++) {
      try {
        await this.command(title);
        await use(rows, 3000);
        return;
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }

  /** Presses keys where the focus is; a newline is Enter. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Opens a terminal in some way and waits for its prompt, so that no other terminal's is taken for it. */
  async opening(open: () => Promise<void>): Promise<void> {
    const terminals = this.page.locator('.terminal-wrapper');
    await terminals.evaluateAll((nodes) => nodes.forEach((node) => node.setAttribute('data-seen', '')));
    await open();
    await this.page
      .locator('.terminal-wrapper.active:not([data-seen]) .xterm-rows', { hasText: /anton>/ })
      .waitFor();
    await this.terminal.waitFor(/^anton> ?$/m);
  }

  /** Opens a terminal of a profile by its name, as a person picks it. */
  async openProfile(profile: string): Promise<void> {
    await this.opening(async () => {
      await this.command('Anton: New Terminal with Profile...');
      await this.page
        .locator(`.quick-input-widget .monaco-list-row[aria-label^="${profile},"]`)
        .first()
        .click();
    });
  }

  /** What the shown terminal shows, without trailing blanks. */
  async terminalText(): Promise<string> {
    return await this.terminal.text();
  }

  /** Shows Anton's views. */
  async openSidebar(): Promise<void> {
    const isShown = await this.icon().locator('xpath=ancestor::li').getAttribute('aria-selected');
    if (isShown !== 'true') await this.icon().click();
    // 'Terminals' or, once Anton runs in Slovak, 'Terminály'.
    await this.view('Termin').waitFor();
  }

  /** A view of the sidebar, by the beginning of the title it shows. */
  view(title: string): Locator {
    return this.page.locator('.part.sidebar .pane', {
      has: this.page.locator(`.pane-header[aria-label^="${title}"]`),
    });
  }

  /** Makes room in the sidebar. */
  async collapse(title: string): Promise<void> {
    const header = this.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }

  /** The rows of the trees in the sidebar, top to bottom, label and description separated by a blank. */
  async sidebarRows(): Promise<string[]> {
    const rows = await this.page.locator('.part.sidebar .monaco-list-row .monaco-icon-label').all();
    const texts = await Promise.all(rows.map((row) => row.innerText()));
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** The page in the webview view `anton.inspector`, if no lesson is open. The workbench wraps it in two frames. */
  inspector(): FrameLocator {
    return this.page.frameLocator('iframe.webview[src*="anton-runtime.anton"]').frameLocator('#active-frame');
  }

  /** The page of a lesson: frames of webviews lie over the workbench, and that of an editor reaches its right side. */
  lessonPage(): FrameLocator {
    return this.page
      .frameLocator('.webview-overlay-outer-right > iframe.webview[src*="anton-runtime.anton"]')
      .frameLocator('#active-frame');
  }

  /** The texts of all notifications, newest first; opens the list of them. */
  async notifications(): Promise<string[]> {
    await this.command('Notifications: Show Notifications');
    return await this.page.locator('.notifications-center .notification-list-item').allInnerTexts();
  }

  /**
   * Changes a setting while the workbench runs. One whose scope is machine-overridable counts only in the machine's
   * settings, since the workbench is a remote one.
   */
  setSetting(name: string, value: unknown, scope: 'User' | 'Machine' = 'User'): void {
    const file = join(this.dataDir, scope, 'settings.json');
    const settings = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
      : {};
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...settings, [name]: value }, undefined, 2));
  }

  /** Takes a theme by its name in the list, such as "Light Modern" or "Dark High Contrast". */
  async setTheme(label: string): Promise<void> {
    const before = await this.background();
    await this.command('Preferences: Color Theme');
    const filter = this.page.locator('.quick-input-widget input[placeholder*="Theme" i]');
    await filter.fill(label);
    await this.page.waitForTimeout(500);
    await this.page.keyboard.press('Enter');
    for (let tries = 0; tries < 20 && (await this.background()) === before; tries++) {
      await this.page.waitForTimeout(100);
    }
  }

  /** Ends terminals that would wait for their window, among what the next tests look at. */
  async endTerminals(): Promise<void> {
    await this.command('Terminal: Kill All Terminals');
    await this.page.waitForTimeout(1000);
  }

  /** The PID of the process in which extensions run: of the window opened last, one before it may still be ending. */
  extensionHost(): number {
    const found = processesBelow(this.server.pid).findLast((pid) =>
      commandLine(pid).includes('--type=extensionHost'),
    );
    if (found === undefined) throw new Error('there is no extension host');
    return found;
  }

  /** The PIDs of the runtimes of this server's Anton: at most one, unless another version runs there, too. */
  runtimes(): readonly number[] {
    return runtimesOf(this.dataDir);
  }

  /** Keeps a picture in dist/screenshots. */
  async screenshot(name: string): Promise<string> {
    const path = join(this.screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /**
   * Keeps a picture of a part of the workbench, in dist/screenshots/docs by the name that it has in docs/.
   * @param part a place in the page, or what stands there, with a little room around it; in pixels.
   */
  async picture(name: string, part: Box | Locator, room = 8): Promise<void> {
    const clip = 'boundingBox' in part ? withRoom(await part.boundingBox(), room) : part;
    // A border under the pointer is drawn thick.
    await this.page.mouse.move(0, 0);
    await this.page.waitForTimeout(500);
    await this.page.screenshot({ path: join(this.screenshots, 'docs', `${name}.png`), clip });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
    this.place?.dispose();
  }

  private async background(): Promise<string> {
    return await this.page
      .locator('.monaco-workbench')
      .evaluate((node) => getComputedStyle(node).backgroundColor);
  }
}

function withRoom(box: Box | null, room: number): Box {
  if (!box) throw new Error('what a picture is to be taken of is not there');
  return { x: box.x - room, y: box.y - room, width: box.width + 2 * room, height: box.height + 2 * room };
}

function themeSetting(theme: string | undefined): Record<string, unknown> {
  return theme === undefined ? {} : { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false };
}

function installedExtensions(): string {
  const folder = process.env.ANTON_EXTENSIONS;
  if (folder === undefined)
    throw new Error('Run by `npm test -- --level=e2e`, which installs the extension.');
  return folder;
}
