package io.trunkline.kafka;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.FeedPartition;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What is read with one cursor of its own: one partition of one type of record.
 *
 * @param type in the platform's own words
 * @param partition the partition's name
 */
record FeedSlice(String type, String partition) {

    /** Everything there is to read of some types, in the parts that the feed tells. */
    static List<FeedSlice> of(ChangeFeed feed, Collection<String> types) {
        return types.stream()
                .flatMap(type -> FeedPartition.of(feed, type).stream().map(part -> new FeedSlice(type, part.name())))
                .toList();
    }

    /** All of a type, whatever parts its feed has. */
    static FeedSlice whole(String type) {
        return new FeedSlice(type, FeedPartition.WHOLE);
    }

    boolean isWhole() {
        return partition.equals(FeedPartition.WHOLE);
    }

    /**
     * What reads the slice.
     *
     * @throws ConnectException if the feed has no such part any more
     */
    ChangeFeed in(ChangeFeed feed) {
        if (isWhole()) {
            return feed;
        }
        return FeedPartition.of(feed, type).stream()
                .filter(part -> part.name().equals(partition))
                .findFirst()
                .orElseThrow(() -> gone(List.of(this)))
                .feed();
    }

    /** Parts that a feed has told once and tells no more: going on without them would pass over what they held. */
    static ConnectException gone(Collection<FeedSlice> slices) {
        return new ConnectException("the feed has no such part any more: "
                + slices.stream()
                        .map(slice -> slice.type + "/" + slice.partition)
                        .collect(Collectors.joining(", "))
                + "; restart the connector to go on without");
    }

    /** How Connect tells the slice's offset from others. */
    Map<String, String> sourcePartition(String connection) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("connection", connection);
        names.put("type", type);
        if (!isWhole()) {
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
