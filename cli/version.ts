// The version in package.json, which stands two folders above this file once compiled and packed.
import { readFileSync } from 'node:fs';

export function humVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const found: unknown = JSON.parse(text);
  const version = typeof found === 'object' && found !== null && 'version' in found ? found.version : '';
  return typeof version === 'string' ? version : '';
}
