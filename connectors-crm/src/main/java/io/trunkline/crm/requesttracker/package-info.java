/**
 * Request Tracker 5 over its REST API 2.0, and webhooks of a scrip that docs/request-tracker.md gives. Follows the page
 * RT::REST2 of docs.bestpractical.com and the server's own answers. Tickets with comments and attachments, users as
 * contacts, calls as tickets of a queue, custom fields and a change feed of tickets are covered; assets, articles, bulk
 * updates and merged tickets are not.
 *
 * <p>The user whose token is used must be privileged and have the time zone UTC, because the platform reads the times of a
 * query in that user's own; the change feed checks it. The platform ignores a field that it does not know or may not
 * search, so what a look-up gives is looked at here again, and custom fields are checked before they are written. Users
 * are never deleted, so contacts cannot be. A listing of tickets has no descriptions and no versions; {@code get} has both.
 */
@NullMarked
package io.trunkline.crm.requesttracker;

import org.jspecify.annotations.NullMarked;
