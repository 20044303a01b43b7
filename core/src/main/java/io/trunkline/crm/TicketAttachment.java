package io.trunkline.crm;

import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;

/**
 * A file that lies with a ticket.
 *
 * @param info reference, clocks and the platform's own form
 * @param name the file's name as the platform has it
 * @param contentType its media type as the platform has it, possibly empty
 * @param size its bytes
 */
public record TicketAttachment(RecordInfo info, String name, String contentType, long size) {

    /** Where the file is. */
    public RecordRef ref() {
        return info.ref();
    }

    /** Reference and size: the name may be personal. */
    @Override
    public String toString() {
        return "TicketAttachment[" + info.ref() + ", " + size + " bytes]";
    }
}
