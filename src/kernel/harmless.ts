/**
 * Makes text that others chose (process names, paths) safe to show: control characters, escape sequences, line breaks,
 * bidirectional controls and invisible characters appear as visible escapes like \x1b or \u202e. Whoever renders HTML
 * still escapes it as text.
 */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '\\n';
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
