// `/LIST/`: debates of a list, and search in it with `?q=`. `all` stands for every list.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Store } from '../../store/store.ts';
import type { Site } from '../../views/page/layout.ts';
import type { DebateFilter } from '../../views/fragment/debate-table.ts';
import { findingPage } from '../../views/page/finding.ts';
import { listPage } from '../../views/page/list.ts';
import { searchPage } from '../../views/page/search.ts';
import { listPath } from '../../views/place.ts';
import { statusWord } from '../../views/word.ts';
import { noSuchList } from '../http-error.ts';
import { choiceQuery, listParameter, offsetQuery, textQuery } from '../parameter.ts';
import { sendJson, sendPage } from '../reply.ts';

const debatesPerPage = 50;
const hitsPerPage = 20;
/** Debates on a page of decisions or questions: the report of each is read. */
const findingDebatesPerPage = 15;
const statuses = Object.keys(statusWord);

/** The store's list name, undefined for all. */
function listOf(store: Store, name: string): string | undefined {
  if (name === 'all') return undefined;
  if (!store.lists().some((list) => list.name === name)) throw noSuchList(name);
  return name;
}

export function filterOf(request: FastifyRequest, limit: number): DebateFilter {
  const status = choiceQuery(request, 'status', statuses);
  return {
    ...(status !== undefined && { status }),
    open: choiceQuery(request, 'open', ['1']) !== undefined,
    offset: offsetQuery(request),
    limit,
  };
}

export function listRoutes(app: FastifyInstance, store: Store, site: Site): void {
  app.get('/:list', (request, reply) => reply.redirect(listPath(listParameter(request)), 301));

  app.get('/:list/', (request, reply) => {
    const name = listParameter(request);
    const list = listOf(store, name);
    const query = textQuery(request, 'q');
    if (query !== '') {
      const page = { offset: offsetQuery(request), limit: hitsPerPage };
      const { hits, total } = store.search(query, { ...(list !== undefined && { list }), ...page });
      return sendPage(reply, searchPage(site, name, query, hits, total, page));
    }
    const filter = filterOf(request, debatesPerPage);
    const { rows, total } = store.debates({ ...(list !== undefined && { list }), ...filter });
    return sendPage(reply, listPage(site, name, rows, total, filter));
  });

  app.get('/:list/index.json', (request, reply) => {
    const list = listOf(store, listParameter(request));
    const query = textQuery(request, 'q');
    const where = list !== undefined && { list };
    if (query !== '') {
      return sendJson(
        reply,
        store.search(query, { ...where, offset: offsetQuery(request), limit: hitsPerPage }),
      );
    }
    const { rows, total } = store.debates({ ...where, ...filterOf(request, debatesPerPage) });
    return sendJson(reply, { total, debates: rows });
  });

  for (const kind of ['decisions', 'questions'] as const) {
    app.get(`/${kind}`, (_, reply) => reply.redirect(`${listPath('all')}${kind}`, 302));
    app.get(`/:list/${kind}`, (request, reply) => {
      const name = listParameter(request);
      const list = listOf(store, name);
      const page = { offset: offsetQuery(request), limit: findingDebatesPerPage };
      const { rows, total } = store.debates({
        ...(list !== undefined && { list }),
        ...(kind === 'decisions' ? { decided: true } : { open: true }),
        ...page,
      });
      const debates = rows.flatMap((row) => {
        const report = store.report(row.id, row.list);
        return report === undefined ? [] : [{ ...row, report }];
      });
      return sendPage(reply, findingPage(site, kind, { list: name, debates, total, ...page }));
    });
  }
}
