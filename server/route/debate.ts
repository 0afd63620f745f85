// `/LIST/MSGID/positions` and its siblings: the debate that a message belongs to, whichever message was named.
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collatedOf, type OpenDebate } from '../../pipeline/read.ts';
import type { Store } from '../../store/store.ts';
import { mboxEntry } from '../../views/export/mbox.ts';
import {
  collatedPage,
  conversationFragment,
  conversationPage,
  debatePage,
  decisionPage,
  questionPage,
  trailFragment,
  trailPage,
} from '../../views/page/debate.ts';
import type { Site } from '../../views/page/layout.ts';
import { partSize } from '../../views/fragment/conversation.ts';
import { noDebate, noSuchPosition } from '../http-error.ts';
import type { OpenedDebates } from '../opened-debates.ts';
import { listParameter, messageParameter, offsetQuery, textQuery } from '../parameter.ts';
import { placeOf, redirect } from '../place.ts';
import { messagePath } from '../../views/place.ts';
import { sendJson, sendPage } from '../reply.ts';

/** Debates of up to so many messages show the conversation below the positions; longer ones name its messages. */
const shownWhole = 40;

function* mboxOf(store: Store, list: string, ids: readonly string[]): Generator<Buffer> {
  for (const id of ids) {
    const raw = store.raw(id, list);
    if (raw !== undefined) yield* mboxEntry(raw);
  }
}

/** Asked for by htmx, which wants the part that changes. */
function wantsFragment(request: FastifyRequest): boolean {
  return request.headers['hx-request'] === 'true';
}

export function debateRoutes(app: FastifyInstance, store: Store, site: Site, opened: OpenedDebates): void {
  /** One page of a debate: `answer` gets it found and analyzed. */
  const route = (
    part: string,
    answer: (reply: FastifyReply, found: OpenDebate, request: FastifyRequest) => FastifyReply,
  ): void => {
    app.get(`/:list/:id/${part}`, (request: FastifyRequest, reply) => {
      const place = placeOf(store, request);
      if (place.elsewhere) return redirect(reply, place, part);
      const found = opened.open(place.id, place.list);
      if (found === undefined) throw noDebate(place.id);
      return answer(reply, found, request);
    });
  };
  const input = ({ report, list, debate, ledger }: OpenDebate) => ({
    report,
    list,
    id: debate.id,
    conversation: { nodes: debate.nodes, ledger },
  });

  /** Pages that link into the conversation without showing it. */
  const linking = (found: OpenDebate) => {
    const { conversation, ...short } = input(found);
    return { ...short, long: conversation };
  };

  route('positions', (reply, found) => {
    const whole = found.debate.messages.length <= shownWhole;
    return sendPage(reply, debatePage(site, whole ? input(found) : linking(found)));
  });
  route('trail', (reply, found, request) => {
    const [who, on] = [textQuery(request, 'who'), textQuery(request, 'on')];
    const stance = found.report.stances.find((each) => each.participant === who && each.target === on);
    if (stance === undefined) throw noSuchPosition(who, on);
    reply.header('vary', 'HX-Request');
    return sendPage(
      reply,
      wantsFragment(request)
        ? trailFragment(linking(found), stance)
        : trailPage(site, linking(found), stance),
    );
  });
  route('decisions', (reply, found) => sendPage(reply, decisionPage(site, linking(found))));
  route('questions', (reply, found) => sendPage(reply, questionPage(site, linking(found))));
  for (const [part, order] of [
    ['t/', 'thread'],
    ['T/', 'date'],
  ] as const) {
    route(part, (reply, found, request) => {
      const asked = offsetQuery(request);
      const offset = asked - (asked % partSize);
      reply.header('vary', 'HX-Request');
      return sendPage(
        reply,
        wantsFragment(request)
          ? conversationFragment(input(found), order, offset)
          : conversationPage(site, input(found), order, offset),
      );
    });
  }

  route('collated', (reply, found) => sendPage(reply, collatedPage(site, linking(found), collatedOf(found))));
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
