package io.trunkline.crm;

import io.trunkline.value.RecordInfo;

/**
 * Something said on a ticket.
 *
 * @param info reference, clocks and the platform's own form
 * @param body what was said
 * @param publicToCustomer whether the customer sees it
 * @param author who said it, as the platform shows it; possibly empty
 */
public record Comment(RecordInfo info, String body, boolean publicToCustomer, String author) {

    /** The reference alone: the text may be personal. */
    @Override
    public String toString() {
        return "Comment[" + info.ref() + "]";
    }
}
