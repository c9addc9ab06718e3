/**
 * What `vscode.l10n.t` does: the message in the person's language, with {0}, {1}, ... replaced. Code that makes words
 * takes it as an argument named `t`, so that it runs without vscode.
 */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;
