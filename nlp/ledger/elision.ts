// Marks people leave where they cut a quote: `[...]`, `<snip>`, `[ 20 lines deleted ]`. Nobody's statement.

const ELISION =
  /^[^\p{L}\p{N}]{0,20}(?:snip\w{0,6}|\.{2,}|…|cut|trimmed|deleted|omitted|\d+ (?:more )?lines (?:deleted|omitted|skipped))?[^\p{L}\p{N}]{0,20}$/iu;

/** True for a line (or a whole text) that only says something was left out, or says nothing in letters. */
export function isElision(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= 60 && ELISION.test(trimmed);
}
