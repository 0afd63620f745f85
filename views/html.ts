// The one way to make markup: a template tag that escapes every value and shows characters that would act.
// There is no way in for ready-made markup but another `html` value.
import { html as template } from 'hono/html';
import { visible } from './visible.ts';

/** Markup made by `html`. */
export type Html = Exclude<ReturnType<typeof template>, Promise<unknown>>;

/** `false`, `null` and `undefined` print nothing, so `cond && html...` reads well. */
export type Value = Html | string | number | false | null | undefined | readonly Value[];

function isHtml(value: object | string): value is Html {
  return typeof value === 'object' && 'isEscaped' in value;
}

function shown(value: Value): unknown {
  if (typeof value === 'string') return isHtml(value) ? value : visible(value);
  if (typeof value === 'object' && value !== null && !isHtml(value)) return value.map(shown);
  return value;
}

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const made = template(strings, ...values.map(shown));
  // a promise in, a promise out: the types leave none in
  if (made instanceof Promise) throw new TypeError('markup from a promise');
  return made;
}

/** Values with markup between them. */
export function joined(parts: readonly Value[], between: Value): Value {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [between, part]));
}

/** `1 message`, `2 messages`; for nouns that take an s, or with their plural. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
