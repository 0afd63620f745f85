// Pages for what is not there or not right: what happened, and the next step.
import { html } from '../html.ts';
import { layout, type Site } from './layout.ts';

/** One shape for all errors; `/….json` and `Accept: application/json` get it as JSON. */
export interface ErrorShape {
  readonly status: number;
  /** kebab-case, stable. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export function errorPage(site: Site, error: ErrorShape, list?: string): string {
  const main = html`<h1>${error.message}</h1>
    <p>${error.remedy}</p>
    <p class="facts">${error.status} <code>${error.code}</code> · <a href="/">All lists</a></p>`;
  return layout({ site, title: `${error.status} – Hum`, ...(list !== undefined && { list }), main });
}
