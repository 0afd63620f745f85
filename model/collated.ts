// A debate as one text: every reply under the words it answers. Flat, in reading order; nesting is the number `depth`,
// for debates may be thousands of replies deep and nothing may recurse over them.
import type { MessageId } from './message.ts';

export interface CollatedDocument {
  readonly subject: string;
  /** Everybody whose words appear: messages in the debate's order, then ghosts. */
  readonly messages: readonly CollatedMessage[];
  readonly passages: readonly CollatedPassage[];
}

export interface CollatedMessage {
  readonly messageId: MessageId;
  /** Display name, else address, else ''. */
  readonly author: string;
  readonly address: string;
  /** Epoch seconds, 0 when unknown. */
  readonly time: number;
  /** Absent from the archive: its words are known from quotes only. */
  readonly recovered: boolean;
}

/** A run of one message's words. All passages together hold every word of the senders once. */
export interface CollatedPassage {
  /** Index in `messages`. */
  readonly message: number;
  /** 0 for a message that answers nothing present; one more than the words it stands under. */
  readonly depth: number;
  /** `quoted`: words behind quote marks that were found in no message. */
  readonly kind: 'own' | 'trailer' | 'code' | 'patch' | 'quoted';
  /** The first words of a reply at this place: name its author here. */
  readonly opens: boolean;
  /** The reply goes on here after words that answer its earlier part. */
  readonly resumes: boolean;
  /** Range in the message's body, and the words there, blank lines at both ends left out. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
