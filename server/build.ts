// The server: pages of one store over HTTP, read only. No accounts, no state, no script needed.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import serveFiles from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import type { Store } from '../store/store.ts';
import { tagEntities } from './entity-tag.ts';
import { checkHost } from './host.ts';
import { HttpError } from './http-error.ts';
import { sendError } from './reply.ts';
import { openedDebates } from './opened-debates.ts';
import { debateRoutes } from './route/debate.ts';
import { homeRoutes } from './route/home.ts';
import { listRoutes } from './route/list.ts';
import { messageRoutes } from './route/message.ts';

export interface ServerOptions {
  readonly version: string;
  /** Answer only requests whose Host names this machine, or one of `allowHosts`. */
  readonly loopbackOnly: boolean;
  readonly allowHosts: readonly string[];
  /** Where internal errors go, one JSON line each; nowhere when absent. */
  readonly log?: (line: string) => void;
  /** Told of every route as it is made. */
  readonly onRoute?: (path: string) => void;
}

/** A Message-ID is one header line (RFC 5322: 998 characters), times three when percent-encoded. */
const longestParameter = 3000;

const staticFolder = fileURLToPath(new URL('../../views/static/', import.meta.url));
const htmxFile = fileURLToPath(import.meta.resolve('htmx.org/dist/htmx.min.js'));

export async function buildServer(store: Store, options: ServerOptions): Promise<FastifyInstance> {
  const site = { version: options.version };
  const { log } = options;
  const app = fastify({
    logger:
      log === undefined
        ? false
        : { level: 'error', stream: { write: (line: string) => log(line.trimEnd()) } },
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (error, request, reply) => sendError(site, request, reply, error),
  });
  const { onRoute } = options;
  if (onRoute !== undefined) app.addHook('onRoute', (route) => onRoute(route.url));
  app.setErrorHandler((error, request, reply) => sendError(site, request, reply, error));
  app.setNotFoundHandler((request, reply) =>
    sendError(
      site,
      request,
      reply,
      new HttpError(404, 'no-such-page', 'There is no page here', 'The home page has all lists.'),
    ),
  );
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // plain HTTP on loopback
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  if (options.loopbackOnly) checkHost(app, options.allowHosts);
  tagEntities(app);
  await app.register(serveFiles, {
    root: staticFolder,
    prefix: '/_/static/',
    index: false,
    list: false,
  });
  app.get('/_/static/htmx.min.js', (_, reply) => reply.sendFile(basename(htmxFile), dirname(htmxFile)));
  const opened = openedDebates(store, site);
  homeRoutes(app, store, site);
  listRoutes(app, store, site);
  messageRoutes(app, store, site, opened);
  debateRoutes(app, store, site, opened);
  return app;
}
