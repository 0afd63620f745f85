# Prints public-inbox's own trees of a v2 inbox: thread id, Message-ID, parent Message-ID, 1 if the mail is present (tab-separated).
# Usage: perl public-inbox-tree.pl INBOXDIR
use strict;
use warnings;
use PublicInbox::Inbox;
use PublicInbox::Over;
use PublicInbox::SearchThread;

my $ibx = PublicInbox::Inbox->new(
	{ inboxdir => $ARGV[0], name => 'bench', address => ['bench@example.org'], version => 2 });
my $dbh = $ibx->over->dbh;
my $by_date = sub { [ sort { ($a->topmost // $a)->{ds} // 0 <=> ($b->topmost // $b)->{ds} // 0 } @{$_[0]} ] };
for my $tid (@{$dbh->selectcol_arrayref('SELECT DISTINCT tid FROM over WHERE num > 0 ORDER BY tid')}) {
	my $rows = $dbh->selectall_arrayref(
		'SELECT num,tid,ds,ts,ddd FROM over WHERE tid = ? AND num > 0 ORDER BY ds,num', { Slice => {} }, $tid);
	my @msgs = map { PublicInbox::Over::load_from_row($_) } @$rows;
	my $roots = PublicInbox::SearchThread::thread(\@msgs, $by_date, { ibx => $ibx });
	my @queue = map { [ $_, '' ] } @$roots;
	while (my $item = shift @queue) {
		my ($node, $parent) = @$item;
		print join("\t", $tid, $node->{mid}, $parent, $node->{blob} ? 1 : 0), "\n";
		my $children = $node->{children} // [];
		push @queue, map { [ $_, $node->{mid} ] } (ref $children eq 'HASH' ? values %$children : @$children);
	}
}
