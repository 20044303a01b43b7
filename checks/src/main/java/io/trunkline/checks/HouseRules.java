package io.trunkline.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that every module's classes keep. */
public final class HouseRules {

    private static final String FRONT_DOOR = "";

    /** The floors of core, lowest first; packages of one floor do not know one another. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("value"),
            List.of("privacy"),
            List.of("error", "event"),
            List.of("resilience", "mapping", "store"),
            List.of("delivery", "encryption"),
            List.of("http"),
            List.of("auth"),
            List.of("connector"),
            List.of("crm", "messaging", "ai", "webhook", "sync", "outbox"),
            List.of("poll"),
            List.of(FRONT_DOOR),
            List.of("operator"));

    private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl)");
    private static final String ROOT = "io.trunkline.";

    private HouseRules() {}

    /** The rules for any module. */
    public static List<ArchRule> everywhere() {
        return List.of(
                slices().matching("io.trunkline.(**)").should().beFreeOfCycles().allowEmptyShould(true),
                noClasses()
                        .that()
                        .areTopLevelClasses()
                        .should()
                        .haveNameMatching(SAYS_NOTHING.pattern())
                        .allowEmptyShould(true),
                classes()
                        .that(describe("are public classes", HouseRules::openClass))
                        .should()
                        .haveModifier(JavaModifier.FINAL)
                        .allowEmptyShould(true),
                noClasses()
                        .that()
                        .doNotHaveSimpleName("SecureXml")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("javax\\.xml\\..*Factory(Finder)?")
                        .allowEmptyShould(true),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.io.ObjectInputStream")
                        .allowEmptyShould(true),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.util.logging..")
                        .allowEmptyShould(true));
    }

    /** The arrows of core: downwards only. */
    public static List<ArchRule> arrowsOfCore() {
        List<ArchRule> rules = new ArrayList<>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                rules.add(noClasses()
                        .that()
                        .resideInAPackage(inside(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(notBelow(floor, room)));
            }
        }
        return rules;
    }

    /** Packages of connectors do not know one another. */
    public static ArchRule connectorsApart(String category) {
        return slices().matching(ROOT + category + ".(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    private static String[] notBelow(int floor, String room) {
        List<String> others = new ArrayList<>();
        for (int other = floor; other < FLOORS.size(); other++) {
            FLOORS.get(other).stream().filter(each -> !each.equals(room)).forEach(each -> others.add(inside(each)));
        }
        return others.toArray(String[]::new);
    }

    private static String inside(String room) {
        return room.equals(FRONT_DOOR) ? "io.trunkline" : ROOT + room + "..";
    }

    private static boolean openClass(JavaClass type) {
        boolean plain = !type.isInterface() && !type.isEnum() && !type.isRecord() && !type.isAnnotation();
        boolean meantToBeExtended = type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.isAssignableTo("io.trunkline.error.ConnectorException");
        return plain && !meantToBeExtended && type.getModifiers().contains(JavaModifier.PUBLIC);
    }
}
