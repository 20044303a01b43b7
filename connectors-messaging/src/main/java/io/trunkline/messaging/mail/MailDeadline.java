package io.trunkline.messaging.mail;

import io.trunkline.error.CancelledException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.value.Deadline;
import jakarta.mail.MessagingException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a talk with a mail server on a thread of its own, because the mail library bounds each step and not the whole: a
 * server that sends a line a second would otherwise hold the caller for ever.
 */
final class MailDeadline {

    private MailDeadline() {}

    /**
     * The talk's result. Throws {@link TimeoutException} at the deadline; from then on the talk can neither send nor
     * receive anything.
     */
    static <T> T run(String connection, Deadline deadline, MailSockets sockets, Callable<T> talk)
            throws MessagingException, TimeoutException {
        FutureTask<T> task = new FutureTask<>(talk);
        Thread thread = new Thread(task, "trunkline-mail");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sockets.close();
            task.cancel(true);
            throw e;
        } catch (InterruptedException e) {
            sockets.close();
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "the caller was interrupted", ErrorContext.of(connection, "mail", ErrorKind.CANCELLED), null);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static MessagingException failure(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof MessagingException mail) {
            return mail;
        }
        return new MessagingException("the talk failed", cause instanceof Exception known ? known : null);
    }
}
