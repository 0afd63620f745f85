// Progress of long work on stderr: a bar with rate and time left on a terminal, a line now and then elsewhere.
import type { AddProgress } from '../pipeline/add.ts';
import type { Terminal } from './terminal.ts';

export interface Progress {
  update(progress: AddProgress): void;
  /** Removes the bar; later notes stand on their own line. */
  clear(): void;
}

const names: Readonly<Record<AddProgress['phase'], string>> = {
  read: 'read',
  thread: 'threading',
  analyze: 'analyzed',
};
const units: Readonly<Record<AddProgress['phase'], string>> = {
  read: 'mails',
  thread: '',
  analyze: 'debates',
};

/** Elsewhere than on a terminal a line at most so often. */
const plainMilliseconds = 10_000;
const barWidth = 24;

export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `0:07`, `2:03:00` */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/**
 * One line for a moment of the work.
 * @param seconds since the phase began
 */
export function progressLine(progress: AddProgress, seconds: number, bar: boolean): string {
  const { phase, done, total } = progress;
  if (phase === 'thread') return names.thread;
  const rate = seconds > 0 ? done / seconds : 0;
  const of = total === undefined ? '' : ` of ${grouped(total)}`;
  const parts = [`${names[phase]} ${grouped(done)}${of} ${units[phase]}`];
  if (rate > 0) parts.push(`${grouped(rate)}/s`);
  if (total !== undefined && total > 0) {
    const share = Math.min(1, done / total);
    if (rate > 0) parts.push(`${clock((total - done) / rate)} left`);
    const full = Math.round(share * barWidth);
    if (bar) parts.unshift(`${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${Math.floor(share * 100)}%`);
  }
  return parts.join('  ');
}

/** @param write raw writes to stderr */
export function startProgress(terminal: Terminal, write: (text: string) => void): Progress {
  if (terminal.quiet) return { update: () => undefined, clear: () => undefined };
  let phase: AddProgress['phase'] | undefined;
  let began = 0;
  let printed = 0;
  let drawn = false;
  const clear = (): void => {
    if (drawn) write('\r\u001b[K');
    drawn = false;
  };
  return {
    update(progress) {
      const now = performance.now();
      const fresh = progress.phase !== phase;
      if (fresh) [phase, began] = [progress.phase, now];
      const seconds = (now - began) / 1000;
      if (terminal.errIsTerminal) {
        write(`\r\u001b[K${progressLine(progress, seconds, true).slice(0, terminal.width - 1)}`);
        drawn = true;
      } else if (now - printed >= plainMilliseconds && !(fresh && progress.done === 0)) {
        write(`${progressLine(progress, seconds, false)}\n`);
        printed = now;
      }
    },
    clear,
  };
}
