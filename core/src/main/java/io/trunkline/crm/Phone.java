package io.trunkline.crm;

import io.trunkline.value.OpenEnum;
import io.trunkline.value.PhoneNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A telephone number of a contact.
 *
 * @param stored the text as the platform has it
 * @param parsed the number it says, or null where it says none
 * @param type what it is for
 */
public record Phone(String stored, @Nullable PhoneNumber parsed, OpenEnum<Type> type) {

    /** What a number is for. */
    public enum Type {
        /** At work. */
        WORK,
        /** Carried along. */
        MOBILE,
        /** At home. */
        HOME,
        /** A fax machine. */
        FAX,
        /** Anything else. */
        OTHER
    }

    /** A number that the host itself knows. */
    public static Phone of(PhoneNumber number, Type type) {
        return new Phone(number.e164(), number, OpenEnum.of(type));
    }

    /** The number, where the stored text says one. */
    public Optional<PhoneNumber> number() {
        return Optional.ofNullable(parsed);
    }

    /** The masked number: it is personal. */
    @Override
    public String toString() {
        return "Phone[" + (parsed == null ? "?" : parsed) + " " + type.word() + "]";
    }
}
