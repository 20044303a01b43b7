package io.trunkline.crm;

import io.trunkline.value.RecordInfo;
import java.util.List;

/**
 * A company or household that contacts belong to.
 *
 * @param info reference, clocks, version, custom fields and the platform's own form
 * @param name its name
 * @param phones its numbers
 */
public record Account(RecordInfo info, String name, List<Phone> phones) {

    /** Keeps its own copy of the numbers. */
    public Account {
        phones = List.copyOf(phones);
    }

    /** The reference alone. */
    @Override
    public String toString() {
        return "Account[" + info.ref() + "]";
    }
}
