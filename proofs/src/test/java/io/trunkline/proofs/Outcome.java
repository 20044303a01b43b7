package io.trunkline.proofs;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was acknowledged beside what is there, in the end.
 *
 * @param lost events that were acknowledged and have no effect
 * @param twice events whose transactional handler has had its effect more than once
 * @param outOfOrder effects that stand after a later one of their entity
 * @param plainTwice events whose plain handler reached the outside more than once
 * @param plainInOneLife those of them that it reached twice without a kill between
 * @param mostInFlight the most of them that belong to one kill
 * @param left events neither handled nor lost: pending or put aside
 * @param table by what the table differs from the platform
 * @param file by what the file differs from the platform
 * @param linesTwice how many lines stand in the file more than once
 */
record Outcome(
        Set<String> lost,
        List<String> twice,
        List<String> outOfOrder,
        int plainTwice,
        List<String> plainInOneLife,
        int mostInFlight,
        int left,
        Set<?> table,
        Set<?> file,
        int linesTwice) {

    static Outcome of(Station station, Platform platform, Senders senders) throws SQLException, IOException {
        List<String> effects = Effects.ids(station.store);
        Set<String> lost = new HashSet<>(senders.acknowledged);
        lost.removeAll(new HashSet<>(effects));
        Map<Integer, Integer> inFlight = KillRun.inFlight(platform.effects);
        List<String> lines = LineSink.lines(station.lines());
        return new Outcome(
                lost,
                Effects.twice(effects),
                Effects.outOfOrder(effects),
                inFlight.values().stream().mapToInt(Integer::intValue).sum(),
                platform.effects.entrySet().stream()
                        .filter(each -> new HashSet<>(each.getValue()).size()
                                < each.getValue().size())
                        .map(Map.Entry::getKey)
                        .toList(),
                inFlight.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                station.queue().pending(Optional.empty(), 100).items().size()
                        + station.queue()
                                .deadLetters(Optional.empty(), 100)
                                .items()
                                .size(),
                difference(platform.feed().last(), rows(station)),
                difference(platform.feed().last(), LineSink.newest(lines)),
                lines.size() - new HashSet<>(lines).size());
    }

    private static Set<?> difference(Map<String, Integer> wanted, Map<String, Integer> found) {
        Set<Map.Entry<String, Integer>> all = new HashSet<>(wanted.entrySet());
        all.addAll(found.entrySet());
        all.removeIf(
                each -> wanted.entrySet().contains(each) && found.entrySet().contains(each));
        return all;
    }

    private static Map<String, Integer> rows(Station station) throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Connection connection = station.target.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, number FROM numbers")) {
            while (row.next()) {
                rows.put(row.getString(1), row.getInt(2));
            }
        }
        return new TreeMap<>(rows);
    }
}
