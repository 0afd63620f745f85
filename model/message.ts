// A mail after decoding. Plain readonly data; what decoding found odd is kept in `defects`, never thrown.
// RFC 5322 (headers), RFC 2045-2049 (MIME).

/** A Message-ID without angle brackets. Synthetic ids (mail without one) look like `<sha1>@synthetic.hum`. */
export type MessageId = string;

export interface Address {
  /** Display name, RFC 2047 decoded; '' when the mail gave none. */
  readonly name: string;
  /** addr-spec as written (case kept); '' when the mail gave none, e.g. an obfuscating archive page. */
  readonly address: string;
}

export interface Attachment {
  /** Safe base name (no path, no control characters); '' when unnamed. */
  readonly name: string;
  /** Media type, lower case. */
  readonly type: string;
  /** Decoded size in bytes. */
  readonly size: number;
}

/** Something odd that was met and repaired or skipped. `code` is kebab-case and documented in docs/defects.md. */
export interface Defect {
  readonly code: string;
  readonly detail: string;
  /** Byte offset in the raw message, or in the source file when `file` is given. */
  readonly offset?: number;
  readonly file?: string;
}

/** Where the text of a message comes from: its own mail, a rendered archive page, or only other people's quotes. */
export type Provenance = 'mail' | 'page' | 'quotes';

export interface Message {
  readonly id: MessageId;
  /** True when the mail had no usable Message-ID and `id` was derived from its content. */
  readonly syntheticId: boolean;
  readonly provenance: Provenance;
  /** Decoded Subject on one line; '' when absent. */
  readonly subject: string;
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly replyTo: readonly Address[];
  /** The Date header verbatim; '' when absent. */
  readonly date: string;
  /** Effective time, epoch seconds UTC: Date when plausible, else last plausible Received, else 0. */
  readonly time: number;
  /** Ids in In-Reply-To, then in References, in header order, without duplicates or brackets. */
  readonly inReplyTo: readonly MessageId[];
  readonly references: readonly MessageId[];
  /** RFC 2919 List-Id without brackets, '' when absent. */
  readonly listId: string;
  /** Other headers analysis looks at (lower-case name -> first value): x-mailer, auto-submitted, precedence, x-patchwork-*, ... */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Decoded text with LF line ends: text/plain parts joined by a line feed, else text made from HTML (blockquote as `> `).
   * Every Span of the project points into this string by UTF-16 code units. It never changes once stored.
   */
  readonly body: string;
  readonly attachments: readonly Attachment[];
  readonly defects: readonly Defect[];
}

/** Half-open range of UTF-16 code units in one message's body. */
export interface Span {
  readonly messageId: MessageId;
  readonly start: number;
  readonly end: number;
}
