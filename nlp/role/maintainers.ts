// The MAINTAINERS file as Linux and its relatives (QEMU, U-Boot, Xen, fstests) keep it: sections with M:, R:, L:, F:, X:, S: lines.
// Which sections a patch touches follows get_maintainer.pl for F: and X:; K: and N: patterns are not read.
import type { Address } from '../../model/message.ts';

export interface MaintainersSection {
  readonly name: string;
  readonly maintainers: readonly Address[];
  readonly reviewers: readonly Address[];
  readonly lists: readonly string[];
  readonly files: readonly string[];
  readonly excluded: readonly string[];
  /** `Maintained`, `Supported`, `Odd Fixes`, `Orphan`, ...; '' when absent. */
  readonly status: string;
}

export interface MaintainersFile {
  readonly sections: readonly MaintainersSection[];
}

const TAG_LINE = /^([A-Z]):[ \t]+(\S.*)$/u;
const MAILBOX = /^"?([^"<>]{0,200}?)"?[ \t]{0,8}<([^<>\s]{1,320})>/u;
const BARE = /^(\S+@\S+)/u;
const SPECIAL = /[.+^${}()|[\]\\]/gu;

interface Open {
  readonly name: string;
  readonly maintainers: Address[];
  readonly reviewers: Address[];
  readonly lists: string[];
  readonly files: string[];
  readonly excluded: string[];
  status: string;
}

/** Reads the text of a MAINTAINERS file. Prose above the first section and unknown tags are passed over. Never throws. */
export function parseMaintainers(text: string): MaintainersFile {
  const sections: Open[] = [];
  let heading = '';
  let section: Open | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const tag = TAG_LINE.exec(line);
    if (tag === null) {
      // A heading is the line right above the tags; an empty line or a new heading ends the section.
      if (section !== undefined && line !== '' && !/^[ \t]/u.test(line)) section = undefined;
      if (line === '') section = undefined;
      heading = line.trim() === '' ? heading : line.trim();
      continue;
    }
    if (section === undefined) {
      section = {
        name: heading,
        maintainers: [],
        reviewers: [],
        lists: [],
        files: [],
        excluded: [],
        status: '',
      };
      sections.push(section);
      heading = '';
    }
    readTag(section, tag[1] ?? '', (tag[2] ?? '').trim());
  }
  // The explanation of the tags at the top of the file has values, but neither people nor real files.
  return {
    sections: sections.filter(
      (one) => one.name !== '' && (one.files.length > 0 || one.maintainers.length > 0),
    ),
  };
}

function readTag(section: Open, tag: string, value: string): void {
  if (tag === 'F') section.files.push(value);
  else if (tag === 'X') section.excluded.push(value);
  else if (tag === 'S') section.status = value;
  else if (tag === 'L') section.lists.push((BARE.exec(value)?.[1] ?? value).toLowerCase());
  else if (tag === 'M' || tag === 'R') {
    const mailbox = readMailbox(value);
    if (mailbox !== undefined) (tag === 'M' ? section.maintainers : section.reviewers).push(mailbox);
  }
}

function readMailbox(value: string): Address | undefined {
  const full = MAILBOX.exec(value);
  if (full !== null) return { name: (full[1] ?? '').trim(), address: full[2] ?? '' };
  const bare = BARE.exec(value);
  return bare === null ? undefined : { name: '', address: bare[1] ?? '' };
}

/** As get_maintainer.pl: a trailing slash takes in all below, `*` stays within one level, a bare name matches exactly. */
function fileTest(pattern: string): (path: string) => boolean {
  const body = pattern.replace(SPECIAL, '\\$&').replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
  const whole = pattern.endsWith('/') ? new RegExp(`^${body}`, 'u') : new RegExp(`^${body}(?:/|$)`, 'u');
  const depth = pattern.split('/').length;
  return (path) => {
    if (!whole.test(path)) return false;
    // `drivers/net/*` covers files in the folder, not those below it.
    return pattern.endsWith('/') || !pattern.includes('*') || path.split('/').length === depth;
  };
}

/** Answers which sections files belong to. The catch-all section, which covers every file, is left out. */
/** One index per file, for all debates. */
const indexes = new WeakMap<MaintainersFile, MaintainersIndex>();

export function maintainersIndex(file: MaintainersFile): MaintainersIndex {
  const index = indexes.get(file) ?? new MaintainersIndex(file);
  indexes.set(file, index);
  return index;
}

export class MaintainersIndex {
  readonly #sections: readonly {
    readonly section: MaintainersSection;
    readonly covers: readonly ((path: string) => boolean)[];
    readonly spares: readonly ((path: string) => boolean)[];
  }[];

  constructor(file: MaintainersFile) {
    this.#sections = file.sections.map((section) => ({
      section,
      covers: section.files.filter((pattern) => pattern !== '*' && pattern !== '*/').map(fileTest),
      spares: section.excluded.map(fileTest),
    }));
  }

  /** Sections that cover one of the paths, in the order of the file. */
  ofFiles(paths: readonly string[]): MaintainersSection[] {
    return this.#sections
      .filter(({ covers, spares }) =>
        paths.some((path) => covers.some((test) => test(path)) && !spares.some((test) => test(path))),
      )
      .map(({ section }) => section);
  }

  /** Sections whose list has this address. */
  ofList(address: string): MaintainersSection[] {
    const lower = address.toLowerCase();
    return this.#sections
      .filter(({ section }) => section.lists.includes(lower))
      .map(({ section }) => section);
  }

  get all(): readonly MaintainersSection[] {
    return this.#sections.map(({ section }) => section);
  }
}
