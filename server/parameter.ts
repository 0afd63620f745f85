// Parameters out of paths and queries, checked once. What is wrong is a 400 that says how it is right.
import type { FastifyRequest } from 'fastify';
import type { MessageId } from '../model/message.ts';
import { readMessageId } from '../model/message-id.ts';
import { badMessageId, HttpError, noSuchList } from './http-error.ts';

/** Longest query string looked at; RFC 9112 section 3 recommends taking 8000 octets. */
const longestQuery = 1000;

function stringIn(from: unknown, name: string): string | undefined {
  const value: unknown = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
  // `?q=a&q=b`: the last one counts
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}

/** @throws HttpError 404 when empty: a redirect to `//host/` would lead away from here */
export function listParameter(request: FastifyRequest): string {
  const list = stringIn(request.params, 'list') ?? '';
  if (list === '') throw noSuchList(list);
  return list;
}

export function messageParameter(request: FastifyRequest): MessageId {
  const given = stringIn(request.params, 'id') ?? '';
  const id = readMessageId(given);
  if (id === undefined) throw badMessageId(given);
  return id;
}

export function textQuery(request: FastifyRequest, name: string): string {
  const value = (stringIn(request.query, name) ?? '').trim();
  if (value.length > longestQuery) {
    throw new HttpError(400, 'query-too-long', `${name} is too long`, `At most ${longestQuery} characters.`);
  }
  return value;
}

/** A whole number, 0 when absent. */
export function offsetQuery(request: FastifyRequest): number {
  const value = textQuery(request, 'o');
  if (value === '') return 0;
  if (!/^\d{1,7}$/.test(value)) {
    throw new HttpError(400, 'bad-offset', `o=${value} is not an offset`, 'o counts rows from 0.');
  }
  return Number(value);
}

/** One of `choices`, undefined when absent. */
export function choiceQuery<T extends string>(
  request: FastifyRequest,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = textQuery(request, name);
  if (value === '') return undefined;
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new HttpError(
      400,
      `bad-${name}`,
      `${name}=${value} is not known`,
      `${name} is one of ${choices.join(', ')}.`,
    );
  }
  return found;
}
