// `/`, the home page, and the help on searching.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { aboutPage } from '../../views/page/about.ts';
import type { Store } from '../../store/store.ts';
import { helpPage } from '../../views/page/help.ts';
import { homePage } from '../../views/page/home.ts';
import type { Site } from '../../views/page/layout.ts';
import { readMessageId } from '../../model/message-id.ts';
import { debatePath, messagePath } from '../../views/place.ts';
import { badMessageId, noSuchMessage } from '../http-error.ts';
import { choiceQuery, textQuery } from '../parameter.ts';
import { sendJson, sendPage } from '../reply.ts';
import { filterOf } from './list.ts';

const debatesPerPage = 30;

const qualityFile = fileURLToPath(new URL('../../../docs/quality.md', import.meta.url));

function qualityDocument(): string | undefined {
  return existsSync(qualityFile) ? readFileSync(qualityFile, 'utf8') : undefined;
}

export function homeRoutes(app: FastifyInstance, store: Store, site: Site): void {
  app.get('/', (request, reply) => {
    const lists = store.lists();
    const list = choiceQuery(
      request,
      'list',
      lists.map(({ name }) => name),
    );
    const filter = { ...filterOf(request, debatesPerPage), ...(list !== undefined && { list }) };
    const { rows: debates, total } = store.debates(filter);
    return sendPage(reply, homePage(site, { lists, debates, total, filter }));
  });
  // any way of naming a message that people paste
  app.get('/_/open', (request, reply) => {
    const given = textQuery(request, 'm');
    if (given === '') return reply.redirect('/', 302);
    const id = readMessageId(given);
    if (id === undefined) throw badMessageId(given);
    const row = store.debateOf(id);
    if (row !== undefined) return reply.redirect(debatePath(row.list, id, 'positions'), 302);
    const [list] = store.listsOf(id);
    if (list === undefined) throw noSuchMessage(id);
    return reply.redirect(messagePath(list, id), 302);
  });
  app.get('/index.json', (_, reply) => sendJson(reply, { lists: store.lists() }));
  app.get('/_/about', (_, reply) =>
    sendPage(reply, aboutPage(site, { quality: qualityDocument(), counts: store.counts() })),
  );
  app.get('/_/text/help', (_, reply) => reply.redirect('/_/text/help/', 301));
  app.get('/_/text/help/', (_, reply) => sendPage(reply, helpPage(site)));
}
