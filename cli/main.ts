#!/usr/bin/env node
// The `hum` command: reads the line, loads the one command it names, turns faults into messages and exit statuses.
// Loads nothing else at start, so that `hum --help` answers at once.
import { exitStatus, Fault } from '../model/fault.ts';
import { readOptions } from './call.ts';
import { parseLine } from './parse.ts';
import { openTerminal } from './terminal.ts';

/** Whoever reads us (`| head`) has had enough: that is no error. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitStatus.ok);
  throw error;
}

const controller = new AbortController();

/** First Ctrl-C: stop at the next safe point, or after a moment anyway (what is stored is stored). Second: now. */
function interrupt(): void {
  if (controller.signal.aborted) process.exit(exitStatus.interrupted);
  controller.abort(new Fault('interrupted', 'stopped', 'Run the same command again to go on.'));
  setTimeout(() => process.exit(exitStatus.interrupted), 2000).unref();
}

function complain(error: unknown): number {
  if (controller.signal.aborted) return exitStatus.interrupted;
  if (error instanceof Fault) {
    process.stderr.write(`hum: ${error.message}\n${error.remedy === '' ? '' : `${error.remedy}\n`}`);
    return exitStatus[error.exit];
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`hum: internal error, please report it with these lines\n${detail}\n`);
  return exitStatus.internal;
}

async function main(words: readonly string[]): Promise<number> {
  const line = parseLine(words);
  const options = readOptions(line.values);
  const terminal = openTerminal(
    {
      color: options.text('color'),
      width: options.count('width'),
      quiet: options.flag('quiet') || options.flag('json'),
      silent: options.flag('quiet'),
    },
    process.env,
    process.stdout,
    process.stderr,
  );
  const { run } = await line.command.load();
  const exit = await run({
    command: line.command,
    operands: line.operands,
    options,
    terminal,
    env: process.env,
    signal: controller.signal,
  });
  return controller.signal.aborted ? exitStatus.interrupted : exitStatus[exit];
}

process.stdout.on('error', endQuietly);
process.stderr.on('error', endQuietly);
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

process.exitCode = await main(process.argv.slice(2)).catch(complain);
process.removeListener('SIGINT', interrupt);
process.removeListener('SIGTERM', interrupt);
