package io.trunkline.connector;

import io.trunkline.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a connector, described as data: name, type, whether it is required or secret, default and help.
 * Immutable.
 *
 * @param <T> the value's type
 */
public final class Setting<T> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final String name;
    private final Class<?> type;
    private final Function<String, T> parser;
    private final String help;
    private final boolean required;
    private final @Nullable T defaultValue;

    private Setting(
            String name,
            Class<?> type,
            Function<String, T> parser,
            String help,
            boolean required,
            @Nullable T defaultValue) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("setting name must be lower-case words with hyphens, but was " + name);
        }
        this.name = name;
        this.type = type;
        this.parser = parser;
        this.help = help;
        this.required = required;
        this.defaultValue = defaultValue;
    }

    /** A required text of one line. */
    public static Setting<String> text(String name, String help) {
        return of(name, String.class, SettingParsers::text, help);
    }

    /** A required secret, never shown. */
    public static Setting<Secret> secret(String name, String help) {
        return of(name, Secret.class, SettingParsers::secret, help);
    }

    /** A required web address: https, or http on this machine only; a path prefix is allowed, a query is not. */
    public static Setting<URI> url(String name, String help) {
        return of(name, URI.class, SettingParsers::url, help);
    }

    /** Required web addresses of one system, comma-separated, in the order of preference. */
    public static Setting<List<URI>> urls(String name, String help) {
        return of(name, List.class, SettingParsers::urls, help);
    }

    /** A required whole number within bounds. */
    public static Setting<Integer> integer(String name, int least, int most, String help) {
        return of(name, Integer.class, text -> SettingParsers.integer(text, least, most), help);
    }

    /** A required positive time: ISO 8601 ({@code PT2S}), or a number with ms, s, m or h. */
    public static Setting<Duration> duration(String name, String help) {
        return of(name, Duration.class, SettingParsers::duration, help);
    }

    /** A required {@code true} or {@code false}. */
    public static Setting<Boolean> flag(String name, String help) {
        return of(name, Boolean.class, SettingParsers::flag, help);
    }

    /** A required region (ISO 3166-1 alpha-2, in any case); {@code ZZ} is none. */
    public static Setting<String> region(String name, String help) {
        return of(name, String.class, SettingParsers::region, help);
    }

    /** A required choice among constants, written in any case with hyphens or underscores. */
    public static <E extends Enum<E>> Setting<E> choice(String name, Class<E> type, String help) {
        return of(name, type, text -> SettingParsers.choice(text, type), help);
    }

    /**
     * A required setting of any type.
     *
     * @param parser throws IllegalArgumentException saying what the value must be, without repeating it
     */
    public static <T> Setting<T> of(String name, Class<?> type, Function<String, T> parser, String help) {
        return new Setting<>(name, type, parser, help, true, null);
    }

    /** A copy that may be left out. */
    public Setting<T> optional() {
        return new Setting<>(name, type, parser, help, false, null);
    }

    /** A copy that has the given value when left out. */
    public Setting<T> defaultsTo(T value) {
        return new Setting<>(name, type, parser, help, false, value);
    }

    /** The name in a settings file, lower-case words with hyphens. */
    public String name() {
        return name;
    }

    /** The value's type, for a form. */
    public Class<?> type() {
        return type;
    }

    /** What it is for and where to find it, one or two sentences. */
    public String help() {
        return help;
    }

    /** Whether a connection cannot be opened without it. */
    public boolean required() {
        return required;
    }

    /** Whether its value must never be shown. */
    public boolean secret() {
        return type == Secret.class;
    }

    /** The value it has when left out. */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** The words that a choice allows; empty for other types. */
    public List<String> allowed() {
        Object[] constants = type.getEnumConstants();
        return constants == null
                ? List.of()
                : Stream.of(constants).map(Object::toString).toList();
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }

    /**
     * The value that a text means.
     *
     * @throws IllegalArgumentException saying what the value must be, without repeating it
     */
    T parse(String text) {
        return parser.apply(text);
    }

    /**
     * Holds a value from code to the same rules as one from a file, where its type has a text.
     *
     * @throws IllegalArgumentException saying what the value must be, without repeating it
     */
    void check(Object value) {
        text(value).ifPresent(this::parse);
    }

    private static Optional<String> text(Object value) {
        if (value instanceof Secret secret) {
            return Optional.of(secret.reveal());
        }
        if (value instanceof List<?> list && list.stream().allMatch(URI.class::isInstance)) {
            return Optional.of(list.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
        boolean plain = value instanceof URI || value instanceof Duration || value instanceof Integer;
        return plain ? Optional.of(value.toString()) : Optional.empty();
    }
}
