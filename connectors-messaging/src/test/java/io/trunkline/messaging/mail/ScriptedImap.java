package io.trunkline.messaging.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mailbox's server with one mail, which falls silent at a command of the test's choice. */
final class ScriptedImap implements AutoCloseable {

    static final String GREETING = "(greeting)";

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final String silentAt;
    private final String mail;

    ScriptedImap(String silentAt, String mail) throws IOException {
        this.silentAt = silentAt;
        this.mail = mail;
        Thread thread = new Thread(this::serve, "scripted-imap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    List<String> commands() {
        return List.copyOf(commands);
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
        if (!silentAt.equals(GREETING)) {
            say(out, "* OK ready\r\n");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.substring(line.indexOf(' ') + 1).toUpperCase(Locale.ROOT);
            commands.add(command);
            if (!command.startsWith(silentAt)) {
                say(out, answer(command) + line.substring(0, line.indexOf(' ')) + " OK done\r\n");
            }
        }
    }

    private String answer(String command) {
        if (command.startsWith("CAPABILITY")) {
            return "* CAPABILITY IMAP4rev1 IDLE\r\n";
        }
        if (command.startsWith("EXAMINE") || command.startsWith("SELECT")) {
            return "* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n";
        }
        if (command.contains("BODYSTRUCTURE")) {
            int size = mail.length();
            String head = mail.substring(0, mail.indexOf("\r\n\r\n") + 4);
            return "* 1 FETCH (UID 1 RFC822.SIZE " + size + " INTERNALDATE \"25-Nov-2026 08:00:00 +0000\""
                    + " ENVELOPE (NIL \"s\" ((NIL NIL \"bob\" \"example.test\")) NIL NIL NIL NIL NIL NIL NIL)"
                    + " BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" 7 1)"
                    + " BODY[HEADER] {" + head.length() + "}\r\n" + head + ")\r\n";
        }
        if (command.contains("BODY")) {
            return "* 1 FETCH (UID 1 BODY[TEXT]<0> {7}\r\nhello\r\n)\r\n";
        }
        return command.contains("FETCH") ? "* 1 FETCH (UID 1)\r\n" : "";
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
