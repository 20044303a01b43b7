package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.simulation.Fault;
import io.trunkline.simulation.Seeds;
import io.trunkline.webhook.SimulatedInbox.Mistake;
import io.trunkline.webhook.SimulatedSender.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The inbox's promises under every fault there is, in as many worlds as {@code -Dtrunkline.simulations} says; one of them
 * is seen again by {@code -Dtrunkline.seed}.
 */
@Timeout(3600)
final class InboxSimulationTest {

    private static final int STEPS = 200;
    private static final int FAULTS_OF_SYNCHRONISATION = 4;

    @ParameterizedTest
    @MethodSource("io.trunkline.simulation.Seeds#hundreds")
    void D4_inboxUnderEveryFault_losesNothingAndRepeatsNothing(long first) {
        Map<Fault, Integer> struck = Seeds.each(first, seed -> held(seed, Mistake.NONE));

        assertTrue(Seeds.seen(struck, FAULTS_OF_SYNCHRONISATION), "not every fault has struck: " + struck);
    }

    /** The controls: what a wrong inbox does is noticed within a few worlds. */
    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void D4_inboxWithAMistake_isCaught(Mistake mistake) {
        assertThrows(AssertionError.class, () -> {
            for (long seed = 1; seed <= 50; seed++) {
                held(seed, mistake);
            }
        });
    }

    /** What a seed has shown once it shows again. */
    @Test
    void D4_sameSeed_isTheSameWorld() {
        for (long seed = 1; seed <= 50; seed++) {
            assertEquals(told(seed), told(seed), "seed " + seed);
        }
    }

    private static String told(long seed) {
        SimulatedInbox world = new SimulatedInbox(seed, Mistake.NONE);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        world.settle();
        return world.chances().struck() + " " + world.handed() + " " + world.order("e0") + " " + world.everDead();
    }

    private static Map<Fault, Integer> held(long seed, Mistake mistake) {
        SimulatedInbox world = new SimulatedInbox(seed, mistake);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        world.settle();
        String at = "seed " + seed + ": ";
        assertEquals(List.of(), world.broken(), at);
        assertEquals(List.of(), world.sender().open(), at + "not acknowledged");
        nothingWaits(world, at);
        nothingLostNothingTwice(world, at);
        for (int entity = 0; entity < 4; entity++) {
            inOrder(world, "e" + entity, at);
        }
        return world.chances().struck();
    }

    private static void nothingWaits(SimulatedInbox world, String at) {
        String queue = StoredWebhook.queue(SimulatedInbox.CONNECTION);
        Set<String> dead = new TreeSet<>();
        world.store()
                .queue(queue)
                .deadLetters(Optional.empty(), 1000)
                .items()
                .forEach(item -> dead.addAll(StoredWebhook.of(item.payload()).eventIds()));
        List<String> notes = world.sender().acknowledged().values().stream()
                .filter(message -> message.poison() && !message.state())
                .map(Message::id)
                .toList();

        assertEquals(
                List.of(),
                world.store().queue(queue).pending(Optional.empty(), 10).items(),
                at);
        assertTrue(dead.containsAll(notes), at + "poisoned notes " + notes + " but put aside " + dead);
        assertTrue(
                dead.stream().allMatch(id -> id.endsWith("p")), at + "put aside although they could be done: " + dead);
        assertEquals(
                world.sender().contradictions(),
                world.store()
                        .queue(StoredWebhook.conflicts(SimulatedInbox.CONNECTION))
                        .pending(Optional.empty(), 1000)
                        .items()
                        .size(),
                at + "contradictions kept");
    }

    private static void nothingLostNothingTwice(SimulatedInbox world, String at) {
        Map<String, Integer> effects = world.effects();
        for (Message message : world.sender().acknowledged().values()) {
            int times = effects.getOrDefault(message.id(), 0);
            int expected = message.poison() ? 0 : 1;
            boolean mayBeLeftOut = message.state() && times == 0;
            assertTrue(times == expected || mayBeLeftOut, at + message.id() + " had its effect " + times + " times");
            assertTrue(
                    times == 0 || world.handed().containsKey(message.id()), at + message.id() + " was not handed over");
        }
        assertTrue(world.sender().acknowledged().keySet().containsAll(effects.keySet()), at + "effects of nothing");
    }

    private static void inOrder(SimulatedInbox world, String entity, String at) {
        List<Long> notes = new ArrayList<>();
        List<Long> states = new ArrayList<>();
        long newest = 0;
        Map<String, Message> told = world.sender().acknowledged();
        for (Message message : told.values()) {
            boolean counts =
                    message.state() && !message.poison() && message.entity().equals(entity);
            newest = counts ? Math.max(newest, message.sequence()) : newest;
        }
        for (String id : world.order(entity)) {
            Message message = Optional.ofNullable(told.get(id)).orElseThrow();
            if (message.state()) {
                states.add(message.sequence());
            } else if (!world.everDead().contains(id)) {
                notes.add(message.sequence());
            }
        }

        assertEquals(notes.stream().sorted().toList(), notes, at + "notes of " + entity);
        assertEquals(states.stream().sorted().toList(), states, at + "states of " + entity);
        assertEquals(newest, states.isEmpty() ? 0 : states.get(states.size() - 1), at + "newest of " + entity);
    }
}
