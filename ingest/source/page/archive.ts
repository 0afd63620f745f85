// What the reader of one archive software's pages is given and gives.
import type { Mark } from './html.ts';
import type { Lines } from './line.ts';
import type { PageMessage } from './message.ts';

export interface Page extends Lines {
  /** Undefined when the page was saved as text. */
  readonly marks: readonly Mark[] | undefined;
}

/** Messages of a page in page order; undefined when the page is not from this software. Pure and total. */
export type ArchiveReader = (page: Page) => readonly PageMessage[] | undefined;
