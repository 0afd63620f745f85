// JSON that is safe to print anywhere: the same values, with characters that would act on a terminal escaped.

/** DEL, C1, bidi controls, line separators; JSON itself escapes C0 and quotes. */
const acting = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** @param indent spaces per level; 0 for one line */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    acting,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
