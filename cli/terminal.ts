// The streams a command writes to, and what they can show. Knows nothing of commands.
import { Fault } from '../model/fault.ts';

export interface Terminal {
  /** Writes to stdout as is. */
  out(text: string | Uint8Array): void;
  /** A note for people on stderr, one line; silent under --quiet. */
  note(text: string): void;
  /** Something the user has to know: on stderr also beside --json, silent under --quiet only. */
  warn(text: string): void;
  /** Columns text output may use. */
  readonly width: number;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
}

export interface TerminalWish {
  readonly color: string | undefined;
  readonly width: number | undefined;
  /** No progress and no notes. */
  readonly quiet: boolean;
  /** No warnings either. */
  readonly silent: boolean;
}

/** Narrower than this nothing reads well; wider lines are no longer read. */
const narrowest = 40;
const widest = 120;

/** https://no-color.org: any non-empty value. */
function wantsColor(wish: string | undefined, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (wish === 'always') return true;
  if (wish === 'never' || (env['NO_COLOR'] ?? '') !== '') return false;
  return isTerminal && env['TERM'] !== 'dumb';
}

export function openTerminal(
  wish: TerminalWish,
  env: NodeJS.ProcessEnv,
  out: NodeJS.WriteStream,
  err: NodeJS.WriteStream,
): Terminal {
  const columns = Number.parseInt(env['COLUMNS'] ?? '', 10);
  const fallback = out.columns ?? (columns > 0 ? columns : 80);
  if (wish.width !== undefined && wish.width < narrowest) {
    throw new Fault('usage', `--width is at least ${narrowest}`, `Write --width ${narrowest} or more.`);
  }
  return {
    out: (text) => void out.write(text),
    note: (text) => void (wish.quiet || err.write(`${text}\n`)),
    warn: (text) => void (wish.silent || err.write(`${text}\n`)),
    width: wish.width ?? Math.min(widest, Math.max(narrowest, fallback)),
    color: wantsColor(wish.color, env, out.isTTY),
    quiet: wish.quiet,
    outIsTerminal: out.isTTY,
    errIsTerminal: err.isTTY,
  };
}
