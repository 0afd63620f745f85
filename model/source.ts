// What a source of mail yields: raw mails, deletions and defects, in archive order, with a cursor to resume from.
import type { Defect, Provenance } from './message.ts';

export type SourceKind =
  'mbox' | 'maildir' | 'eml' | 'pipermail' | 'public-inbox-v1' | 'public-inbox-v2' | 'page';

/** Where one raw mail was found, for messages to the user and for `hum doctor`. */
export interface Origin {
  /** Path, URL or `-`; for git `path#epoch`. */
  readonly source: string;
  /** Byte offset of the mail in the (decompressed) file, or its git object id. */
  readonly at: number | string;
}

export interface RawMail {
  readonly kind: 'mail';
  /** RFC 5322 bytes, mbox `From ` line removed and `>From ` unquoted. A page source makes such bytes from the page. */
  readonly bytes: Buffer;
  readonly origin: Origin;
  readonly provenance: Provenance;
  readonly defects: readonly Defect[];
}

/** public-inbox `d` entry: the mail with this content was removed from the archive. */
export interface RawDeletion {
  readonly kind: 'delete';
  /** The removed mail's bytes (the `d` blob), from which id and content hash are derived. */
  readonly bytes: Buffer;
  readonly origin: Origin;
}

/** Something in the source that is not a mail and could not be read. Counted as rejected. */
export interface RawReject {
  readonly kind: 'reject';
  readonly defect: Defect;
  readonly origin: Origin;
}

/** Something worth saying about the source that lost nothing: an empty file, a file of a folder that is no mail. */
export interface RawNotice {
  readonly kind: 'notice';
  readonly defect: Defect;
  readonly origin: Origin;
}

/** All before this point has been yielded; resuming with `cursor` goes on after it. Opaque JSON text per source. */
export interface RawCursor {
  readonly kind: 'cursor';
  /** Which part of the source (an epoch, a file) the cursor belongs to. */
  readonly part: string;
  readonly cursor: string;
}

/**
 * The history of this part was rewritten (a purge): all of it follows anew, without a cursor until its end. What the part
 * brought before and does not bring again is no longer in the archive.
 */
export interface RawRestart {
  readonly kind: 'restart';
  readonly part: string;
  /** `source` of the origins of its mails. */
  readonly origin: string;
}

export type SourceEvent = RawMail | RawDeletion | RawReject | RawNotice | RawCursor | RawRestart;

export interface Source {
  readonly kind: SourceKind;
  /** Stable name under which cursors are kept (absolute path or URL); for stdin `-`. */
  readonly name: string;
  /** Suggested list name (base name of the archive, or List-Id), when the user gave none. */
  readonly listHint: string;
  /** Number of mails when cheaply known, for the ETA. */
  readonly total?: number;
  /** Total bytes when known, for the ETA. */
  readonly totalBytes?: number;
  /** Number of mails after the given cursors when it can be counted without reading them, for the ETA of an update. */
  remaining?(cursors: ReadonlyMap<string, string>): Promise<number>;
  /** Events after the given cursors (part -> cursor). */
  read(cursors: ReadonlyMap<string, string>): AsyncIterable<SourceEvent>;
  close(): Promise<void>;
}
