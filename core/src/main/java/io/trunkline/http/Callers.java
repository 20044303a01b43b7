package io.trunkline.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that are inside a call, so that closing the library wakes those that wait. Thread-safe. */
final class Callers {

    private final Set<Caller> inside = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * The current thread begins a call.
     *
     * @throws IllegalStateException if the library is closed
     */
    Caller enter() {
        Caller caller = new Caller(inside);
        inside.add(caller);
        if (closed) {
            caller.close();
            throw new IllegalStateException("the library is closed; a connection cannot be used afterwards");
        }
        return caller;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        inside.forEach(Caller::wake);
    }

    /** One thread inside a call; closed by that thread. */
    static final class Caller {

        private final Set<Caller> inside;
        private final Thread thread = Thread.currentThread();
        private boolean gone;
        private boolean woken;

        private Caller(Set<Caller> inside) {
            this.inside = inside;
        }

        private synchronized void wake() {
            if (!gone && !thread.isInterrupted()) {
                woken = true;
                thread.interrupt();
            }
        }

        /** The interruption was only a means to wake it, so the application's thread does not keep it. */
        synchronized void close() {
            gone = true;
            inside.remove(this);
            if (woken) {
                Thread.interrupted();
            }
        }
    }
}
