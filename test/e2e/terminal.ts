import type { Locator, Page } from 'playwright-core';

/** The terminal that the workbench shows, read from the text it renders. */
export class Terminal {
  /** @param place where it is looked for, such as `.part.editor`; anywhere by default. */
  constructor(
    private readonly page: Page,
    private readonly place = '',
  ) {}

  /**
   * Only one terminal of a group has the class; those behind it stay in the page, hidden. The line that sticks to the
   * top of a terminal is a terminal of its own.
   */
  private rows(): Locator {
    return this.page
      .locator(`${this.place} .terminal-wrapper.active .xterm-rows:not(.terminal-sticky-scroll .xterm-rows)`)
      .last();
  }

  /** The visible rows without trailing blanks, and without the empty rows after the last one with text. */
  async text(): Promise<string> {
    const rows = this.rows();
    if ((await rows.count()) === 0) return '';
    const lines = await rows.evaluate((node) => Array.from(node.children, (row) => row.textContent));
    return lines
      .map((line) => line.replace(/\u00a0/g, ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Resolves with the text once it matches; rejects with the text if that takes too long. */
  async waitFor(pattern: RegExp, timeoutMs = 20_000): Promise<string> {
    let text = '';
    const end = Date.now() + timeoutMs;
    while (Date.now() < end) {
      text = await this.text();
      if (pattern.test(text)) return text;
      await this.page.waitForTimeout(50);
    }
    throw new Error(`The terminal does not show ${String(pattern)}:\n${text}`);
  }

  /** Puts the keyboard's focus into it. */
  async focus(): Promise<void> {
    const inputs = '.xterm-helper-textarea:not(.terminal-sticky-scroll .xterm-helper-textarea)';
    await this.page.locator(`${this.place} .terminal-wrapper.active ${inputs}`).last().focus();
  }

  /** Types a line, ends it with Enter, and waits for what should come of it. */
  async run(line: string, pattern: RegExp): Promise<string> {
    await this.focus();
    await this.page.keyboard.type(`${line}\n`);
    return await this.waitFor(pattern);
  }
}
