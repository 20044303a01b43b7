package io.trunkline.kafka;

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
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("io.trunkline.kafka");

    @Test
    void rules_everyClass_hold() {
        HouseRules.everywhere().forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void publicSignatures_besideConnectsOwn_nameNoForeignTypes() {
        List<String> foreign = PublicApi.foreignTypes(CLASSES).stream()
                .filter(signature -> !signature.startsWith(FeedSourceConnector.class.getName()))
                .filter(signature -> !signature.startsWith(FeedSourceTask.class.getName()))
                .toList();

        assertEquals(List.of(), foreign);
    }

    @Test
    void sources_everyFile_keepTheLengthsAndAreDocumented() {
        assertEquals(List.of(), SourceTree.problems(Path.of("")));
    }
}
