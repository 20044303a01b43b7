package io.trunkline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules hold here, and each of them catches a planted violation. */
final class HouseRulesTest {

    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("io.trunkline.checks.planted");

    @Test
    void rules_ownClasses_hold() {
        JavaClasses own = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.trunkline.checks");

        HouseRules.everywhere().forEach(rule -> rule.check(own));
    }

    @Test
    void rules_plantedViolations_areCaught() {
        long caught = HouseRules.everywhere().stream()
                .filter(rule -> rule.evaluate(PLANTED).hasViolation())
                .map(ArchRule::getDescription)
                .count();

        assertEquals(HouseRules.everywhere().size() - 1, caught);
    }

    @Test
    void foreignTypes_plantedSignature_isCaught() {
        assertEquals(1, PublicApi.foreignTypes(PLANTED).size());
    }

    @Test
    void sourceTree_ownFiles_keepTheLengths() {
        assertEquals(List.of(), SourceTree.problems(Path.of("")));
    }

    @Test
    void sourceTree_longMethodLongFileMissingPageAndMissingJavadoc_areCaught(@TempDir Path module) throws Exception {
        Path folder = Files.createDirectories(module.resolve("src/main/java/planted"));
        String method = "    void long_() {\n" + "        step();\n".repeat(40) + "    }\n";
        Files.writeString(
                folder.resolve("Long.java"), "public class Long {\n" + method + "    // more\n".repeat(300) + "}\n");

        List<String> problems = SourceTree.problems(module);

        assertEquals(4, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("lines"));
        assertFalse(problems.get(1).isEmpty());
    }
}
