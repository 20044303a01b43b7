package io.trunkline.crm;

import io.trunkline.value.RecordInfo;

/**
 * A call as the platform has it.
 *
 * @param info reference, clocks, version and the platform's own form
 * @param interactionId the key that it was logged under
 * @param completed whether it is over and wrapped up
 */
public record CallRecord(RecordInfo info, String interactionId, boolean completed) {

    /** Reference and id. */
    @Override
    public String toString() {
        return "CallRecord[" + info.ref() + " " + interactionId + "]";
    }
}
