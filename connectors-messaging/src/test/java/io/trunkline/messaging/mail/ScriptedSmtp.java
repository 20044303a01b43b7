package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A submission server that says yes to everything but what a script answers otherwise. */
public final class ScriptedSmtp implements AutoCloseable {

    /** The connection ends instead of an answer. */
    public static final String HANG_UP = "hang up";
    /** There is no answer. */
    public static final String SILENCE = "silence";

    /** What a script is asked for when a client has connected. */
    public static final String GREETING = "(greeting)";

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final UnaryOperator<String> script;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Semaphore gone = new Semaphore(0);
    private final List<String> text = new CopyOnWriteArrayList<>();

    /** A server whose script answers a line, or leaves it to the server by null. */
    public ScriptedSmtp(UnaryOperator<String> script) throws IOException {
        this.script = script;
        Thread thread = new Thread(this::serve, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** What clients have said, without the texts of mails. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** The same, once a client has gone: a client may say its last command and not wait. */
    List<String> commandsUntilGone() throws InterruptedException {
        assertTrue(gone.tryAcquire(30, TimeUnit.SECONDS), "the client stays");
        return commands();
    }

    /** The lines of all texts, as they came. */
    public List<String> text() {
        return List.copyOf(text);
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
        try {
            talk(in, out);
        } finally {
            gone.release();
        }
    }

    private void talk(BufferedReader in, OutputStream out) throws IOException {
        if (!answer(out, GREETING)) {
            return;
        }
        boolean inText = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (inText && !line.equals(".")) {
                text.add(line);
                continue;
            }
            commands.add(line);
            if (!answer(out, line)) {
                return;
            }
            inText = line.equals("DATA") && script.apply(line) == null;
        }
    }

    /** False if the talk is over. */
    private boolean answer(OutputStream out, String line) throws IOException {
        String scripted = script.apply(line);
        if (HANG_UP.equals(scripted)) {
            return false;
        }
        if (!SILENCE.equals(scripted)) {
            say(out, scripted == null ? usual(line) : scripted);
        }
        return true;
    }

    private static String usual(String line) {
        if (line.equals(GREETING)) {
            return "220 ready";
        }
        if (line.startsWith("EHLO")) {
            return "250-hello\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN";
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
