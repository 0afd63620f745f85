// Runs the built `hum` as a child process, away from the user's files.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const main = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  path(name: string): string;
  write(name: string, text: string | Buffer): string;
  hum(
    words: readonly string[],
    options?: { readonly input?: string; readonly env?: NodeJS.ProcessEnv },
  ): Promise<Ran>;
  remove(): void;
}

/** A folder of its own with an environment that keeps hum inside it. */
export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'hum-test-'));
  const path = (name: string): string => join(folder, name);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_DATA_HOME: path('data'),
    XDG_CACHE_HOME: path('cache'),
    HUM_DB: path('hum.sqlite'),
  };
  return {
    folder,
    env,
    path,
    write(name, text) {
      writeFileSync(path(name), text);
      return path(name);
    },
    hum: (words, options = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [main, ...words], {
          cwd: folder,
          env: { ...env, ...options.env },
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        let [out, err] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
        child.on('error', reject).on('close', (status) => resolve({ status, out, err }));
        child.stdin.on('error', () => undefined).end(options.input ?? '');
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
