package io.trunkline.crm.requesttracker;

import org.jspecify.annotations.Nullable;

/**
 * A person's name, which the platform keeps in one line: the last word is taken for the family name.
 *
 * @param given first names, or null
 * @param family the last word, or null
 */
record RequestTrackerName(@Nullable String given, @Nullable String family) {

    static RequestTrackerName parse(String line) {
        String name = line.strip();
        int last = name.lastIndexOf(' ');
        if (name.isEmpty()) {
            return new RequestTrackerName(null, null);
        }
        return last < 0
                ? new RequestTrackerName(null, name)
                : new RequestTrackerName(name.substring(0, last).strip(), name.substring(last + 1));
    }

    String line() {
        return given == null ? String.valueOf(family) : family == null ? given : given + " " + family;
    }
}
