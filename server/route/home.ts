// `/`, the home page, and the help on searching.
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../store/store.ts';
import { helpPage } from '../../views/page/help.ts';
import { homePage } from '../../views/page/home.ts';
import type { Site } from '../../views/page/layout.ts';
import { sendJson, sendPage } from '../reply.ts';

/** Debates shown on the home page. */
const recent = 20;

export function homeRoutes(app: FastifyInstance, store: Store, site: Site): void {
  app.get('/', (_, reply) => {
    const { rows, total } = store.debates({ limit: recent, offset: 0 });
    return sendPage(reply, homePage(site, store.lists(), rows, total));
  });
  app.get('/index.json', (_, reply) => sendJson(reply, { lists: store.lists() }));
  app.get('/_/text/help', (_, reply) => reply.redirect('/_/text/help/', 301));
  app.get('/_/text/help/', (_, reply) => sendPage(reply, helpPage(site)));
}
