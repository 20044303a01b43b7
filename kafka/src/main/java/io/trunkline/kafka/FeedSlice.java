package io.trunkline.kafka;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.sync.ChangeFeed;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What is read with one cursor of its own: one partition of one type of record.
 *
 * @param type in the platform's own words
 * @param partition the partition's name; empty where the feed is one whole
 */
record FeedSlice(String type, String partition) {

    private static final String WHOLE = "";

    /** Everything there is to read of some types. The one place where a feed will be asked for its partitions. */
    static List<FeedSlice> of(ChangeFeed feed, Collection<String> types) {
        return types.stream().map(type -> new FeedSlice(type, WHOLE)).toList();
    }

    /** The one place where the part of a feed that a partition names is had. */
    ChangeFeed in(ChangeFeed feed) {
        return feed;
    }

    /** How Connect tells the slice's offset from others. */
    Map<String, String> sourcePartition(String connection) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("connection", connection);
        names.put("type", type);
        if (!partition.equals(WHOLE)) {
            names.put("partition", partition);
        }
        return names;
    }

    /** Slices as a task's configuration holds them. */
    static String text(List<FeedSlice> slices) {
        return new String(
                Json.write(slices.stream()
                        .map(slice -> List.of(slice.type, slice.partition))
                        .toList()),
                StandardCharsets.UTF_8);
    }

    /**
     * The slices that {@link #text} has written.
     *
     * @throws ConnectException if it has not
     */
    static List<FeedSlice> parse(String text) {
        try {
            String object = "{\"slices\":" + text + "}";
            Object slices = Json.object(object.getBytes(StandardCharsets.UTF_8)).get("slices");
            if (slices instanceof List<?> list) {
                return list.stream().map(FeedSlice::slice).toList();
            }
        } catch (MalformedDataException | ClassCastException | IndexOutOfBoundsException e) {
            // Falls through to the one message.
        }
        throw new ConnectException("the task's slices are not those of this version; restart the connector");
    }

    private static FeedSlice slice(Object names) {
        List<?> pair = (List<?>) names;
        return new FeedSlice((String) pair.get(0), (String) pair.get(1));
    }
}
