package io.trunkline.messaging.twilio;

import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.http.HttpConnection;
import io.trunkline.messaging.SendJournal;

/** An account as its clients see it. */
record TwilioAccount(
        ConnectorRuntime runtime, TwilioApi api, HttpConnection http, ConnectorSettings settings, SendJournal journal) {

    String sid() {
        return settings.get(Twilio.ACCOUNT_SID);
    }
}
