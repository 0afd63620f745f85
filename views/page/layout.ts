// The frame of every page: one line of navigation, the page, a line of where it comes from. No inline script or style.
import { html, type Html, type Value } from '../html.ts';
import { listPath } from '../place.ts';

/** What every page is told about the installation. */
export interface Site {
  readonly version: string;
}

export interface Frame {
  readonly site: Site;
  readonly title: string;
  /** List the page belongs to; search stays in it. */
  readonly list?: string;
  readonly query?: string;
  /** Further steps after the list. */
  readonly crumbs?: readonly { readonly name: string; readonly path: string }[];
  readonly main: Value;
  /** The wide layout of a debate; others keep a reading measure. */
  readonly wide?: boolean;
  /** False where the page itself has the form to search with. */
  readonly searchable?: boolean;
}

const stylesheet = '/_/static/hum.css';
const icon = '/_/static/hum.svg';
/** Both only improve pages: parts that load as they come into view, keys. */
const scripts = ['/_/static/htmx.min.js', '/_/static/keys.js'];
/** No style sheet made by script (the content security policy would refuse it), nothing from elsewhere. */
const htmxConfig = '{"includeIndicatorCSS":false,"mode":"same-origin","history":false}';

function searchForm(list: string, query: string): Html {
  const place = list === 'all' ? 'Search' : `Search ${list}`;
  return html`<form class="search" role="search" method="get" action="${listPath(list)}">
    <input type="search" name="q" value="${query}" aria-label="${place}" placeholder="${place}" /><button
      type="submit"
    >
      Search
    </button>
  </form>`;
}

/** Pages over all lists, the same on every page. */
const places: readonly (readonly [string, string])[] = [
  ['/all/decisions', 'Decisions'],
  ['/all/questions', 'Open questions'],
  ['/_/about', 'About'],
  ['/_/text/help/', 'Help'],
];

/** A whole document. */
export function layout({ site, title, list, query, crumbs = [], main, wide, searchable }: Frame): string {
  const steps = [
    ...(list === undefined || list === 'all' ? [] : [{ name: list, path: listPath(list) }]),
    ...crumbs,
  ];
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content="${htmxConfig}" />
        <title>${title}</title>
        <link rel="stylesheet" href="${stylesheet}" />
        <link rel="icon" href="${icon}" type="image/svg+xml" />
        ${scripts.map((source) => html`<script src="${source}" defer></script>`)}
      </head>
      <body class="${wide === true ? 'wide' : 'measure'}">
        <a class="skip" href="#main">Skip to the page</a>
        <header class="top">
          <nav aria-label="Where you are">
            <ol class="crumbs">
              <li><a class="home" href="/">Hum</a></li>
              ${steps.map(
                (step) =>
                  html`<li>
                    <a href="${step.path}"><bdi>${step.name}</bdi></a>
                  </li>`,
              )}
            </ol>
          </nav>
          ${searchable !== false && searchForm(list ?? 'all', query ?? '')}
        </header>
        <main id="main">${main}</main>
        <footer>
          <nav aria-label="Everywhere">
            <ul>
              ${places.map(([path, name]) => html`<li><a href="${path}">${name}</a></li>`)}
              <li><button type="button" data-help hidden>Keys <kbd>?</kbd></button></li>
            </ul>
          </nav>
          <p>
            Every line is a quote from a message; what is <em>inferred</em> says so. Dates are UTC. hum
            ${site.version}
          </p>
        </footer>
      </body>
    </html> `;
  return page.toString();
}
