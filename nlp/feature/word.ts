// Words of a unit as features see them: lower case, numbers, code and links folded into classes.

const PIECE = /https?:\/\/\S+|[\p{L}\p{N}_]+(?:['’][\p{L}]+)*(?:\(\))?|[^\s\p{L}\p{N}_]/gu;
const CODE = /_|\(\)$|\p{L}\p{N}|\p{N}\p{L}|\p{Ll}\p{Lu}/u;
const ONLY_NUMBER = /^\p{N}+$/u;
/** More words of one unit say nothing new and cost time on mail without sentences. */
const MOST_WORDS = 200;

/** Words and punctuation marks in order, at most 200. `<id>`, `<num>`, `<url>` stand for classes of words. */
export function featureWords(text: string): string[] {
  const found: string[] = [];
  for (const [piece] of text.matchAll(PIECE)) {
    if (found.length >= MOST_WORDS) break;
    found.push(fold(piece));
  }
  return found;
}

function fold(piece: string): string {
  if (piece.length > 40 || piece.startsWith('http://') || piece.startsWith('https://')) return '<url>';
  if (ONLY_NUMBER.test(piece)) return piece.length === 1 ? piece : '<num>';
  if (CODE.test(piece)) return '<id>';
  return piece.toLowerCase().replace('’', "'");
}
