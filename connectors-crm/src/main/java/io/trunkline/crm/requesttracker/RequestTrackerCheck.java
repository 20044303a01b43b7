package io.trunkline.crm.requesttracker;

import io.trunkline.connector.ConnectionCheck;
import io.trunkline.value.CallOptions;

/** Asks which version the token opens. */
final class RequestTrackerCheck implements ConnectionCheck {

    private final RequestTrackerDesk desk;

    RequestTrackerCheck(RequestTrackerDesk desk) {
        this.desk = desk;
    }

    @Override
    public String verify(CallOptions options) {
        String version = desk.api().server().execute(options).Version();
        if (version == null) {
            throw desk.broken("request-tracker.server", null);
        }
        return "Request Tracker " + version;
    }
}
