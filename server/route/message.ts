// `/LIST/MSGID/`: one message, and its bytes as they came.
import type { FastifyInstance } from 'fastify';
import { readSingle } from '../../pipeline/read.ts';
import type { Store } from '../../store/store.ts';
import type { Site } from '../../views/page/layout.ts';
import { messagePage } from '../../views/page/message.ts';
import { messagePath } from '../../views/place.ts';
import { noSuchMessage } from '../http-error.ts';
import type { OpenedDebates } from '../opened-debates.ts';
import { listParameter, messageParameter } from '../parameter.ts';
import { placeOf, redirect } from '../place.ts';
import { sendJson, sendPage } from '../reply.ts';

export function messageRoutes(app: FastifyInstance, store: Store, site: Site, opened: OpenedDebates): void {
  app.get('/:list/:id', (request, reply) =>
    reply.redirect(messagePath(listParameter(request), messageParameter(request)), 301),
  );

  app.get('/:list/:id/', (request, reply) => {
    const place = placeOf(store, request);
    if (place.elsewhere) return redirect(reply, place, '');
    const { list, id, lists } = place;
    const found = opened.open(id, list);
    const entry = found?.ledger.entries.find((each) => each.message.id === id) ?? readSingle(store, id, list);
    if (entry === undefined) throw noSuchMessage(id);
    const page = messagePage(site, {
      list,
      entry,
      lists,
      variants: store.variants(id).length,
      ...(found !== undefined && { debate: { id: found.debate.id, report: found.report } }),
    });
    return sendPage(reply, page);
  });

  app.get('/:list/:id/index.json', (request, reply) => {
    const place = placeOf(store, request);
    if (place.elsewhere) return redirect(reply, place, 'index.json');
    return sendJson(reply, { ...store.message(place.id, place.list), lists: place.lists });
  });

  app.get('/:list/:id/raw', (request, reply) => {
    const place = placeOf(store, request);
    if (place.elsewhere) return redirect(reply, place, 'raw');
    const raw = store.raw(place.id, place.list);
    if (raw === undefined) throw noSuchMessage(place.id);
    // the charset of a mail is its own affair; helmet's nosniff keeps it plain text whatever it holds
    return reply.type('text/plain; charset=utf-8').send(raw);
  });
}
