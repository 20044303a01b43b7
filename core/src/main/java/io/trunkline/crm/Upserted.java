package io.trunkline.crm;

import io.trunkline.value.RecordRef;

/**
 * What an upsert did.
 *
 * @param ref the record
 * @param created whether it is new
 */
public record Upserted(RecordRef ref, boolean created) {}
