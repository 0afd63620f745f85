// The headers analysis, roles and pages look at beyond the named fields of a message.

const KEPT: ReadonlySet<string> = new Set([
  'archived-at',
  'auto-submitted',
  'content-language',
  'list-archive',
  'list-post',
  'mail-followup-to',
  'organization',
  'precedence',
  'resent-from',
  'sender',
  'supersedes',
  'thread-topic',
  'user-agent',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-been-there',
  'x-beenthere',
  'x-bugzilla-reason',
  'x-list',
  'x-loop',
  'x-mailer',
  'x-mailing-list',
  'x-no-archive',
  'x-original-from',
  'x-original-sender',
  'x-newsreader',
  'x-spam-flag',
]);
const KEPT_FAMILY =
  /^x-(?:patchwork|bugzilla|github|gitlab|gerrit|jira|phabricator|launchpad|debian-pr|b4|git|bot)-/;

/** Whether a header of that lower-case name is kept in `Message.headers`. */
export function isKeptHeader(name: string): boolean {
  return KEPT.has(name) || (name.startsWith('x-') && KEPT_FAMILY.test(name));
}
