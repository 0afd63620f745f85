// Characters of a mail that would act instead of being read: control codes, terminal escapes, bidi overrides.
// They are shown as a mark, on pages and in terminals alike (UTS 39, CVE-2021-42574).

/**
 * C0 but tab and line feed, DEL, C1, Arabic letter mark, LRM/RLM, bidi embeddings, overrides and isolates,
 * line and paragraph separators, the byte order mark, interlinear and tag characters, lone surrogates.
 * Zero-width joiners stay: scripts and emoji need them.
 */
const acting =
  // oxlint-disable-next-line no-misleading-character-class -- each is meant alone
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/** `text` with every acting character replaced by a mark: U+241B for escape, `⟨U+202E⟩` for a bidi override. */
export function visible(text: string): string {
  return text.search(acting) === -1 ? text : text.replace(acting, mark);
}

/** As `visible`, and on one line: runs of white space become a space. */
export function visibleLine(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim());
}
