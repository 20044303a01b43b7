package io.trunkline.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Searches the public signatures of a module for other people's types. */
public final class PublicApi {

    private static final List<String> FOREIGN = List.of(
            "okhttp3.",
            "okio.",
            "retrofit2.",
            "com.squareup.",
            "dev.failsafe.",
            "com.google.",
            "com.github.",
            "org.xerial.",
            "org.sqlite.",
            "de.siegmar.",
            "org.snakeyaml.",
            "org.apache.kafka.");

    private static final Set<String> MACHINERY =
            Set.of("io.trunkline.http", "io.trunkline.mapping", "io.trunkline.resilience", "io.trunkline.checks");

    private PublicApi() {}

    /** Public or protected signatures, outside the machinery, that name a foreign type. */
    public static List<String> foreignTypes(JavaClasses classes) {
        return classes.stream()
                .filter(PublicApi::seenByUsers)
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(unit -> types(unit).anyMatch(PublicApi::foreign))
                .map(JavaCodeUnit::getFullName)
                .sorted()
                .toList();
    }

    private static boolean seenByUsers(JavaClass type) {
        boolean visible = type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass()
                        .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC))
                        .orElse(true);
        return visible && !MACHINERY.contains(type.getPackageName());
    }

    private static Stream<String> types(JavaCodeUnit unit) {
        return Stream.concat(
                Stream.of(unit.getRawReturnType().getName()),
                unit.getRawParameterTypes().stream().map(JavaClass::getName));
    }

    private static boolean foreign(String name) {
        return FOREIGN.stream().anyMatch(name::startsWith);
    }
}
