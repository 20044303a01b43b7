# A server of its own for each folder: where it is and how it is reached stands in the environment.
Set($rtname, 'desk.test');
Set($Organization, 'desk.test');
Set($WebDomain, '127.0.0.1');
Set($WebPort, $ENV{RT_PORT});
Set($WebPath, '');
Set($Timezone, $ENV{RT_ZONE} || 'UTC');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, "$ENV{RT_FOLDER}/rtdb");
Set($MailCommand, 'testfile');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($TrunklineWebhookUrl, $ENV{RT_WEBHOOK_URL});
Set($TrunklineWebhookSecret, $ENV{RT_WEBHOOK_SECRET});
1;
