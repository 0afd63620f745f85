// Addresses as identities: normalized, un-munged (DMARC rewriting), or told apart as list, role or masked addresses.
// RFC 5321 local parts are case-sensitive on paper only; RFC 5233 subaddresses; RFC 2142 role mailboxes.

/** Mailboxes that belong to an office or a machine rather than to one human (RFC 2142 and common practice). */
const ROLE_LOCAL_PARTS = new Set([
  'abuse',
  'admin',
  'administrator',
  'announce',
  'bugs',
  'bugzilla',
  'contact',
  'daemon',
  'do-not-reply',
  'donotreply',
  'editor',
  'ftp',
  'help',
  'hostmaster',
  'info',
  'list',
  'lists',
  'mail',
  'mailer-daemon',
  'maintainer',
  'maintainers',
  'majordomo',
  'marketing',
  'news',
  'no-reply',
  'noc',
  'nobody',
  'noreply',
  'notification',
  'notifications',
  'office',
  'owner',
  'postmaster',
  'press',
  'root',
  'sales',
  'secretary',
  'security',
  'server',
  'support',
  'sysadmin',
  'team',
  'usenet',
  'users',
  'webmaster',
  'www',
]);

/** `ann at example dot org`, `ann (at) example.org`, `ann [at] example [dot] org`, as archives print it. */
const AT = /^([^\s@]{1,80})[ \t]{1,4}(?:at|\(at\)|\[at\]|<at>)[ \t]{1,4}(\S.{0,200})$/iu;
const DOT = /[ \t]{1,4}(?:dot|\(dot\)|\[dot\]|<dot>)[ \t]{1,4}/giu;
/** A domain, or a local part, that an archive has overwritten: `xxxxxxx`, `...`, `***`. */
const MASKED_DOMAIN = /^(?:x[x.]{2,}|[.*•]{2,}|\S{0,64}(?:\.\.\.|…|\*{2,}))$/iu;
const MASKED_LOCAL = /^(?:x{3,}|\S{0,64}(?:\.\.\.|…|\*{2,}))$/iu;
/** `ann=40example.org@dmarc.ietf.org`, `ann=example.org@lists.example.net`. */
const DMARC_LOCAL = /^([^=]{1,80})=(?:40)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})$/iu;
const DMARC_INVALID = /(?:\.dmarc)?\.invalid$/iu;
const DOTS = /\./gu;

export interface AddressParts {
  /** Normalized address; '' when absent. Two addresses with one key are one mailbox. */
  readonly key: string;
  readonly local: string;
  readonly domain: string;
  /** The address as the person writes it: obfuscation and DMARC rewriting undone. */
  readonly address: string;
  /** Overwritten by an archive: `key` compares, but the mailbox is not known. */
  readonly masked: boolean;
  /** An office or machine: never one human's key. */
  readonly role: boolean;
}

const ABSENT: AddressParts = { key: '', local: '', domain: '', address: '', masked: false, role: false };

/** Reads an addr-spec as found in mail or on an archive page. Never throws; '' and nonsense give the absent address. */
export function readAddress(raw: string): AddressParts {
  let text = raw.trim();
  if (text.length > 320) return ABSENT;
  const spoken = AT.exec(text);
  if (spoken !== null) text = `${spoken[1] ?? ''}@${(spoken[2] ?? '').replace(DOT, '.')}`;
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return ABSENT;
  let local = text.slice(0, at);
  let domain = text.slice(at + 1).replace(DMARC_INVALID, '');
  const munged = DMARC_LOCAL.exec(local);
  if (munged !== null) {
    local = munged[1] ?? '';
    domain = munged[2] ?? '';
  }
  const address = `${local}@${domain}`;
  local = local.toLowerCase();
  domain = domain.toLowerCase();
  const masked = MASKED_DOMAIN.test(domain) || MASKED_LOCAL.test(local);
  const plus = local.indexOf('+');
  if (plus > 0) local = local.slice(0, plus);
  if (domain === 'googlemail.com') domain = 'gmail.com';
  if (domain === 'gmail.com') local = local.replace(DOTS, '');
  return { key: `${local}@${domain}`, local, domain, address, masked, role: ROLE_LOCAL_PARTS.has(local) };
}

/** True when a masked address may be this one: same visible local part, and a domain of the same length where that shows. */
export function fitsMask(masked: AddressParts, known: AddressParts): boolean {
  if (known.masked || known.key === '') return false;
  const localFits = MASKED_LOCAL.test(masked.local) || masked.local === known.local;
  const lengthShows = /^x[x.]+$/u.test(masked.domain);
  const domainFits = MASKED_DOMAIN.test(masked.domain)
    ? !lengthShows || masked.domain.length === known.domain.length
    : masked.domain === known.domain;
  return localFits && domainFits;
}

/** True when an archive has overwritten the local part too: nothing is left to compare. */
export function isFullyMasked(address: AddressParts): boolean {
  return address.masked && MASKED_LOCAL.test(address.local);
}
