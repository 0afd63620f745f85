// Finds the list a message is served under. A message asked for under `all`, or under a list it is not on, is served
// where it is.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MessageId } from '../model/message.ts';
import type { Store } from '../store/store.ts';
import { messagePath } from '../views/place.ts';
import { noSuchMessage } from './http-error.ts';
import { listParameter, messageParameter } from './parameter.ts';

export interface Place {
  readonly list: string;
  readonly id: MessageId;
  readonly lists: readonly string[];
  /** Set when the message stands under another list: answer with a redirect to it. */
  readonly elsewhere: boolean;
}

/** @throws HttpError 404 when the message is on no list */
export function placeOf(store: Store, request: FastifyRequest): Place {
  const asked = listParameter(request);
  const id = messageParameter(request);
  const lists = store.listsOf(id);
  const [first] = lists;
  if (first === undefined) throw noSuchMessage(id);
  const here = lists.includes(asked);
  return { list: here ? asked : first, id, lists, elsewhere: !here };
}

/** To the same page of the message under its own list. */
export function redirect(reply: FastifyReply, { list, id }: Place, part: string): FastifyReply {
  return reply.redirect(`${messagePath(list, id)}${part}`, 302);
}
