package io.trunkline.messaging.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A submission server that says yes to everything but what a script answers otherwise. */
final class ScriptedSmtp implements AutoCloseable {

    static final String HANG_UP = "hang up";

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final UnaryOperator<String> script;
    private final AtomicInteger lines = new AtomicInteger();

    ScriptedSmtp(UnaryOperator<String> script) throws IOException {
        this.script = script;
        Thread thread = new Thread(this::serve, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int lines() {
        return lines.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                Thread.onSpinWait(); // The client has gone, or the test is over.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        say(out, "220 ready");
        boolean text = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.incrementAndGet();
            String answer = script.apply(line);
            if (HANG_UP.equals(answer)) {
                return;
            }
            if (text && !line.equals(".")) {
                continue;
            }
            text = line.equals("DATA");
            say(out, answer == null ? usual(line) : answer);
        }
    }

    private static String usual(String line) {
        if (line.startsWith("EHLO")) {
            return "250-hello\r\n250 AUTH PLAIN LOGIN";
        }
        if (line.startsWith("AUTH")) {
            return "235 good";
        }
        return line.equals("DATA") ? "354 go on" : "250 ok";
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
