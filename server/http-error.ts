// What the server answers when it cannot answer: one shape, as a page or as JSON (docs/http.md).

export class HttpError extends Error {
  readonly status: number;
  /** kebab-case; scripts may rely on it. */
  readonly code: string;
  readonly remedy: string;

  constructor(status: number, code: string, message: string, remedy: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.remedy = remedy;
  }
}

export function noSuchList(list: string): HttpError {
  return new HttpError(404, 'no-such-list', `There is no list ${list}`, 'The home page has all lists.');
}

export function badMessageId(given: string): HttpError {
  return new HttpError(
    400,
    'bad-message-id',
    `${JSON.stringify(given)} is not a Message-ID`,
    'Message-IDs stand in the path without angle brackets, with / as %2F.',
  );
}

export function noSuchMessage(id: string): HttpError {
  return new HttpError(
    404,
    'no-such-message',
    `The message ${id} is not in this archive`,
    'It may never have been archived, or it was removed. Search finds what is here.',
  );
}

export function noDebate(id: string): HttpError {
  return new HttpError(
    404,
    'no-debate',
    `The message ${id} is in no debate yet`,
    'Debates are formed at the end of `hum add`; `hum sync` finishes what was interrupted.',
  );
}

export function noSuchPosition(who: string, on: string): HttpError {
  return new HttpError(
    404,
    'no-such-position',
    `${who} has no position on ${on}`,
    'A newer analysis may number people and proposals anew: open the positions again.',
  );
}
