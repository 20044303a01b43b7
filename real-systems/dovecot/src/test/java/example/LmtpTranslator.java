package example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Lets what is sent by SMTP arrive by LMTP: another greeting, and after a mail one answer in place of one for each
 * recipient. Everything else is passed on as it is.
 */
final class LmtpTranslator implements AutoCloseable {

    private final ServerSocket listening;
    private final int lmtp;

    LmtpTranslator(int port, int lmtp) {
        try {
            this.listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            this.lmtp = lmtp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                daemon(() -> translate(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void translate(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), lmtp);
                BufferedReader asked = reader(client);
                BufferedReader answered = reader(server);
                OutputStream back = client.getOutputStream();
                OutputStream on = server.getOutputStream()) {
            answer(answered, back);
            int recipients = 0;
            boolean open = true;
            while (open) {
                String line = asked.readLine();
                open = line != null && !line.isEmpty();
                if (open) {
                    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                    boolean greets = verb.equals("EHLO") || verb.equals("HELO");
                    send(on, greets ? "LHLO" + line.substring(4) : line);
                    int status = answer(answered, back);
                    recipients = verb.equals("MAIL") || verb.equals("RSET") ? 0 : recipients;
                    recipients += verb.equals("RCPT") && status == 250 ? 1 : 0;
                    if (verb.equals("DATA") && status == 354) {
                        mail(asked, on);
                        for (int i = 1; i < recipients; i++) {
                            answer(answered, OutputStream.nullOutputStream());
                        }
                        answer(answered, back);
                    }
                    open = !verb.equals("QUIT");
                }
            }
        } catch (IOException e) {
            // Whoever was talking sees that the line is gone.
        }
    }

    private static void mail(BufferedReader asked, OutputStream on) throws IOException {
        String line;
        do {
            line = asked.readLine();
            send(on, line);
        } while (!line.equals("."));
    }

    private static int answer(BufferedReader answered, OutputStream back) throws IOException {
        String line;
        do {
            line = answered.readLine();
            if (line == null) {
                throw new IOException("the server hung up");
            }
            // Mails in chunks have no lines to go by, so that they may come in chunks is not told.
            send(back, line.replace("CHUNKING", "X-LINES"));
        } while (line.length() > 3 && line.charAt(3) == '-');
        return Integer.parseInt(line.substring(0, 3));
    }

    private static void send(OutputStream to, String line) throws IOException {
        to.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
