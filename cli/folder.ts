// Where hum keeps its files: XDG Base Directory Specification 0.8. Relative values are ignored, as it demands.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

function base(env: NodeJS.ProcessEnv, name: string, fallback: string): string {
  const value = env[name] ?? '';
  return isAbsolute(value) ? value : join(homedir(), fallback);
}

/** What cannot be made again from elsewhere at no cost: the database. */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  return join(base(env, 'XDG_DATA_HOME', '.local/share'), 'hum');
}

/** What can be made again: clones, the sample. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(base(env, 'XDG_CACHE_HOME', '.cache'), 'hum');
}
