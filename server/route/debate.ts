// `/LIST/MSGID/positions` and its siblings: the debate that a message belongs to, whichever message was named.
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collatedOf, readDebate, type OpenDebate } from '../../pipeline/read.ts';
import type { Store } from '../../store/store.ts';
import { mboxEntry } from '../../views/export/mbox.ts';
import {
  collatedPage,
  conversationPage,
  debatePage,
  decisionPage,
  questionPage,
} from '../../views/page/debate.ts';
import type { Site } from '../../views/page/layout.ts';
import { noDebate } from '../http-error.ts';
import { listParameter, messageParameter } from '../parameter.ts';
import { placeOf, redirect } from '../place.ts';
import { messagePath } from '../../views/place.ts';
import { sendJson, sendPage } from '../reply.ts';

/** Debates of up to so many messages show the conversation below the positions; longer ones link to it. */
const shownWhole = 100;

function* mboxOf(store: Store, list: string, ids: readonly string[]): Generator<Buffer> {
  for (const id of ids) {
    const raw = store.raw(id, list);
    if (raw !== undefined) yield* mboxEntry(raw);
  }
}

export function debateRoutes(app: FastifyInstance, store: Store, site: Site): void {
  /** One page of a debate: `answer` gets it found and analyzed. */
  const route = (part: string, answer: (reply: FastifyReply, found: OpenDebate) => FastifyReply): void => {
    app.get(`/:list/:id/${part}`, (request: FastifyRequest, reply) => {
      const place = placeOf(store, request);
      if (place.elsewhere) return redirect(reply, place, part);
      const found = readDebate(store, place.id, place.list, site);
      if (found === undefined) throw noDebate(place.id);
      return answer(reply, found);
    });
  };
  const input = ({ report, list, debate, ledger }: OpenDebate) => ({
    report,
    list,
    id: debate.id,
    conversation: { nodes: debate.nodes, ledger },
  });

  route('positions', (reply, found) => {
    const { conversation, ...short } = input(found);
    const whole = found.debate.messages.length <= shownWhole;
    return sendPage(reply, debatePage(site, whole ? { ...short, conversation } : short));
  });
  route('decisions', (reply, found) =>
    sendPage(reply, decisionPage(site, withoutConversation(input(found)))),
  );
  route('questions', (reply, found) =>
    sendPage(reply, questionPage(site, withoutConversation(input(found)))),
  );
  route('t/', (reply, found) => sendPage(reply, conversationPage(site, input(found), 'thread')));
  route('T/', (reply, found) => sendPage(reply, conversationPage(site, input(found), 'date')));

  route('collated', (reply, found) =>
    sendPage(reply, collatedPage(site, withoutConversation(input(found)), collatedOf(found))),
  );
  route('collated.json', (reply, found) => sendJson(reply, collatedOf(found)));
  route('positions.json', (reply, { report }) => sendJson(reply, report));
  route('decisions.json', (reply, { report }) =>
    sendJson(reply, { status: report.status, decisions: report.decisions }),
  );
  route('questions.json', (reply, { report }) => sendJson(reply, { questions: report.questions }));

  for (const part of ['t', 'T']) {
    app.get(`/:list/:id/${part}`, (request, reply) =>
      reply.redirect(`${messagePath(listParameter(request), messageParameter(request))}${part}/`, 301),
    );
  }

  app.get('/:list/:id/t.mbox.gz', (request, reply) => {
    const place = placeOf(store, request);
    if (place.elsewhere) return redirect(reply, place, 't.mbox.gz');
    const row = store.debateOf(place.id, place.list);
    const ids = row === undefined ? [place.id] : store.debateMessages(row.id, place.list).map(({ id }) => id);
    return reply
      .type('application/gzip')
      .header('content-disposition', 'attachment; filename="t.mbox.gz"')
      .send(Readable.from(mboxOf(store, place.list, ids)).pipe(createGzip()));
  });
}

function withoutConversation<T extends { readonly conversation: unknown }>(
  found: T,
): Omit<T, 'conversation'> {
  const { conversation: _, ...rest } = found;
  return rest;
}
