package io.trunkline.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.trunkline.checks.HouseRules;
import io.trunkline.checks.PublicApi;
import io.trunkline.checks.SourceTree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.trunkline.encryption");

    @Test
    void rules_everyClass_hold() {
        HouseRules.everywhere().forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void arrows_everyClass_pointDown() {
        HouseRules.arrowsOfCore().forEach(rule -> rule.allowEmptyShould(true).check(CLASSES));
    }

    @Test
    void publicSignatures_everyClass_nameNoForeignTypes() {
        assertEquals(List.of(), PublicApi.foreignTypes(CLASSES));
    }

    @Test
    void sources_everyFile_keepTheLengthsAndAreDocumented() {
        assertEquals(List.of(), SourceTree.problems(Path.of("")));
    }
}
