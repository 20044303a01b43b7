/**
 * Salesforce over its REST API, version 66.0 unless set otherwise, and its Outbound Messages. Follows
 * developer.salesforce.com (REST API Developer Guide; SOAP API Developer Guide, Outbound Messaging). Contacts, accounts,
 * cases with comments, calls as tasks, describe and a change feed are covered; bulk jobs, leads, opportunities and the
 * Pub/Sub API are not. Not yet run against the live platform.
 *
 * <p>A person account is found as its contact and written as its account, which only the raw API does here. Changes of
 * deleted records can be read while they are in the recycle bin, 15 days. Outbound Messages should not carry the session
 * id, which would be stored with them, and only short fields: up to 100 records come in one message, and one of more than
 * a mebibyte is refused.
 */
@NullMarked
package io.trunkline.crm.salesforce;

import org.jspecify.annotations.NullMarked;
