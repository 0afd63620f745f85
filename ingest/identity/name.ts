// Display names as they stand in From: cleaned for reading, folded for comparing. RFC 5322 display-name, RFC 2047 already decoded.

/** `Name via list`, `'Name' via list`: how Mailman and Google Groups rewrite From for DMARC. */
const VIA = /^(.{1,200}?)[ \t]{1,4}via[ \t]{1,4}\S.{0,200}$/iu;
/** A comment in brackets at the end: `Ann Lee (Example Inc)`, `Ann [External]`. */
const COMMENT = /[ \t]{0,4}[([][^()[\]]{0,100}[)\]]$/u;
/** `Lee, Ann` but not `Ann Lee, PhD` (two words before the comma) nor `Example, Inc.`. */
const LAST_FIRST = /^([^\s,]{1,60}(?:[ \t](?:jr|sr|ii|iii)\.?)?),[ \t]{0,4}([^,]{1,60})$/iu;
const COMPANY = /^(?:inc|ltd|llc|gmbh|corp|co|jr|sr|phd|md)\.?$/iu;
const OUTER_QUOTES = /^["'`‘’“”]{1,3}(.*?)["'`‘’“”]{1,3}$/u;
const ADDRESS_LIKE = /\S@\S/u;
const MARKS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const APOSTROPHES = /['’`´ʼ]/gu;
const SPACE = /\s+/gu;
/** Letters that do not decompose. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'a',
  œ: 'o',
  ı: 'i',
};
const UNDECOMPOSED = /[øłđðþßæœı]/gu;
/** `Joerg` is how `Jörg` writes himself in ASCII: both become `jorg`. */
const UMLAUT = /([aou])e/gu;
const LONGEST = 300;

/** The name a reader wants to see: no quotes, no `via list`, no trailing comment, `Last, First` turned. '' for an address. */
export function cleanName(raw: string): string {
  let name = raw.slice(0, LONGEST).replace(SPACE, ' ').trim();
  for (let before = ''; before !== name;) {
    before = name;
    name = (OUTER_QUOTES.exec(name)?.[1] ?? name).trim();
    name = (VIA.exec(name)?.[1] ?? name).trim();
    const comment = COMMENT.exec(name);
    if (comment !== null && comment.index > 0) name = name.slice(0, comment.index);
  }
  if (ADDRESS_LIKE.test(name)) return '';
  const turned = LAST_FIRST.exec(name);
  if (turned !== null && !COMPANY.test(turned[2] ?? '')) name = `${turned[2] ?? ''} ${turned[1] ?? ''}`;
  return name.trim();
}

/** True when a list has put its own address in From and the person's name before `via`. */
export function isViaName(raw: string): boolean {
  return VIA.test(raw.slice(0, LONGEST).replace(SPACE, ' ').trim());
}

/** Words of any text, folded as names are: lower case, no accents, umlauts and their ASCII spelling alike. */
export function foldWords(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(UNDECOMPOSED, (letter) => LETTERS[letter] ?? letter)
    .replace(APOSTROPHES, '')
    .replace(UMLAUT, '$1')
    .replace(NOT_WORD, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

/** Words of a display name as names are compared: folded, middle initials dropped when two words remain. */
export function nameWords(name: string): string[] {
  const words = foldWords(cleanName(name));
  const long = words.filter((word, index) => index === 0 || index === words.length - 1 || word.length > 1);
  return long.length >= 2 ? long : words;
}

/** Key of a full name (two words or more); '' when the name is too short to tell people apart. */
export function fullNameKey(name: string): string {
  const words = nameWords(name);
  const letters = words.join('').length;
  return words.length >= 2 && letters >= 5 ? words.join(' ') : '';
}
