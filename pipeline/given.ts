// What the user gave beside mail (.mailmap, MAINTAINERS, roles.toml): kept in the store as text, so that every later
// analysis uses it, also when the file is gone. Reads no files.
import type { Store } from '../store/store.ts';
import { parseMaintainers } from '../nlp/role/maintainers.ts';
import { parseRoles } from '../nlp/role/roles-file.ts';
import type { RoleContext } from '../nlp/role/role.ts';
import type { MessageId } from '../model/message.ts';
import type { AnalysisOptions } from './report.ts';

export interface GivenFile {
  /** As the user named it, for messages. */
  readonly path: string;
  readonly text: string;
}

/** A file for use from now on; `forget` for none from now on; absent for what was given before. */
export interface Given {
  readonly mailmap?: GivenFile | 'forget';
  readonly maintainers?: GivenFile | 'forget';
  readonly roles?: GivenFile | 'forget';
}

const names = ['mailmap', 'maintainers', 'roles'] as const;

function contextOf(maintainers: string | undefined, roles: string | undefined, path: string): RoleContext {
  return {
    ...(maintainers !== undefined && { maintainers: parseMaintainers(maintainers) }),
    ...(roles !== undefined && { roles: parseRoles(roles, path) }),
  };
}

/** Analysis options of the files alone, without a store. Throws Fault config for a roles.toml that cannot be read. */
export function givenOptions(given: Given): Omit<AnalysisOptions, 'version'> {
  const text = (file: GivenFile | 'forget' | undefined): string | undefined =>
    file === 'forget' ? undefined : file?.text;
  const [mailmap, maintainers, roles] = [text(given.mailmap), text(given.maintainers), text(given.roles)];
  const path = given.roles === undefined || given.roles === 'forget' ? 'roles.toml' : given.roles.path;
  return {
    ...(mailmap !== undefined && { mailmap }),
    ...((maintainers !== undefined || roles !== undefined) && {
      roles: contextOf(maintainers, roles, path),
    }),
  };
}

/** Puts what was given into the store. Throws Fault config, and stores nothing, when roles.toml cannot be read. */
export function rememberGiven(store: Store, given: Given): void {
  givenOptions(given);
  store.transaction(() => {
    for (const name of names) {
      const file = given[name];
      if (file !== undefined) store.setSetting(name, file === 'forget' ? undefined : file.text);
    }
  });
}

/** Analysis options of all debates of a store: what was remembered. Who applies patches is added for each debate. */
export function storedOptions(store: Store, version: string): AnalysisOptions {
  const mailmap = store.setting('mailmap');
  const maintainers = store.setting('maintainers');
  const roles = store.setting('roles');
  return {
    version,
    ...(mailmap !== undefined && { mailmap }),
    ...((maintainers !== undefined || roles !== undefined) && {
      roles: contextOf(maintainers, roles, 'roles.toml (remembered)'),
    }),
  };
}

/** Options for one debate: those who applied patches elsewhere on the list are known. */
export function withAppliers(options: AnalysisOptions, appliers: readonly string[]): AnalysisOptions {
  return appliers.length === 0
    ? options
    : { ...options, roles: { ...options.roles, applied: new Set(appliers) } };
}

/** Options for one debate of a store as it is now. */
export function debateOptions(
  store: Store,
  list: string,
  id: MessageId,
  options: AnalysisOptions,
): AnalysisOptions {
  return withAppliers(options, store.appliers(list, id).get(id) ?? []);
}
