// Where things are: paths in public-inbox's layout with ours beside it, and anchors. Paths are promises (docs/http.md).
import { createHash } from 'node:crypto';
import type { MessageId } from '../model/message.ts';
import { messageIdPath } from '../model/message-id.ts';

export type DebatePart =
  'positions' | 'decisions' | 'questions' | 'collated' | 't/' | 'T/' | 't.mbox.gz' | 'trail';

export function listPath(list: string): string {
  return `/${encodeURIComponent(list)}/`;
}

export function messagePath(list: string, id: MessageId): string {
  return `${listPath(list)}${messageIdPath(id)}/`;
}

export function debatePath(list: string, id: MessageId, part: DebatePart): string {
  return `${messagePath(list, id)}${part}`;
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Anchor of a message on a page of many: public-inbox's `m` and the SHA-1 of the Message-ID. */
export function messageAnchor(id: MessageId): string {
  return `m${digest(id)}`;
}

/** Anchor of marked words: stays the same as long as the message does. */
export function sentenceAnchor(id: MessageId, start: number, end: number): string {
  return `s${digest(`${id}\n${start}\n${end}`).slice(0, 12)}`;
}
