# What an administrator does once by hand, as docs/request-tracker.md tells: a token, a queue, custom fields, the scrip.
# Prints the token. The scrip's code is the one of that page.
use strict;
use warnings;
use RT -init;

my ($page) = @ARGV;
my $system = RT->SystemUser;

my $agent = RT::User->new($system);
$agent->Load('root');
my (undef, undef, $token) = RT::AuthToken->new($system)->Create(Owner => $agent->Id, Description => 'trunkline');

RT::Queue->new($system)->Create(Name => 'Support');
field('InteractionId', 'FreeformSingle', 'RT::Queue-RT::Ticket', RT::Queue->new($system));
field('Severity', 'SelectSingle', 'RT::Queue-RT::Ticket', RT::Queue->new($system), 'low', 'high');
field('Phone', 'FreeformMultiple', 'RT::User', RT::User->new($system));
field('CustomerNumber', 'FreeformSingle', 'RT::User', RT::User->new($system));

open my $file, '<', $page or die "$page: $!";
my ($code) = do { local $/; <$file> } =~ /^```perl\n(.*?)^```/ms or die "$page has no scrip";
my ($scrip, $problem) = RT::Scrip->new($system)->Create(
    Description            => 'Tell Trunkline',
    Queue                  => 0,
    Stage                  => 'TransactionBatch',
    Template               => 'Blank',
    ScripCondition         => 'User Defined',
    ScripAction            => 'User Defined',
    CustomIsApplicableCode => 'RT->Config->Get("TrunklineWebhookUrl") ? 1 : 0',
    CustomPrepareCode      => '1',
    CustomCommitCode       => $code,
);
die $problem unless $scrip;

print $token;

sub field {
    my ($name, $type, $lookup, $object, @values) = @_;
    my $field = RT::CustomField->new($system);
    $field->Create(Name => $name, Type => $type, LookupType => $lookup);
    $field->AddToObject($object);
    $field->AddValue(Name => $_) for @values;
}
