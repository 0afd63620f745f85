// Runs the git executable safely: no hooks, no prompts, no replace refs, no configuration that could run a program,
// and only the protocol the user typed. Not a git implementation; knows nothing of mail.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Fault } from '../../model/fault.ts';

export type GitProtocol = 'https' | 'http' | 'git' | 'ssh' | 'file' | 'none';

export interface GitRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables that describe the way to a server: kept for network commands only. */
const networkVariable = /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|SSL_|HTTP_|PROXY_|ASKPASS)/;

const stderrLimit = 8_192;

/** The process environment without git's own variables (a caller may itself run inside a hook), prompts off. */
function environment(protocol: GitProtocol): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    const git = name.startsWith('GIT_') && name !== 'GIT_EXEC_PATH';
    if (!git || (protocol !== 'none' && networkVariable.test(name))) env[name] = value;
  }
  return {
    ...env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_CEILING_DIRECTORIES: tmpdir(),
    // The user's proxy and certificate settings matter for the network and for nothing else.
    ...(protocol === 'none' ? { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' } : {}),
  };
}

/** Settings that a hostile repository configuration must not decide. */
const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  'diff.orderFile=/dev/null',
  'gc.auto=0',
  'maintenance.auto=false',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

/** Starts git. `gitDir` names the repository explicitly, so that git never looks for one upward. */
export function spawnGit(
  args: readonly string[],
  options: { readonly gitDir?: string; readonly protocol?: GitProtocol } = {},
): ChildProcessWithoutNullStreams {
  const where = options.gitDir === undefined ? [] : [`--git-dir=${options.gitDir}`];
  return spawn('git', ['--no-pager', ...where, ...settings, ...args], {
    cwd: tmpdir(),
    env: environment(options.protocol ?? 'none'),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Keeps the last part of what git says on stderr. */
export function collectStderr(child: ChildProcessWithoutNullStreams): () => string {
  let text = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (chunk: string) => {
    text = (text + chunk).slice(-stderrLimit);
  });
  return () => text.trim();
}

/** Resolves with the exit status (128 + n after a signal); rejects with a Fault when git cannot be started. */
export function exitOf(child: ChildProcessWithoutNullStreams): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotStart(error)));
    child.once('close', (status, signal) => resolve(status ?? (signal === null ? 1 : 128)));
  });
}

function cannotStart(error: Error): Fault {
  const missing = 'code' in error && error.code === 'ENOENT';
  return missing
    ? new Fault(
        'config',
        'the git program is not installed or not on PATH',
        'install git (any version from 2.20 on) and run the command again',
        { cause: error },
      )
    : new Fault('internal', `git could not be started: ${error.message}`, 'run git --version', {
        cause: error,
      });
}

/** Runs git to its end and returns all it printed. For short answers only. */
export async function runGit(
  args: readonly string[],
  options: { readonly gitDir?: string; readonly protocol?: GitProtocol } = {},
): Promise<GitRun> {
  const child = spawnGit(args, options);
  const stderr = collectStderr(child);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end();
  const status = await exitOf(child);
  return { status, stdout: Buffer.concat(chunks).toString('utf8'), stderr: stderr() };
}

/** The line of git's complaint that says most: the first `fatal:` or `error:`, else the last line. */
export function complaint(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line !== '');
  const telling =
    lines.find((line) => line.startsWith('fatal: ')) ?? lines.find((line) => line.startsWith('error: '));
  return (telling ?? lines.at(-1) ?? 'git gave no reason').replace(/^(?:fatal|error): /, '');
}

/** A repository that git cannot read. */
export function corrupt(place: string, stderr: string): Fault {
  return new Fault(
    'badInput',
    `git cannot read ${place}: ${complaint(stderr)}`,
    `check it with: git -C ${place} fsck; then clone the archive again and repeat the command (what was read so far is kept)`,
  );
}
