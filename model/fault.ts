// Operator-facing faults: what went wrong, where, and what to do. Mail content never causes one (it causes defects).
// Exit statuses 64 and up are those of BSD sysexits(3).

export const exitStatus = {
  ok: 0,
  /** Nothing found. */
  none: 1,
  usage: 2,
  /** `hum verify` found a statement that does not hold. */
  verify: 3,
  /** Everything readable was stored, but some input was rejected. */
  rejected: 4,
  /** Input is there but is not what it should be: corrupt git, a folder without mail, not a mailbox. EX_DATAERR */
  badInput: 65,
  /** The path does not exist or cannot be opened. EX_NOINPUT */
  noInput: 66,
  /** Bug of ours. EX_SOFTWARE */
  internal: 70,
  /** Disk full or another I/O error while writing. EX_IOERR */
  io: 74,
  /** Another process is writing to this database. EX_TEMPFAIL */
  busy: 75,
  /** Permission denied. EX_NOPERM */
  permission: 77,
  /** Database from a newer version, corrupt database, bad configuration file. EX_CONFIG */
  config: 78,
  interrupted: 130,
} as const;

export type ExitName = keyof typeof exitStatus;

/** Shown as `hum: <message>` and a second line with the remedy; never with a stack. */
export class Fault extends Error {
  readonly exit: ExitName;
  readonly remedy: string;

  constructor(exit: ExitName, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
    this.exit = exit;
    this.remedy = remedy;
  }
}
