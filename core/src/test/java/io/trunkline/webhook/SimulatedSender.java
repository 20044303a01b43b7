package io.trunkline.webhook;

import io.trunkline.simulation.Chances;
import io.trunkline.simulation.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A platform that tells notes in order, one after the other for each entity, and states in any order; it repeats what was
 * not acknowledged, sometimes what was, and sometimes it contradicts itself.
 */
final class SimulatedSender {

    private static final int ENTITIES = 4;
    private static final int MOST_OPEN_STATES = 3;

    /** One event as it is sent. */
    record Message(String id, String entity, long sequence, boolean state, String text) {

        Message otherwise(int number) {
            return new Message(id, entity, sequence, state, "otherwise " + number);
        }

        boolean poison() {
            return id.endsWith("p");
        }

        String line() {
            return String.join("\t", id, entity, Long.toString(sequence), Boolean.toString(state), text);
        }
    }

    private final Chances chances;
    private final List<Message> open = new ArrayList<>();
    private final Map<String, Message> acknowledged = new LinkedHashMap<>();
    private final Set<String> contradictions = new LinkedHashSet<>();
    private int sequence;

    SimulatedSender(Chances chances) {
        this.chances = chances;
    }

    /** What is sent next. */
    Message next() {
        List<Message> told = List.copyOf(acknowledged.values());
        if (!told.isEmpty() && chances.strikes(Fault.LATE_REPEAT)) {
            return told.get(chances.below(told.size()));
        }
        if (!told.isEmpty() && chances.strikes(Fault.OTHER_CONTENT)) {
            open.add(told.get(chances.below(told.size())).otherwise(++sequence));
        } else {
            happen("e" + chances.below(ENTITIES), chances.below(2) == 0);
        }
        return open.get(chances.strikes(Fault.OUT_OF_ORDER) ? chances.below(open.size()) : 0);
    }

    List<Message> open() {
        return List.copyOf(open);
    }

    void acknowledged(Message message) {
        open.remove(message);
        if (message.text().isEmpty()) {
            acknowledged.put(message.id(), message);
        } else {
            contradictions.add(message.text());
        }
    }

    Map<String, Message> acknowledged() {
        return acknowledged;
    }

    int contradictions() {
        return contradictions.size();
    }

    private void happen(String entity, boolean state) {
        long waiting = open.stream()
                .filter(message -> message.entity().equals(entity) && message.state() == state)
                .count();
        if (waiting < (state ? MOST_OPEN_STATES : 1)) {
            boolean poison = chances.strikes(Fault.POISON);
            sequence++;
            open.add(new Message("m" + sequence + (poison ? "p" : ""), entity, sequence, state, ""));
        }
        if (open.isEmpty()) {
            throw new IllegalStateException("there is always something to tell");
        }
    }
}
