package io.trunkline.messaging.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A mail on its way. It keeps its message id, and knows whether its text has begun to leave this machine. */
final class OutgoingMail extends MimeMessage {

    private final String id;
    private volatile boolean leaving;

    OutgoingMail(Session session, String id) {
        super(session);
        this.id = id;
    }

    Session session() {
        return session;
    }

    String id() {
        return id;
    }

    /** False as long as the server cannot have the mail: it has not yet asked for the text. */
    boolean leaving() {
        return leaving;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        leaving = true;
        super.writeTo(out, ignored);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
