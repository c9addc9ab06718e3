/** The places and words the page's frame is made of. */
export interface PageFrame {
  readonly script: string;
  readonly style: string;
  /** What `webview.cspSource` says. */
  readonly source: string;
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
}

/**
 * The page's frame. It may run one script, load one style sheet, and turn its own
 * drawings into images to be saved, and nothing else: no inline styles either.
 */
export function pageHtml({ script, style, source, nonce, language, title }: PageFrame): string {
  const policy = `default-src 'none'; style-src ${source}; img-src data:; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="${escape(language)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escape(title)}</title>
    <link rel="stylesheet" href="${escape(style)}" />
  </head>
  <body>
    <script nonce="${nonce}" src="${escape(script)}"></script>
  </body>
</html>
`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
