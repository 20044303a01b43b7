package io.trunkline.crm;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.Paged;
import io.trunkline.value.RecordRef;
import java.io.InputStream;

/** The files that lie with tickets. Undeclared operations throw before any request. */
public interface TicketAttachments extends Client<TicketAttachments> {

    /** {@link #list}. */
    Capability LIST = Capability.of("ticket-attachments.list");

    /** {@link #add}. */
    Capability ADD = Capability.of("ticket-attachments.add");

    /** {@link #read}. */
    Capability READ = Capability.of("ticket-attachments.read");

    /** The files of a ticket, oldest first. */
    default Paged<TicketAttachment> list(RecordRef ticket) {
        throw unsupported(LIST);
    }

    /**
     * Puts a file to a ticket, for colleagues only.
     *
     * @return the comment that it came with, or the file where the platform has no such comment
     */
    default RecordRef add(RecordRef ticket, TicketFile file) {
        throw unsupported(ADD);
    }

    /**
     * The content of a file, to be closed by the caller.
     *
     * @param attachment what {@link #list} has given
     * @throws io.trunkline.error.NotFoundException if it is not there
     */
    default InputStream read(RecordRef attachment) {
        throw unsupported(READ);
    }
}
