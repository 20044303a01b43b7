/**
 * Twilio Programmable Messaging, API 2010-04-01: SMS, MMS and WhatsApp out, receipts and messages in. Follows
 * twilio.com/docs/messaging/api and twilio.com/docs/usage/webhooks/webhooks-security. Conversations, Verify and the
 * newer Emails API are not covered. Not yet run against the live platform.
 */
@NullMarked
package io.trunkline.messaging.twilio;

import org.jspecify.annotations.NullMarked;
