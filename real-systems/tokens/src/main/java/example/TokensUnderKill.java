package example;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Processes that are killed while they renew a token whose refresh token rotates. The next process must have the token, at
 * once. Only where the server had answered and the answer was not saved yet may it say that the connection must be
 * authorised again; it says so without asking the server a second time.
 */
public final class TokensUnderKill {

    private final URI issuer;
    private final Path file;
    private final Random random;
    private int minutes;
    private int kills;
    private int lost;

    private TokensUnderKill(URI issuer, Path file, long seed) {
        this.issuer = issuer;
        this.file = file;
        this.random = new Random(seed);
    }

    /** Takes the server's address, how often each point is tried, and how many kills come at random times. */
    public static void main(String[] args) throws Exception {
        long seed = System.nanoTime();
        Path file = Files.createTempDirectory("desk").resolve("store.db");
        TokensUnderKill test = new TokensUnderKill(URI.create(args[0]), file, seed);
        test.authorise();
        for (int round = 0; round < Integer.parseInt(args[1]); round++) {
            for (String point : StoppingStore.POINTS) {
                test.killAt(point);
            }
        }
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            test.killAtRandom();
        }
        System.out.printf(
                "real-systems: %d processes killed while a refresh token rotated, 0 tokens lost; of those killed between the"
                        + " answer and the save, %d of %d said so without asking twice; seed %d%n",
                test.kills, test.lost, test.lost, seed);
    }

    private void killAt(String point) throws Exception {
        Process process = desk(point);
        boolean reached = process.inputReader().lines().anyMatch(("at " + point)::equals);
        kill(process);
        check(reached, "the process never came to " + point);
        String next = next();
        check(next.equals(point.equals(StoppingStore.LOST) ? "reauthorise" : "token"), point + ": " + next);
        if (next.equals("reauthorise")) {
            authoriseAgain();
        }
    }

    private void killAtRandom() throws Exception {
        long refreshed = Counts.of(issuer).refreshed();
        Process process = desk("none");
        BufferedReader output = process.inputReader();
        check("began".equals(output.readLine()), "the process did not begin");
        if (process.waitFor(random.nextInt(400_000), TimeUnit.MICROSECONDS)) {
            kills--;
        }
        kill(process);
        boolean saidSo = output.lines().anyMatch("token"::equals);
        boolean answered = Counts.of(issuer).refreshed() > refreshed;
        String next = next();
        check(next.equals("token") || (answered && !saidSo), "killed at a random time: " + next);
        if (next.equals("reauthorise")) {
            authoriseAgain();
        }
    }

    private void authoriseAgain() throws Exception {
        long refused = Counts.of(issuer).refused();
        check(next().equals("reauthorise"), "a dead token came back to life");
        check(Counts.of(issuer).refused() == refused, "a dead token was asked for again");
        lost++;
        authorise();
    }

    private void authorise() throws Exception {
        Desk.authorise(file, issuer, minutes);
        check(next().equals("token"), "no token after an authorisation");
    }

    private String next() throws IOException, InterruptedException {
        Process process = desk("none");
        List<String> lines = process.inputReader().lines().toList();
        process.waitFor();
        return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    }

    private Process desk(String point) throws IOException {
        minutes++;
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Desk.class.getName(),
                        file.toString(),
                        issuer.toString(),
                        String.valueOf(minutes),
                        point)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void kill(Process process) throws InterruptedException {
        kills++;
        process.toHandle().destroyForcibly(); // The handle's leaves what was written readable.
        process.waitFor();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            System.out.println("real-systems: " + otherwise);
            System.exit(1);
        }
    }
}
