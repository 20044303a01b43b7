package io.trunkline.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A sender who writes to a socket what he likes. */
final class RawSender implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    RawSender(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setSoTimeout(20_000);
        this.out = socket.getOutputStream();
        this.in = socket.getInputStream();
    }

    static String post(String target, String body, int claimed, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + target + " HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\nContent-Length: " + claimed
                + "\r\n" + more + "\r\n" + body;
    }

    RawSender write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return this;
    }

    /** The status of the answer; -1 if the connection was ended without one. */
    int status() {
        try {
            byte[] line = in.readNBytes(12);
            return line.length < 12 ? -1 : Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return -1;
        }
    }

    /** All that is left of the answer. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
