package io.trunkline.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sockets that break off when more comes in than the limit before {@link #taken()} is called again. OkHttp puts a message
 * together before it shows it, however large, and keeps an answer to every ping; this bounds both.
 */
final class CountedSockets extends UnconnectedSockets {

    private final AtomicLong received = new AtomicLong();
    private final long most;

    CountedSockets(long most) {
        this.most = most;
    }

    /** A whole message has been taken; counting begins again. */
    void taken() {
        received.set(0);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Counted(super.getInputStream());
            }
        };
    }

    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            int read = in.read(into, start, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) throws IOException {
            if (received.addAndGet(bytes) > most) {
                throw new IOException("more came in than the library accepts");
            }
        }
    }
}
