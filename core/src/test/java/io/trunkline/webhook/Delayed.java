package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.event.NewsWaiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A source whose answers are late: something happens between each of them and what its reader does with it. */
record Delayed(PullSource source, Runnable meanwhile) implements PullSource {

    @Override
    public String connection() {
        return source.connection();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Set<String> streams() {
        return source.streams();
    }

    @Override
    public PulledPage pull(String stream, Optional<String> cursor, Optional<NewsWaiting> news) {
        PulledPage page = source.pull(stream, cursor, news);
        meanwhile.run();
        return page;
    }

    @Override
    public List<Event> decode(byte[] item) {
        return source.decode(item);
    }

    @Override
    public Optional<Duration> reach() {
        return source.reach();
    }
}
