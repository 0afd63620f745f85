// Mail behind a URL that the user typed: an mbox, gzip of one, a single mail. Rendered pages are never fetched: a list's
// git archive is (git.ts), and for a message of a public-inbox its thread's mbox, which the archive offers for this.
import { Fault } from '../../model/fault.ts';
import { streamBytes, type Bytes } from './bytes.ts';

const AGENT = 'hum (mailing-list debate reader)';
/** A message of a public-inbox, or one of its thread views: `/LIST/MESSAGE-ID/`, `.../T/`, `.../t/`. */
const MESSAGE_PAGE = /^(\/.*\/[^/]*(?:@|%40)[^/]*)(?:\/(?:[Tt]\/?)?)?$/;
const PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** The URL from which mail can be had for what the user typed: of a message page its thread's `t.mbox.gz`. */
export function mailUrl(spec: string): URL {
  let url: URL;
  try {
    url = new URL(spec);
  } catch (error) {
    throw new Fault('usage', `${spec} is not a URL`, 'Check its spelling.', { cause: error });
  }
  const page = MESSAGE_PAGE.exec(url.pathname);
  if (page?.[1] !== undefined) url.pathname = `${page[1]}/t.mbox.gz`;
  url.hash = '';
  return url;
}

function unreachable(url: URL, reason: string, cause?: unknown): Fault {
  return new Fault('noInput', `cannot fetch ${url.href}: ${reason}`, 'Check the URL and the network.', {
    cause,
  });
}

/** Why a fetch failed, with the reason of the system below it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function* bodyOf(url: URL, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw unreachable(url, `the connection broke off (${reasonOf(error)})`, error);
  }
}

/** Fetches a mail file. Throws Fault: `noInput` when it cannot be had, `badInput` when the answer is a web page. */
export async function fetchBytes(url: URL): Promise<Bytes> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { 'user-agent': AGENT, accept: 'application/mbox, */*;q=0.5' } });
  } catch (error) {
    throw unreachable(url, reasonOf(error), error);
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw unreachable(url, `the server answers ${response.status} ${response.statusText}`.trimEnd());
  }
  if (PAGE_TYPE.test(response.headers.get('content-type') ?? '')) {
    await response.body.cancel();
    throw new Fault(
      'badInput',
      `${url.href} is a web page, and pages are not fetched`,
      "Give the list's git archive or a message's t.mbox.gz, or save the page and give the file.",
    );
  }
  return streamBytes(url.href, bodyOf(url, response.body));
}
