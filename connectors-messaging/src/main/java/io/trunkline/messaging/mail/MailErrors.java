package io.trunkline.messaging.mail;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** What failures of the mail servers mean. Their texts repeat addresses, so none of them is passed on. */
final class MailErrors {

    private MailErrors() {}

    static ConnectorException of(String connection, String operation, MessagingException e) {
        ErrorKind kind = kind(e);
        return Failures.of(advice(kind), ErrorContext.of(connection, operation, kind), null);
    }

    static ConnectorException late(String connection, String operation) {
        return Failures.of(
                "the mail server did not answer in time", ErrorContext.of(connection, operation, ErrorKind.TIMEOUT));
    }

    static ErrorKind kind(MessagingException e) {
        if (e instanceof AuthenticationFailedException) {
            return ErrorKind.AUTHENTICATION;
        }
        if (e instanceof FolderNotFoundException) {
            return ErrorKind.NOT_FOUND;
        }
        if (e instanceof SMTPSendFailedException refused) {
            return refused.getReturnCode() >= 500 ? ErrorKind.INVALID_REQUEST : ErrorKind.UNAVAILABLE;
        }
        if (String.valueOf(e.getMessage()).startsWith("STARTTLS")) {
            return ErrorKind.SECURITY;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return ErrorKind.SECURITY;
            }
            if (cause instanceof SocketTimeoutException) {
                return ErrorKind.TIMEOUT;
            }
            if (cause instanceof UnknownHostException) {
                return ErrorKind.TRANSPORT;
            }
        }
        return ErrorKind.TRANSPORT;
    }

    private static String advice(ErrorKind kind) {
        return switch (kind) {
            case AUTHENTICATION -> "the mail server refuses the account or its password";
            case NOT_FOUND -> "the mailbox has no such folder";
            case SECURITY -> "the mail server's certificate is not trusted, or it offers no TLS";
            case TIMEOUT -> "the mail server did not answer in time";
            case INVALID_REQUEST -> "the mail server refuses the mail for good";
            case UNAVAILABLE -> "the mail server refuses the mail for now";
            default -> "the mail server could not be reached or broke the connection";
        };
    }
}
